"""A part is started once, kept while it is right, and started again when it is not."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest

from stack import ending, ports, processes
from stack.errors import StackError
from stack.instance import Instance
from stack.parts import part as parts
from stack.parts.part import Part

SERVER = "import http.server, sys; http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()"  # fmt: skip  # noqa: E501


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((ports.HOST, port)) == 0


@pytest.fixture()
def part(instance: Instance) -> Iterator[Part]:
    yield Part("web", lambda port: [sys.executable, "-c", SERVER, port], ready=listens, key="1")
    ending.end_all(instance)


def test_part_is_started_once_and_kept(instance: Instance, part: Part):
    assert parts.ensure(instance, part) == ["web"]
    first = processes.leaders(instance.folder)["web"]
    assert parts.ensure(instance, part) == []
    assert processes.leaders(instance.folder)["web"] == first


def test_changed_part_is_started_again_on_its_port(instance: Instance, part: Part):
    parts.ensure(instance, part)
    port = parts.port_of(instance, "web")
    assert parts.ensure(instance, replace(part, key="2")) == ["web"]
    assert parts.port_of(instance, "web") == port


def test_killed_part_is_started_again(instance: Instance, part: Part):
    parts.ensure(instance, part)
    ending.end_part(instance, "web")
    assert parts.ensure(instance, part) == ["web"]
    assert listens(parts.port_of(instance, "web"))


def test_port_that_somebody_took_is_left_to_them(instance: Instance, part: Part):
    parts.ensure(instance, part)
    port = parts.port_of(instance, "web")
    ending.end_part(instance, "web")
    with socket.create_server((ports.HOST, port)):
        parts.ensure(instance, part)
        assert parts.port_of(instance, "web") != port


def test_port_taken_between_choice_and_start_is_chosen_again(
    instance: Instance, part: Part, monkeypatch: pytest.MonkeyPatch
):
    with socket.create_server((ports.HOST, 0)) as stranger:
        taken = stranger.getsockname()[1]
        choices = iter([taken, ports.free()])
        monkeypatch.setattr(ports, "free", lambda: next(choices))
        monkeypatch.setattr(parts.time, "sleep", lambda _: None)
        silent = replace(part, ready=lambda port: port != taken and listens(port))
        parts.ensure(instance, silent)
        assert parts.port_of(instance, "web") != taken


def test_part_that_is_not_wanted_any_more_is_ended_and_forgotten(instance: Instance, part: Part):
    parts.ensure(instance, part, replace(part, name="publishers"))
    parts.keep_only(instance, {"web", "redis"})
    assert processes.leaders(instance.folder).keys() == {"web"}
    ending.end_part(instance, "web")
    assert parts.ended(instance) == ["web"]


def test_part_that_fails_shows_its_log(instance: Instance, part: Part):
    broken = replace(part, command=lambda _: [sys.executable, "-c", "raise SystemExit('no such option')"])
    with pytest.raises(StackError, match="no such option"):
        parts.ensure(instance, broken)


def test_asked_port_that_is_taken_is_said(instance: Instance, part: Part):
    with socket.create_server((ports.HOST, 0)) as stranger:
        port = stranger.getsockname()[1]
        with pytest.raises(StackError, match=str(port)):
            parts.ensure(instance, replace(part, port=port))


ONCE_ORPHANED = """
import os, pathlib, signal, time
again = pathlib.Path("again")
if not again.exists():
    again.touch()
    if os.fork():
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.5)
"""


def test_part_killed_while_its_child_answers_is_started_again(instance: Instance, part: Part):
    """As gunicorn's workers do for a while when their master is killed."""
    fragile = replace(part, command=lambda port: [sys.executable, "-c", ONCE_ORPHANED + SERVER, port])
    assert parts.ensure(instance, fragile) == ["web"]
    assert instance.recall("parts", "web")["pid"] == processes.leaders(instance.folder)["web"].pid
    assert len(processes.running(instance.folder)) == 1
