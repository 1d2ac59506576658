"""What lies under a map, as the operator has chosen it."""

from __future__ import annotations

import pytest
from ckan.exceptions import CkanConfigurationException
from ckanext.orden.tables.backgrounds import PRESETS, tiles

TILES = "ckanext.orden.table.map_tiles"
WHOSE = "ckanext.orden.table.map_attribution"
pytestmark = pytest.mark.usefixtures("with_plugins")


def test_nothing_is_asked_of_anybody_unless_chosen() -> None:
    assert tiles() is None


@pytest.mark.parametrize("name", PRESETS)
def test_the_tiles_of_the_geospatial_authority_name_it(ckan_config: dict, monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setitem(ckan_config, TILES, name)
    found = tiles()
    assert found
    assert found.url == f"https://cyberjapandata.gsi.go.jp/xyz/{name.removeprefix('gsi-')}/{{z}}/{{x}}/{{y}}.png"
    assert "国土地理院" in found.attribution
    assert found.source.startswith("https://maps.gsi.go.jp/")


def test_an_address_of_ones_own_needs_to_say_whose_it_is(ckan_config: dict, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(ckan_config, TILES, "https://tiles.example.jp/{z}/{x}/{y}.png")
    with pytest.raises(CkanConfigurationException):
        tiles()
    monkeypatch.setitem(ckan_config, WHOSE, "© 大阪府")
    found = tiles()
    assert found
    assert found.attribution == "© 大阪府"


@pytest.mark.parametrize("chosen", ["gsi", "http://a.example.jp/{z}/{x}/{y}.png", "https://a.example.jp/{z}.png"])
def test_what_cannot_be_used_stops_the_site(ckan_config: dict, monkeypatch: pytest.MonkeyPatch, chosen: str):
    monkeypatch.setitem(ckan_config, TILES, chosen)
    monkeypatch.setitem(ckan_config, WHOSE, "x")
    with pytest.raises(CkanConfigurationException):
        tiles()
