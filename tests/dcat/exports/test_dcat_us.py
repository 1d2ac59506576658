"""An entry of data.json holds what the schema of DCAT-US 1.1 asks for, in the forms that it asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from ckanext.orden.dcat.exports import dcat_us
from ckanext.orden.dcat.exports.said import Site
from ckanext.orden.metadata.vocabularies import frequencies
from metadata.full import full

from ..examples import EU, KINDS, example

SITE = Site("大阪のカタログ", "府内のデータです。", "https://odpo.example.jp")
MAIL = "opendata@odpo.example.jp"
Dict = dict[str, Any]

REQUIRED = ("title", "description", "keyword", "modified", "publisher", "contactPoint", "identifier", "accessLevel")
ALLOWED = {
    *("@type", *REQUIRED, "rights", "license", "spatial", "temporal", "distribution", "accrualPeriodicity"),
    *("conformsTo", "describedBy", "landingPage", "language", "references", "issued", "theme"),
}
MOMENT = r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?"
URL = r"(https?|ftps?)://[^\s<>\"{}|\\^`]+"
FORMS = {
    "@type": "dcat:Dataset",
    "modified": MOMENT,
    "issued": MOMENT,
    "temporal": f"{MOMENT}/{MOMENT}",
    "accessLevel": "public|restricted public|non-public",
    "accrualPeriodicity": r"irregular|R/P(T?\d+(\.\d+)?[YMWDHS])",
    **dict.fromkeys(("license", "conformsTo", "describedBy", "landingPage", "identifier"), URL),
}
FILE_FORMS = {
    "@type": "dcat:Distribution",
    "mediaType": r"[a-z]+/[a-z0-9.+-]+",
    **dict.fromkeys(("downloadURL", "accessURL", "conformsTo", "describedBy"), URL),
}


def entry(kind: str = "rich", **changed: Any) -> Dict:
    return dcat_us.dataset({"metadata_modified": "2026-01-02T03:04:05.6", **example(kind), **changed}, SITE, MAIL)


def problems(found: Dict) -> Iterator[str]:
    """What the schema would say of an entry."""
    yield from (f"{name} is missing" for name in REQUIRED if not found.get(name))
    yield from (f"{name} is unknown" for name in found.keys() - ALLOWED)
    yield from _wrong(found, FORMS)
    yield from (
        f"not a list of texts: {name}"
        for name in ("keyword", "language", "references", "theme")
        if not all(isinstance(text, str) and text for text in found.get(name, ["x"])) or found.get(name) == []
    )
    yield from (f"language {tag}" for tag in found.get("language", []) if not re.fullmatch(r"[a-z]{2,3}(-\w+)*", tag))
    if not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+\.[^@\s]+", found["contactPoint"]["hasEmail"]):
        yield "hasEmail"
    if not found["contactPoint"]["fn"] or not found["publisher"]["name"]:
        yield "a name is missing"
    if found["accessLevel"] != "public" and not 0 < len(found.get("rights", "")) <= 255:
        yield "rights must say why it is not public"
    for file in found.get("distribution", []):
        yield from _wrong(file, FILE_FORMS)
        if "downloadURL" in file and "mediaType" not in file:
            yield "downloadURL without mediaType"


def _wrong(found: Dict, forms: dict[str, str]) -> Iterator[str]:
    for name, form in forms.items():
        if name in found and not re.fullmatch(form, found[name]):
            yield f"{name}: {found[name]}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_dataset_is_valid(kind: str):
    assert list(problems(entry(kind))) == []


def test_a_dataset_with_every_field_is_valid():
    found = dcat_us.dataset({**full(), "id": "1", "conforms_to": ["https://a.example/standard"]}, SITE, MAIL)
    assert list(problems(found)) == []
    assert set(found) | {"spatial"} == ALLOWED


def test_what_a_dataset_says_stands_in_its_place():
    found = entry()
    assert found["identifier"] == "https://odpo.example.jp/dataset/11111111-1111-4111-8111-111111111111"
    assert found["contactPoint"] == {
        "@type": "vcard:Contact",
        "fn": "防災課",
        "hasEmail": "mailto:bosai@city.example.jp",
    }
    assert found["publisher"]["name"] == "豊中市"
    assert found["temporal"] == "2025-04/2026-03-31"
    assert found["spatial"] == "豊中市全域"
    assert found["accrualPeriodicity"] == "R/P1Y"
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert found["conformsTo"] == "https://www.digital.go.jp/standard"
    assert found["landingPage"].startswith("https://www.city.example.jp/")
    csv = found["distribution"][0]
    assert csv["downloadURL"] == "https://data.example.jp/files/避難所2026.csv"
    assert (
        csv["accessURL"]
        == "https://odpo.example.jp/dataset/272035-hinanjo/resource/22222222-2222-4222-8222-222222222222"
    )
    assert (csv["mediaType"], csv["format"]) == ("text/csv", "CSV")


@pytest.mark.parametrize(
    ("right", "level"),
    [
        ("PUBLIC", "public"),
        ("RESTRICTED", "restricted public"),
        ("NON_PUBLIC", "non-public"),
        ("SENSITIVE", "non-public"),
    ],
)
def test_access_rights_become_levels_with_a_reason(right: str, level: str):
    found = entry(access_rights=f"{EU}/access-right/{right}")
    assert found["accessLevel"] == level
    assert list(problems(found)) == []


def test_paid_data_is_not_simply_public():
    assert entry("paid")["accessLevel"] == "restricted public"


def test_no_target_of_closed_data_is_told():
    found = entry(access_rights=f"{EU}/access-right/NON_PUBLIC")
    assert "data.example.jp" not in json.dumps(found)
    assert all(file["accessURL"].startswith("https://odpo.example.jp/dataset/") for file in found["distribution"])


def test_every_frequency_that_promises_something_has_a_period():
    without = {frequency.code for frequency in frequencies()} - set(dcat_us.PERIODS)
    assert without == {"UNKNOWN", "NOT_PLANNED", "NEVER"}


def test_without_any_mail_address_the_contact_has_none():
    found = dcat_us.dataset(example("minimal"), SITE)
    assert found["contactPoint"] == {"@type": "vcard:Contact", "fn": "大阪のカタログ"}


def test_a_place_is_its_box_where_it_has_one():
    shape = json.dumps({"type": "Polygon", "coordinates": [[[135, 34], [136, 34], [136, 35], [135, 34]]]})
    assert entry(spatial_coverage=[{"text": "北部", "geom": shape}])["spatial"] == "135.0,34.0,136.0,35.0"
    assert entry("minimal", orden_municipality="272035")["spatial"] == "大阪府豊中市"
