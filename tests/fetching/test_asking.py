"""Whether an address opens, where a redirect may lead to certain hosts only."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckanext.orden.fetching import asking

from .server import Server, reply


@pytest.fixture
def reached(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server that may be asked under its address and under its name."""
    port = server.host.partition(":")[2]
    monkeypatch.setitem(tk.config, "ckanext.orden.fetching.allowed_private_hosts", [server.host, f"localhost:{port}"])
    return server


@pytest.mark.parametrize(
    ("hosts", "state"), [((), "ok"), (("127.0.0.1",), "refused"), (("127.0.0.1", "localhost"), "ok")]
)
def test_a_redirect_leads_to_the_named_hosts_only(reached: Server, hosts: Any, state: str):
    target = reached.url("/b").replace("127.0.0.1", "localhost")
    reached.answers["/a"] = reply(status=302, Location=target)
    reached.answers["/b"] = reply(b"end")
    verdict = asking.ask(reached.url("/a"), 0, hosts=hosts)
    assert verdict.state == state
    assert ("/b" in [path for path, _ in reached.seen]) == (state == "ok")
    if state == "refused":
        assert "localhost" in verdict.reason["ja"]


def test_a_redirect_on_its_own_host_is_followed(reached: Server):
    reached.answers["/a"] = reply(status=302, Location="/b")
    reached.answers["/b"] = reply(b"end")
    assert asking.ask(reached.url("/a"), 0, hosts=("127.0.0.1",)).state == "ok"
