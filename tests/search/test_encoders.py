"""Which encoder a site has."""

from __future__ import annotations

import logging

import pytest
from ckanext.orden.search import encoders

pytestmark = [pytest.mark.ckan_config("ckan.plugins", "orden"), pytest.mark.usefixtures("with_plugins")]
OPTION = "ckanext.orden.search.encoder"


def test_orden_brings_one() -> None:
    encoder = encoders.encoder()
    assert encoder
    assert encoder is encoders.encoder()


@pytest.mark.parametrize("name", ["none", ""])
def test_a_site_may_have_none(name: str, ckan_config: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ckan_config, OPTION, name)
    assert encoders.encoder() is None


@pytest.mark.parametrize("name", ["no.such:Encoder", "ckanext.orden.search.encoders:Absent", "without-a-colon"])
def test_one_that_does_not_start_is_none_and_told_once(
    name: str, ckan_config: dict[str, str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(ckan_config, OPTION, name)
    monkeypatch.setattr(encoders.log, "disabled", False)
    with caplog.at_level(logging.ERROR):
        assert [encoders.encoder(), encoders.encoder()] == [None, None]
    assert [record.levelname for record in caplog.records if name in record.getMessage()] == ["ERROR"]
