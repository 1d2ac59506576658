"""Types of entities as datasets."""

from __future__ import annotations

from typing import Any

import pytest
from ckanext.orden.metadata.axes import derive
from ckanext.orden.metadata.mapping import ngsi

ALERT = "https://smart-data-models.github.io/dataModel.Weather/WeatherAlert/schema.json"
BASE = "https://broker.example.jp/v2"


def mapped(name: str, settings: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    found = {
        "type": name,
        "attributes": ["temperature"],
        "api": BASE,
        "query": f"{BASE}/entities?type={name}",
        "ld": False,
        "tenant": "osaka",
        "service_path": "/air",
        **changes,
    }
    return ngsi.dataset(found, f"{BASE}#{name}", settings or {}).dataset


def test_known_model_gives_a_japanese_title_and_its_schema():
    found = mapped("WeatherObserved")
    assert found["title"] == "気象観測（WeatherObserved）"
    schema = "https://smart-data-models.github.io/dataModel.Weather/WeatherObserved/schema.json"
    assert found["conforms_to"] == [schema]
    assert found["resources"][0]["ngsi_data_model"] == schema


def test_resource_says_how_the_connector_asks():
    (file,) = mapped("Toilet")["resources"]
    told = ("format", "caddec_resource_type", "ngsi_entity_type", "ngsi_tenant", "ngsi_service_path", "mimetype")
    assert [file[name] for name in told] == ["NGSI", "api/ngsi", "Toilet", "osaka", "/air", "application/json"]
    assert file["access_services"] == [{"title": "NGSI-v2 API", "endpoint_url": [BASE]}]
    (linked,) = mapped("Toilet", ld=True)["resources"]
    assert (linked["format"], linked["mimetype"]) == ("NGSI-LD", "application/ld+json")


def test_dataset_is_dynamic_and_never_names_a_count():
    found = mapped("Toilet")
    assert derive(found)["dynamics"].values == ("dynamic",)
    assert found["frequency"].endswith("/UPDATE_CONT")
    assert mapped("Toilet", {"frequency": "毎日"})["frequency"].endswith("/DAILY")


@pytest.mark.parametrize(
    ("name", "known", "model"),
    [
        ("Event", {}, ""),
        ("Event", {"Event": "https://m.example.jp/e"}, "https://m.example.jp/e"),
        ("https://m.example.jp/x#Event", {}, "https://m.example.jp/x#Event"),
        ("https://m.example.jp/x#Event", {"Event": "https://n.example.jp/"}, "https://n.example.jp/"),
        ("https://uri.etsi.org/ngsi-ld/default-context/Event", {}, ""),
        (
            "https://uri.etsi.org/ngsi-ld/default-context/WeatherAlert",
            {},
            ngsi.SCHEMA.format(subject="Weather", name="WeatherAlert"),
        ),
    ],
)
def test_data_model_is_what_is_stated_or_certain(name, known, model):
    assert ngsi.data_model(name, known) == model


def test_long_lists_of_attributes_are_cut():
    notes = mapped("A", attributes=[f"a{number:03}" for number in range(130)])["notes"]
    assert "a099 ほか30項目" in notes
    assert "a100" not in notes


def test_type_given_as_an_address_is_titled_by_its_last_part():
    assert mapped("https://m.example.jp/types/公衆トイレ")["title"] == "公衆トイレ"
