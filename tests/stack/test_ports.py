"""Ports are free when nobody listens there."""

from __future__ import annotations

import os
import socket

import pytest

from stack import ports


def test_free_port_is_in_the_range_and_free():
    port = ports.free()
    assert ports.RANGE[0] <= port < ports.RANGE[1]
    assert ports.is_free(port)


def test_port_with_a_listener_is_taken():
    with socket.socket() as server:
        server.bind((ports.HOST, 0))
        server.listen()
        port = server.getsockname()[1]
        assert not ports.is_free(port)


def test_port_with_an_old_connection_only_is_free():
    with socket.create_server((ports.HOST, 0)) as server:
        port = server.getsockname()[1]
        client = socket.create_connection((ports.HOST, port))
        accepted, _ = server.accept()
        accepted.close()  # the server's side goes to TIME_WAIT
        client.close()
    assert ports.is_free(port)


@pytest.mark.parametrize(
    ("before", "after"),
    [("", {ports.HOST, "localhost"}), ("example.jp,localhost", {"example.jp", "localhost", ports.HOST}), ("*", {"*"})],
)
def test_proxy_is_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch, before: str, after: set[str]):
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("NO_PROXY", before)
    ports.spare_proxies()
    assert os.environ["no_proxy"] == os.environ["NO_PROXY"]
    assert set(os.environ["no_proxy"].split(",")) == after


def test_waiting_ends_when_the_part_is_gone():
    assert not ports.wait(lambda: False, 60, alive=lambda: False)


def test_address_where_nobody_answers_is_no_answer():
    assert not ports.answers(f"http://{ports.HOST}:{ports.free()}/", timeout=1)
