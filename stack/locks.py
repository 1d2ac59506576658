"""One command at a time works on the environment and on an instance."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from .output import say


def held_by(path: Path) -> str | None:
    """Who holds the lock now, as that one wrote it there."""
    if not path.exists():
        return None
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return file.read().strip() or "another ./orden"
    return None


@contextmanager
def lock(path: Path, what: str) -> Iterator[None]:
    """Hold the lock; wait, and say for whom, when another has it. The kernel frees it whatever becomes of us."""
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+") as file:
            _await(file)
            if not _is_at(path, file):
                continue  # a reset deleted it while we waited
            file.truncate(0)
            file.write(f"./orden {what} (pid {os.getpid()})")
            file.flush()
            yield
            return


def _await(file: TextIO) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        say(f"  waiting for {file.read().strip() or 'another ./orden'} …")
        fcntl.flock(file, fcntl.LOCK_EX)


def _is_at(path: Path, file: TextIO) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False
