"""An instance keeps its state and its secrets, and one command at a time works on it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from stack import instance as instances
from stack.errors import StackError
from stack.instance import Instance, disposable, named

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from stack.instance import Instance
with Instance("trial", Path(sys.argv[1])).lock("up"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_state_remembers_by_section(instance: Instance):
    instance.remember("parts", "web", {"port": 20000})
    instance.remember("done", "tables", "key")
    assert instance.recall("parts", "web") == {"port": 20000}
    assert instance.recall("done", "index") is None


def test_secret_is_random_and_kept(instance: Instance, tmp_path: Path):
    secret = instance.secret("site")
    assert instance.secret("site") == secret
    assert instance.secret("redis") != secret
    assert Instance("other", tmp_path / "other").secret("site") != secret
    assert (instance.folder / "secrets.json").stat().st_mode & 0o077 == 0


def test_environment_names_another_instance(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ORDEN_INSTANCE", raising=False)
    assert named("up").name == "up"
    monkeypatch.setenv("ORDEN_INSTANCE", "second")
    assert named("up").folder.name == "second"
    assert named("test", 2).name == "second-2"


def test_instance_of_a_site_is_not_emptied(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(instances, "VAR", tmp_path)
    monkeypatch.setenv("ORDEN_INSTANCE", "mine")
    assert disposable("test").name == "mine"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "ckan.ini").touch()
    with pytest.raises(StackError, match="would be lost"):
        disposable("test")


@pytest.mark.parametrize("name", ["../up", "A", "a/b", "-a", "a" * 40])
def test_instance_name_that_is_no_folder_name_is_refused(monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setenv("ORDEN_INSTANCE", name)
    with pytest.raises(StackError, match="ORDEN_INSTANCE"):
        named("up")


def test_lock_that_is_deleted_while_another_waits_is_made_again_by_that_one(instance: Instance):
    command = [sys.executable, "-c", HOLD, str(instance.folder)]
    with instance.lock("reset"):
        waiting = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert waiting.stdout and "waiting for ./orden reset" in waiting.stdout.readline()
        shutil.rmtree(instance.folder)
    assert waiting.stdout.readline() == "held\n"
    assert instance.busy_with() == f"./orden up (pid {waiting.pid})"
    waiting.communicate()


def test_lock_is_held_by_one_and_freed_when_that_one_is_killed(instance: Instance):
    command = [sys.executable, "-c", HOLD, str(instance.folder)]
    holder = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout and holder.stdout.readline() == "held\n"
    assert instance.busy_with() == f"./orden up (pid {holder.pid})"
    holder.kill()
    holder.communicate()
    assert instance.busy_with() is None
    with instance.lock("down"):
        assert "down" in (instance.busy_with() or "")
