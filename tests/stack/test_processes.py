"""Only processes that carry our mark are found, and only the very one that was found is signalled."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack import processes
from stack.errors import StackError

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]
PARENT = [
    sys.executable,
    "-c",
    "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
    "print('ready', flush=True); time.sleep(60)",
]


@pytest.fixture()
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    for process in processes.running(tmp_path):
        processes.send(tmp_path, process, signal.SIGKILL)


def start(folder: Path, command: list[str], *, says: str = "") -> subprocess.Popen[bytes]:
    log = folder / "part.log"
    child = processes.spawn(folder, "part", command, log)
    end = time.monotonic() + 20
    while time.monotonic() < end and child.poll() is None:
        if processes.look(folder, child.pid) and says in log.read_text():
            break
        time.sleep(0.02)
    return child


def test_started_part_is_found_by_its_mark(folder: Path):
    child = start(folder, SLEEP)
    assert processes.leaders(folder)["part"].pid == child.pid


def test_process_of_another_folder_is_not_found(folder: Path, tmp_path_factory: pytest.TempPathFactory):
    start(folder, SLEEP)
    assert processes.running(tmp_path_factory.mktemp("other")) == []
    assert processes.running(folder.parent) == []


def test_process_without_mark_is_nobody_of_ours(folder: Path):
    stranger = subprocess.Popen(SLEEP)
    try:
        assert processes.look(folder, stranger.pid) is None
    finally:
        stranger.kill()
        stranger.wait()


def test_server_whose_environment_is_closed_to_root_is_found_by_its_options(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    """As PostgreSQL under nobody's id in a container."""
    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "environ":
            raise PermissionError
        return read(path)

    child = start(folder, [*SLEEP, "-c", f"{processes.OPTION}={folder}:part"])
    monkeypatch.setattr(Path, "read_bytes", refused)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert processes.leaders(folder)["part"].pid == child.pid
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert processes.running(folder) == []


def test_pid_that_went_to_another_process_gets_no_signal(folder: Path):
    child = start(folder, SLEEP)
    seen = processes.leaders(folder)["part"]
    processes.send(folder, dataclasses.replace(seen, started=seen.started - 1), signal.SIGKILL)
    time.sleep(0.2)
    assert child.poll() is None


def test_pid_that_is_gone_is_no_error(folder: Path):
    child = start(folder, SLEEP)
    seen = processes.leaders(folder)["part"]
    child.kill()
    child.wait()
    processes.send(folder, seen, signal.SIGTERM)


def test_polite_part_ends_at_the_first_word(folder: Path):
    child = start(folder, SLEEP)
    processes.end(folder, processes.running(folder), signal.SIGTERM, 10)
    assert child.wait(5) == -signal.SIGTERM


def test_deaf_part_is_killed_after_the_patience(folder: Path):
    child = start(folder, STUBBORN, says="deaf")
    processes.end(folder, processes.running(folder), signal.SIGTERM, 0.2)
    assert child.wait(5) == -signal.SIGKILL


def test_orphans_of_a_killed_part_are_ended_too(folder: Path):
    child = start(folder, PARENT, says="ready")
    child.kill()
    child.wait()
    orphans = processes.running(folder)
    assert [orphan.leader for orphan in orphans] == [False]
    processes.end(folder, orphans, signal.SIGTERM, 10)
    assert processes.running(folder) == []


def test_zombie_is_not_running(folder: Path):
    child = start(folder, SLEEP)
    os.kill(child.pid, signal.SIGKILL)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert processes.running(folder) == []
    child.wait()


ENDING_SLOWLY = [
    sys.executable,
    "-c",
    "import ctypes, os, threading, time\n"
    "threading.Thread(target=lambda: (time.sleep(1), os._exit(0))).start()\n"
    "print('ready', flush=True); time.sleep(0.3); ctypes.CDLL(None).pthread_exit(None)",
]


def test_end_waits_for_a_process_whose_mark_is_gone_and_whose_files_are_still_open(folder: Path):
    child = start(folder, ENDING_SLOWLY, says="ready")
    found = processes.running(folder)
    while processes.look(folder, child.pid):
        time.sleep(0.02)
    assert child.poll() is None
    processes.end(folder, found, signal.SIGTERM, 10)
    assert child.poll() == 0


def test_log_of_the_last_run_is_kept_beside(folder: Path):
    for word in ("first", "second"):
        start(folder, [sys.executable, "-c", f"print('{word}')"], says=word).wait()
    assert (folder / "part.log.1").read_text() == "first\n"


def test_failed_task_shows_its_last_lines(folder: Path):
    with pytest.raises(StackError, match="no such wheel"):
        processes.run(folder, [sys.executable, "-c", "raise SystemExit('no such wheel')"], folder / "task.log")


def test_task_carries_the_mark_so_that_a_later_run_can_end_it(folder: Path):
    code = "import os; print(os.environ['ORDEN_PROCESS'])"
    processes.run(folder, [sys.executable, "-c", code], folder / "task.log")
    assert (folder / "task.log").read_text() == f"{folder}:task\n"
