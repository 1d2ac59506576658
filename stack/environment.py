"""The Python environment in `.venv`: locked requirements, then the package itself. Stamps are written last."""

import shutil
import sys
from pathlib import Path

from . import ending, files
from .errors import StackError
from .instance import existing
from .locks import lock
from .output import WIDTH, say, step
from .places import BUILD, PACKAGE, PYTHON, ROOT, SHARED, SITE_PACKAGES, VAR, VENV
from .processes import end_tasks, run

STAMPS = VENV / "orden"
LOGS = VAR / "log"
REQUIREMENTS = ROOT / "requirements.txt"
INSTALLER = ROOT / "requirements-uv.txt"
HADOLINT = ROOT / "requirements-lint.txt"
TESTS = ROOT / "requirements-test.txt"
# CKAN does not start without libmagic; the wheel's one is found when this line has run, before anything is imported
MAGIC = "import pylibmagic\n"


def ensure(*, tests: bool = False) -> None:
    """Make or mend what is missing; when all stamps are right this costs nothing."""
    with lock(SHARED[VENV], "set-up"):
        end_tasks(VENV)
        if _stamp("requirements") != (wanted := requirements_key()):
            _end_users()
            with step("environment", "Python packages, locked with hashes") as line:
                _rebuild()
                line.note = f"{_count(REQUIREMENTS)} Python packages in .venv"
            _write_stamp("requirements", wanted)
        # the installed package is links in `build`, which somebody may have cleared away
        if _stamp("package") != (wanted := package_key()) or not any(BUILD.glob("__editable__.*")):
            with step("package", "ckanext-orden, installed in place"):
                _uv("--no-deps", "--no-build-isolation", "--reinstall", "-e", ROOT)
            _write_stamp("package", wanted)
        if tests and _stamp("tests") != (wanted := files.fingerprint(files.sha256(TESTS))):
            with step("environment", "what the tests need") as line:
                _uv("--no-deps", "--require-hashes", "-r", TESTS)
                line.note = f"{_count(TESTS)} Python packages for the tests"
            _write_stamp("tests", wanted)


def ensure_hadolint() -> None:
    """The linter of the Dockerfile, only for `./orden lint`: a large binary that nothing else needs."""
    with lock(SHARED[VENV], "set-up"):
        if _stamp("lint") != (wanted := files.fingerprint(files.sha256(HADOLINT))):
            _uv("--no-deps", "--require-hashes", "-r", HADOLINT)
            _write_stamp("lint", wanted)


def requirements_key() -> str:
    """An environment is right for one lock, one Python and one place."""
    return files.fingerprint(files.sha256(REQUIREMENTS), files.sha256(INSTALLER), sys.version, str(VENV))


def package_key() -> str:
    """The installed links follow edits; a new or removed file, catalogue or entry point needs another install."""
    sources = [*files.below(PACKAGE), *files.below(ROOT / "solr")]
    built = [ROOT / "setup.py", ROOT / "pyproject.toml", *(path for path in sources if path.suffix == ".po")]
    return files.fingerprint(*map(str, sources), files.content_key(built), requirements_key())


def key() -> str:
    """Changes with anything that processes started from the environment would have to be started again for."""
    sources = [*files.below(PACKAGE), *files.below(ROOT / "solr"), *files.below(ROOT / "stack")]
    return files.fingerprint(package_key(), files.time_key(path for path in sources if path.suffix in {".py", ".yaml"}))


def _end_users() -> None:
    """Nothing may run from an environment that is made anew."""
    for instance in existing():
        if ending.end_all(instance):
            say(f"  {'down':<{WIDTH}} {instance.name} ended: its Python environment is made anew (./orden up)")


def _rebuild() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        run(VENV, [sys.executable, "-m", "venv", VENV], LOGS / "venv.log")
    except StackError as problem:
        why = "Python's venv module is missing or broken; on Debian: apt install python3-venv"
        raise StackError(f"{problem}\n  {why}") from problem
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes"]
    run(VENV, [*pip, "-r", INSTALLER], LOGS / "pip.log")
    # the four packages that come as sources are built with the locked setuptools
    _uv("--no-deps", "--require-hashes", "--build-constraints", REQUIREMENTS, "-r", REQUIREMENTS)
    (SITE_PACKAGES / "orden_libmagic.pth").write_text(MAGIC, encoding="utf-8")


def _uv(*arguments: str | Path) -> None:
    uv = [VENV / "bin" / "uv", "pip", "install", "--python", PYTHON, "--no-progress"]
    scratch = VAR / "tmp"
    shutil.rmtree(scratch, ignore_errors=True)  # of one that was killed
    scratch.mkdir(parents=True)
    run(VENV, [*uv, *arguments], LOGS / "uv.log", {"TMPDIR": str(scratch)})


def _count(lock_file: Path) -> int:
    """How many packages the lock names."""
    return sum("==" in line and not line.startswith(("#", " ")) for line in lock_file.read_text().splitlines())


def _stamp(name: str) -> str | None:
    stamp = STAMPS / name
    return stamp.read_text() if stamp.exists() else None


def _write_stamp(name: str, key: str) -> None:
    files.write(STAMPS / name, key)
