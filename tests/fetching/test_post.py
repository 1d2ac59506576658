"""Sending to a foreign address."""

from __future__ import annotations

from typing import Any

import pytest
from ckanext.orden.errors import SourceError
from ckanext.orden.fetching import Limits, post
from fetching.server import Server, reply

QUICK = Limits(connect=1, read=1, total=3, retries=1, backoff=0.01)


@pytest.fixture
def allowed(server: Server, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Server:
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_private_hosts", [server.host])
    return server


def test_body_and_headers_arrive(allowed: Server):
    allowed.answers["/hook"] = reply(status=204)
    assert post(allowed.url("/hook"), "避難所".encode(), headers={"X-A": "b"}, limits=QUICK) == 204
    assert allowed.received == ["避難所".encode()]
    assert allowed.seen[0][1]["x-a"] == "b"


@pytest.mark.parametrize("answer", [reply(status=500), reply(status=307, Location="/other")])
def test_other_answers_are_errors_and_no_redirect_is_followed(allowed: Server, answer: Any):
    allowed.answers |= {"/hook": answer, "/other": reply(status=204)}
    with pytest.raises(SourceError):
        post(allowed.url("/hook"), b"{}", headers={}, limits=QUICK)
    assert len(allowed.received) == 1


def test_private_address_gets_nothing(server: Server, ckan_config: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_private_hosts", [])
    with pytest.raises(SourceError):
        post(server.url("/hook"), b"{}", headers={}, limits=QUICK)
    assert server.received == []
