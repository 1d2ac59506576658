"""The environment's stamps change when something must be installed again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from stack import environment, processes
from stack import instance as instances
from stack.instance import Instance


@pytest.fixture()
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small clone: one package with one module, and the files that are installed from."""
    for name in ("setup.py", "pyproject.toml", "requirements.txt", "requirements-uv.txt"):
        (tmp_path / name).write_text(name)
    (tmp_path / "ckanext-orden").mkdir()
    (tmp_path / "ckanext-orden" / "plugin.py").write_text("")
    (tmp_path / "solr").mkdir()
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "PACKAGE", tmp_path / "ckanext-orden")
    monkeypatch.setattr(environment, "REQUIREMENTS", tmp_path / "requirements.txt")
    monkeypatch.setattr(environment, "INSTALLER", tmp_path / "requirements-uv.txt")
    return tmp_path


@pytest.fixture()
def installed(sources: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `ensure` did in a clone that begins with nothing; the work itself is left out."""
    done: list[str] = []

    def install(*_: object) -> None:
        (sources / "build" / "__editable__.package").mkdir(parents=True)
        done.append("package")

    monkeypatch.setattr(instances, "VAR", sources / "var")
    monkeypatch.setattr(environment, "VENV", sources / ".venv")
    monkeypatch.setattr(environment, "STAMPS", sources / ".venv" / "orden")
    monkeypatch.setattr(environment, "BUILD", sources / "build")
    monkeypatch.setattr(environment, "SHARED", {sources / ".venv": sources / "environment.lock"})
    monkeypatch.setattr(environment, "_rebuild", lambda: done.append("environment"))
    monkeypatch.setattr(environment, "_uv", install)
    return done


def test_whole_environment_is_left_alone(installed: list[str]):
    environment.ensure()
    environment.ensure()
    assert installed == ["environment", "package"]


def test_nothing_runs_from_an_environment_that_is_made_anew(
    sources: Path, installed: list[str], capsys: pytest.CaptureFixture[str]
):
    site = Instance("mine", sources / "var" / "mine")
    with site.lock("up"):
        processes.spawn(site.folder, "web", ["sleep", "60"], site.log("web"))
    environment.ensure()
    assert processes.running(site.folder) == []
    assert "mine ended" in capsys.readouterr().out


def test_cleared_build_folder_needs_an_installation(sources: Path, installed: list[str]):
    environment.ensure()
    shutil.rmtree(sources / "build")
    environment.ensure()
    assert installed == ["environment", "package", "package"]


def test_edited_module_needs_no_installation(sources: Path):
    before = environment.package_key()
    (sources / "ckanext-orden" / "plugin.py").write_text("x = 1")
    assert environment.package_key() == before


@pytest.mark.parametrize("name", ["ckanext-orden/new.py", "ckanext-orden/templates/page.html", "solr/texts.txt"])
def test_new_file_needs_an_installation(sources: Path, name: str):
    before = environment.package_key()
    (sources / name).parent.mkdir(exist_ok=True)
    (sources / name).write_text("")
    assert environment.package_key() != before


@pytest.mark.parametrize("name", ["setup.py", "pyproject.toml", "requirements.txt"])
def test_changed_packaging_needs_an_installation(sources: Path, name: str):
    before = environment.package_key()
    (sources / name).write_text("other")
    assert environment.package_key() != before


def test_changed_catalogue_needs_an_installation(sources: Path):
    catalogue = sources / "ckanext-orden" / "ja.po"
    catalogue.write_text("1")
    before = environment.package_key()
    catalogue.write_text("2")
    assert environment.package_key() != before


def test_edited_module_starts_the_site_again(sources: Path):
    before = environment.key()
    (sources / "ckanext-orden" / "plugin.py").write_text("x = 1")
    assert environment.key() != before


def test_changed_lock_makes_the_environment_anew(sources: Path):
    before = environment.requirements_key()
    (sources / "requirements.txt").write_text("other==1")
    assert environment.requirements_key() != before


def test_each_locked_package_has_a_hash():
    root = Path(__file__).parents[2]
    for name in ("requirements.txt", "requirements-test.txt", "requirements-uv.txt"):
        text = (root / name).read_text().replace("\\\n", " ")
        packages = [line for line in text.splitlines() if line and not line.startswith("#")]
        assert packages and [line for line in packages if "==" not in line or "--hash=sha256:" not in line] == []
