"""The processes of an instance: started with a mark in their environment, found and ended by it.

A pid in a file may belong to anybody after a restart. The mark names the instance's folder and the part, so what is
found is ours, also what a killed ./orden left behind. A pid file descriptor makes sure that a signal reaches the very
process that was looked at.
"""

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import StackError

MARK = "ORDEN_PROCESS"
OPTION = "orden.process"  # the mark of a server that runs under another id, among its options
TASK = "task"
PROC = Path("/proc")

Command = Sequence[str | Path | int]


@dataclass(frozen=True)
class Process:
    """A running process that carries our mark; `started` tells it from a later one with the same pid."""

    pid: int
    started: int
    part: str
    leader: bool


def look(folder: Path, pid: int) -> Process | None:
    """The process of that pid, if it is one of the folder's."""
    marks = tuple(f"{name}={folder}:".encode() for name in (MARK, OPTION))
    try:
        part = next((word.rpartition(b":")[2] for word in _words(pid).split(b"\0") if word.startswith(marks)), None)
        if part is None:
            return None
        fields = _stat(pid)
    except OSError:
        return None
    state, session, started = fields[0], int(fields[3]), int(fields[19])
    return None if state == "Z" else Process(pid, started, part.decode(), leader=session == pid)


def _stat(pid: int) -> list[str]:
    """What the kernel says of the process, from its state on: its name before may hold blanks and parentheses."""
    return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()


def _words(pid: int) -> bytes:
    """What a process was started with. Root may see less of another id than its own user: only the command line."""
    try:
        return (PROC / str(pid) / "environ").read_bytes()
    except PermissionError:
        if os.geteuid() != 0:
            raise
        return (PROC / str(pid) / "cmdline").read_bytes()


def running(folder: Path) -> list[Process]:
    """Every living process that was started for the folder, but this one."""
    pids = (int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit())
    return [process for pid in pids if pid != os.getpid() and (process := look(folder, pid))]


def leaders(folder: Path) -> dict[str, Process]:
    """The first process of each part that runs."""
    return {process.part: process for process in running(folder) if process.leader and process.part != TASK}


def send(folder: Path, process: Process, number: signal.Signals) -> None:
    """Signal the process if it is still the one that was found."""
    try:
        handle = os.pidfd_open(process.pid)
    except ProcessLookupError:
        return
    try:
        if look(folder, process.pid) == process:
            signal.pidfd_send_signal(handle, number)
    except ProcessLookupError:
        return
    finally:
        os.close(handle)


def marked(folder: Path, part: str, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    return {**os.environ, **(extra or {}), MARK: f"{folder}:{part}"}


def spawn(
    folder: Path, part: str, command: Command, log: Path, env: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a part in a session of its own, with its output in the log; the log of its last run is kept beside it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    with log.open("wb") as output:
        return subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=marked(folder, part, env),
            cwd=log.parent,
        )


def end(folder: Path, processes: Iterable[Process], number: signal.Signals, patience: float) -> None:
    """Ask the leaders to stop; who is left after the patience is killed, orphans at once."""
    processes = list(processes)
    parts = {process.part for process in processes}
    leading = [process for process in processes if process.leader]
    for process in leading:
        send(folder, process, number)
    limit = time.monotonic() + (patience if leading else 0)
    asked = set(processes)
    while left := _left(folder, parts, asked):
        asked |= left
        if time.monotonic() >= limit:
            for process in left:
                send(folder, process, signal.SIGKILL)
        if time.monotonic() >= limit + 10:
            raise StackError(f"these processes do not end: {', '.join(str(process.pid) for process in left)}")
        time.sleep(0.05)


def _left(folder: Path, parts: set[str], asked: set[Process]) -> set[Process]:
    """Those that still live. An ending process loses its mark before its ports and files: it is waited for too."""
    living = {process for process in running(folder) if process.part in parts}
    return living | {process for process in asked - living if not _has_ended(process)}


def _has_ended(process: Process) -> bool:
    """Whether its last thread has ended, though its parent may not have asked for it yet."""
    try:
        handle = os.pidfd_open(process.pid)
    except ProcessLookupError:
        return True
    try:
        started = _stat(process.pid)[19]
        return int(started) != process.started or bool(select.select([handle], [], [], 0)[0])
    except (FileNotFoundError, ProcessLookupError):
        return True
    finally:
        os.close(handle)


def run(
    folder: Path,
    command: Command,
    log: Path,
    env: Mapping[str, str] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Run a task to its end, its output in the log; a task that fails shows its last lines."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        child = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=marked(folder, TASK, env),
            cwd=log.parent,
        )
    try:
        code = _watch(child, log, progress)
    except BaseException:
        child.kill()
        child.wait()
        raise
    if code:
        raise StackError(f"{Path(str(command[0])).name} failed ({code}):\n{tail(log)}\n  its whole output: {log}")


def end_tasks(folder: Path) -> int:
    """End what a killed ./orden was doing here; only for one who holds the folder's lock. Says how many there were."""
    tasks = [process for process in running(folder) if process.part == TASK]
    end(folder, tasks, signal.SIGTERM, 0)
    return len(tasks)


def _watch(child: "subprocess.Popen[bytes]", log: Path, progress: Callable[[str], None]) -> int:
    while True:
        try:
            return child.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            progress(tail(log, 1).strip())


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log, indented."""
    try:
        text = log.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return "    (no log)"
    return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
