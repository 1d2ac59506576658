"""The commands as they are called, where no service is needed."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from stack import ending, environment, linters, processes, services
from stack import instance as instances
from stack.cli import COMMANDS
from stack.commands import test as testing
from stack.commands.test import is_plain
from stack.places import VENV

ROOT = Path(__file__).parents[2]


def orden(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("CKAN_")}
    env = {**own, "ORDEN_INSTANCE": "never-started", **environment}
    command = [sys.executable, str(ROOT / "orden"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False)


def test_help_names_every_command():
    text = orden("--help").stdout
    assert [name for name in COMMANDS if f"    {name} " not in text] == []


def test_unknown_command_is_refused():
    assert orden("fly").returncode == 2


def test_status_of_what_was_never_started_says_how_to_start():
    shown = orden("status")
    assert shown.returncode == 3
    assert "./orden up" in shown.stdout


def test_status_for_scripts_is_json():
    status = json.loads(orden("status", "--json").stdout)
    assert (status["running"], status["address"], status["parts"]) == (False, None, {})


def test_down_without_anything_is_no_error():
    ended = orden("down")
    assert (ended.returncode, ended.stdout.strip()) == (0, "nothing was running")


def test_down_ends_what_a_killed_command_was_installing():
    left = subprocess.Popen(["sleep", "60"], env=processes.marked(VENV, processes.TASK))
    orden("down")
    assert left.wait(5) == -signal.SIGKILL


def test_shell_without_a_site_says_so():
    refused = orden("shell", "true")
    assert refused.returncode == 1
    assert "./orden up" in refused.stderr


def test_bench_beside_services_of_others_is_refused():
    refused = orden("bench", CKAN_SOLR_URL="http://127.0.0.1:1/solr/ckan")
    assert refused.returncode == 1
    assert "CKAN_SOLR_URL" in refused.stderr


def test_reader_that_stops_reading_is_no_traceback():
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, str(ROOT / "orden"), "status", "--json"]
    shown = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert "Traceback" not in shown.stderr


@pytest.mark.parametrize("words", [["tests/metadata"], ["tests/stack", "-q"], ["-k", "x", "tests/solr/test_build.py"]])
def test_tests_of_plain_python_start_no_service(words: list[str]):
    assert is_plain(words)


@pytest.mark.parametrize("words", [[], ["-q"], ["tests"], ["tests/metadata", "tests/dcat"]])
def test_other_tests_have_their_stack(words: list[str]):
    assert not is_plain(words)


@pytest.fixture()
def flows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of flows with a marker of the project's."""
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = kills: the whole table\n")
    monkeypatch.setattr(testing, "FLOWS", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(("others", "flow", "code"), [(0, "pass", 0), (0, "assert False", 1), (1, "pass", 1)])
def test_flows_and_others_fail_the_run_alike(
    flows: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], others: int, flow: str, code: int
):
    (flows / "test_flow.py").write_text(f"def test_it(): {flow}")
    monkeypatch.setattr(testing, "_pytest", lambda *_: others)
    assert testing._side_by_side(dict(os.environ), flows / "log" / "flows.log") == code
    assert ("1 passed" if flow == "pass" else "1 failed") in capfd.readouterr().out


SHARED = [sys.executable, "-m", "pytest", "-p", "no:ckan", "-p", "no:cacheprovider", *testing.SHARED_OUT]


@pytest.mark.parametrize(("second", "code"), [("pass", 0), ("assert False", 1), ("import os; os._exit(3)", 1)])
def test_failure_or_crash_in_one_worker_fails_the_run_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: str, code: int
):
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)  # --durations would name each test
    (tmp_path / "test_first.py").write_text("def test_it(): pass")
    (tmp_path / "test_second.py").write_text(f"def test_other(): {second}")
    done = subprocess.run([*SHARED, "--rootdir", tmp_path, tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert ("test_second.py::test_other" in done.stdout) == bool(code)


def test_whole_run_has_a_stack_for_each_worker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(instances, "VAR", tmp_path)
    monkeypatch.delenv("ORDEN_INSTANCE", raising=False)
    monkeypatch.setattr(ending, "be_undisturbed", lambda: None)
    monkeypatch.setattr(services, "ensure", lambda _: [])
    monkeypatch.setattr(services, "addresses", lambda instance: {services.DATABASE: instance.name})
    given: list[dict[str, str]] = []
    monkeypatch.setattr(testing, "_side_by_side", lambda env, _log: given.extend(json.loads(env[testing.STACKS])) or 0)
    assert testing._whole(long=True) == 0
    assert [stack[services.DATABASE] for stack in given] == [
        "test",
        *(f"test-{number}" for number in range(2, testing.WORKERS + 1)),
    ]
    assert len({stack["CKAN_STORAGE_PATH"] for stack in given}) == testing.WORKERS


@pytest.mark.parametrize(("rest", "long"), [([], False), (["--long"], True)])
def test_long_tests_run_only_where_they_are_asked_for(monkeypatch: pytest.MonkeyPatch, rest: list[str], *, long: bool):
    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr(testing, "_use_own_services", lambda: None)
    monkeypatch.setattr(testing, "_stacks", lambda held, count: [instances.disposable("test")] * count)
    monkeypatch.setattr(testing, "_env", lambda _: {})
    monkeypatch.setattr(testing, "_services", lambda _: {})
    monkeypatch.setattr(environment, "ensure", lambda **_: None)
    monkeypatch.setattr(linters, "run_all", lambda **_: [])
    monkeypatch.setattr(testing, "_pytest", lambda _words, _env, *options: ran.append(options) or 0)
    monkeypatch.setattr(testing, "_side_by_side", lambda *_: ran.append(("flows",)) or 0)
    assert testing.main(argparse.Namespace(rest=rest)) == 0
    assert ran == [("flows",)] if long else ran[0][-2:] == ("-m", "not long and not kills")


def test_interrupted_tests_end_the_flows(flows: Path, monkeypatch: pytest.MonkeyPatch):
    (flows / "test_flow.py").write_text("import time\ndef test_it(): time.sleep(60)")

    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(testing, "_pytest", interrupted)
    with pytest.raises(KeyboardInterrupt):
        testing._side_by_side(processes.marked(flows, processes.TASK), flows / "flows.log")
    assert processes.running(flows) == []
