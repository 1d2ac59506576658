"""Solr's jars, as jars.lock names them: each checked by its SHA-256 before it is put in place."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import files
from .errors import StackError
from .locks import lock
from .output import step
from .places import JARS, PYTHON, ROOT, SHARED, VAR
from .processes import end_tasks, run

LOCK = Path(__file__).parent / "jars.lock"
STAMP = JARS.with_suffix(".stamp")


@dataclass(frozen=True)
class Jar:
    """One line of the lock: `group:artifact:version[:classifier] sha256`."""

    coordinate: str
    digest: str

    @property
    def name(self) -> str:
        return "-".join(self.coordinate.split(":")[1:]) + ".jar"


def read(lock: Path = LOCK) -> list[Jar]:
    return [_jar(line) for line in lock.read_text(encoding="utf-8").splitlines() if line.strip()]


def _jar(line: str) -> Jar:
    words = line.split()
    if len(words) != 2 or len(words[0].split(":")) not in {3, 4} or len(words[1]) != 64:
        raise StackError(f"jars.lock: no such line: {line}")
    return Jar(*words)


def missing(wanted: list[Jar], folder: Path) -> Iterator[Jar]:
    """What is absent or not what the lock says, as after a download that was cut short."""
    for jar in wanted:
        path = folder / jar.name
        if not path.exists() or files.sha256(path) != jar.digest:
            yield jar


def remove_strays(wanted: list[Jar], folder: Path) -> None:
    for name in {path.name for path in folder.iterdir()} - {jar.name for jar in wanted}:
        (folder / name).unlink()


def ensure() -> None:
    """Bring what is missing; the stamp (names, sizes, times of files that were checked) spares reading 84 MB again."""
    with lock(SHARED[JARS], "set-up"):
        JARS.mkdir(parents=True, exist_ok=True)
        if not STAMP.exists() or STAMP.read_text() != _key():
            _bring()
            files.write(STAMP, _key())


def _bring() -> None:
    wanted = read()
    end_tasks(JARS)
    remove_strays(wanted, JARS)
    if absent := list(missing(wanted, JARS)):
        with step("Solr", f"{len(absent)} jars, each checked by SHA-256"):
            run(JARS, [PYTHON, "-m", "stack.fetch_jars", JARS], VAR / "log" / "jars.log", {"PYTHONPATH": str(ROOT)})
        if absent := list(missing(wanted, JARS)):
            raise StackError(f"{absent[0].coordinate} was fetched but is not in place")


def _key() -> str:
    return files.fingerprint(files.sha256(LOCK), files.time_key(sorted(JARS.iterdir())))
