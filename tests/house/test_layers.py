"""Imports go down only, rooms never import each other, and the core is plain Python."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from importlinter.cli import lint_imports


def test_the_import_contracts_hold(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.chdir(root)
    code = lint_imports(config_filename="pyproject.toml", cache_dir=None)
    assert code == 0, capsys.readouterr().out


def imported(node: ast.AST) -> list[str]:
    """The absolute module names that a statement imports."""
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""] if not node.level else []
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []


def test_imports_inside_the_package_are_relative(root: Path):
    """But for `ckanext.orden.solr`, whose folder lies beside the package's, and `env.py`, which alembic loads."""
    absolute = [
        f"{path.relative_to(root)}:{node.lineno}"  # pyright: ignore[reportAttributeAccessIssue]
        for path in [*(root / "ckanext-orden").rglob("*.py"), *(root / "solr").rglob("*.py")]
        if path.name != "env.py"
        for node in ast.walk(ast.parse(path.read_text()))
        for name in imported(node)
        if name.startswith("ckanext.orden") and not name.startswith("ckanext.orden.solr")
    ]
    assert absolute == []


def test_only_the_fetcher_opens_addresses(root: Path):
    openers = {"requests", "urllib.request", "http.client", "httpx", "aiohttp"}
    elsewhere = [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in (root / "ckanext-orden").rglob("*.py")
        if "fetching" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Import) and openers & {alias.name for alias in node.names})
        or (isinstance(node, ast.ImportFrom) and node.module in openers)
    ]
    assert elsewhere == []
