"""What an interrupted command leaves: nothing of its own, everything of others."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack import instance as instances
from stack import processes, services
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
        command._whole([])
    assert processes.running(var / "test") == processes.running(var / "test-flow") == []
    assert processes.leaders(mine.folder).keys() == processes.leaders(theirs.folder).keys() == {"web"}
