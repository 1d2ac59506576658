"""What an interrupted command leaves: nothing of its own, everything of others."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stack import instance as instances
from stack import processes, services
from stack.cli import INTERRUPTED
from stack.commands import test as command
from stack.instance import Instance

ROOT = Path(__file__).parents[2]
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# a test's `./orden up`: it holds the lock of its site while it starts parts
NESTED = """
import sys, time
from pathlib import Path
from stack import processes
from stack.instance import Instance
site = Instance("site", Path(sys.argv[1]))
with site.lock("up"):
    processes.spawn(site.folder, "web", [sys.executable, "-c", "import time; time.sleep(60)"], site.log("web"))
    print("ready", flush=True)
    time.sleep(60)
"""
# `up` with one part and a step that takes long; its arguments begin with the folder of the instance
UP = """
import sys, time
from pathlib import Path
from stack import cli, ending, processes
from stack.commands import up
from stack.instance import Instance
from stack.output import step
instance = Instance("trial", Path(sys.argv[1]))
sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
def main(_):
    with ending.nothing_left(instance, always=False), step("site", "starts"):
        processes.spawn(instance.folder, "web", sleep, instance.log("web"))
        time.sleep(60)
up.main = main
sys.exit(cli.main(["up"]))
"""
HEARS_INTERRUPTS = ["env", "--default-signal=INT,HUP"]  # also where the tests run in the background of a script
HEARS_NO_HANGUP = ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh"]  # as under nohup


@pytest.fixture()
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of instances of its own; what runs in it ends with the test, and signals are heard again."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    handlers = {number: signal.getsignal(number) for number in numbers}
    monkeypatch.setattr(instances, "VAR", tmp_path)
    monkeypatch.delenv("ORDEN_INSTANCE", raising=False)
    yield tmp_path
    for number, handler in handlers.items():
        signal.signal(number, handler)
    for folder in tmp_path.iterdir():
        for process in processes.running(folder):
            processes.send(folder, process, signal.SIGKILL)


def start(var: Path, output: int, *before: str) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [*HEARS_INTERRUPTS, *before, sys.executable, "-c", UP, str(var / "trial")],
        cwd=ROOT,
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(output)
    limit = time.monotonic() + 30
    while not processes.leaders(var / "trial") and time.monotonic() < limit:
        time.sleep(0.05)
    return child


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("pipe", [os.pipe, pty.openpty], ids=["pipe", "terminal"])
def test_interrupted_command_that_nobody_listens_to_ends_what_it_started(
    var: Path, pipe: Callable[[], tuple[int, int]], number: signal.Signals
):
    reader, writer = pipe()
    child = start(var, writer)
    os.close(reader)
    child.send_signal(number)
    _, said = child.communicate(timeout=30)
    assert (child.returncode, said) == (INTERRUPTED, "\ninterrupted\n")
    assert processes.running(var / "trial") == []


def test_closed_terminal_does_not_end_what_was_told_to_outlive_it(var: Path):
    child = start(var, os.open(os.devnull, os.O_WRONLY), *HEARS_NO_HANGUP)
    child.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(1)
    child.terminate()
    child.communicate(timeout=30)
    assert child.returncode == INTERRUPTED


def test_interrupted_tests_leave_no_site_of_theirs_and_those_of_others(var: Path, monkeypatch: pytest.MonkeyPatch):
    mine, theirs = Instance("mine", var / "mine"), Instance("test2-flow", var / "test2-flow")

    def interrupted(_words: list[str], env: dict[str, str]) -> int:
        nested = [sys.executable, "-c", NESTED, str(var / env["ORDEN_FLOW_INSTANCE"])]
        child = subprocess.Popen(nested, cwd=ROOT, env=env, stdout=subprocess.PIPE)
        assert child.stdout and child.stdout.readline() == b"ready\n"
        for other in (mine, theirs):
            with other.lock("up"):
                processes.spawn(other.folder, "web", SLEEP, other.log("web"))
        raise KeyboardInterrupt

    monkeypatch.setattr(services, "ensure", lambda _: [])
    monkeypatch.setattr(services, "addresses", lambda _: {})
    monkeypatch.setattr(command, "_pytest", interrupted)
    with pytest.raises(KeyboardInterrupt):
        command._chosen(["tests/site"])
    assert processes.running(var / "test") == processes.running(var / "test-flow") == []
    assert processes.leaders(mine.folder).keys() == processes.leaders(theirs.folder).keys() == {"web"}
