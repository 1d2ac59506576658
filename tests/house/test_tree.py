"""What must not be committed, and how large things may grow."""

from __future__ import annotations

import ast
import re
from pathlib import Path

REGISTRY = re.compile(r"\b(?:pypi|pythonhosted|npmjs|registry\.npm|repo1?\.maven|deb\.debian|crates)\.(?:org|io|com)\b")
MACHINE = re.compile(r"(?<![\w.:/])/(?:work|root|home/\w+|tmp/\w+)/")
PACKAGE = ("ckanext-orden", "solr", "stack", "demo", "bench")


def modules(root: Path) -> list[Path]:
    return [path for folder in PACKAGE for path in (root / folder).rglob("*.py")]


def test_no_file_names_a_registry_host(committed: list[Path]):
    assert [path.name for path in committed if REGISTRY.search(path.read_text(errors="replace"))] == []


def test_no_file_holds_a_path_of_one_machine(committed: list[Path], root: Path):
    found = [
        f"{path.relative_to(root)}: {match.group()}"
        for path in committed
        if path.suffix in {".py", ".md", ".yaml", ".ini", ".toml", ".sh", ""} and path != Path(__file__)
        if (match := MACHINE.search(path.read_text(errors="replace")))
    ]
    assert found == []


def test_no_module_outgrows_its_room(root: Path):
    assert [str(path.relative_to(root)) for path in modules(root) if len(path.read_text().splitlines()) > 400] == []


def test_no_function_is_longer_than_a_page(root: Path):
    long = [
        f"{path.relative_to(root)}:{node.lineno} {node.name}"
        for path in modules(root)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 60
    ]
    assert long == []


def test_plugins_are_tables_of_contents(root: Path):
    assert [p for p in (root / "ckanext-orden").rglob("plugin.py") if len(p.read_text().splitlines()) > 120] == []


def test_no_module_is_a_drawer(root: Path):
    assert [p for p in modules(root) if p.stem in {"utils", "util", "misc", "common"}] == []


def test_python_versions_are_stated_alike(root: Path):
    assert '"py310"' in (root / "pyproject.toml").read_text()
    assert ">=3.10,<3.13" in (root / "setup.py").read_text()
