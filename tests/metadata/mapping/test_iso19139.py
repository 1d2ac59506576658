"""Records of geographic catalogues as datasets."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckanext.orden.errors import RecordError
from ckanext.orden.metadata.mapping import iso19139

EU = "http://publications.europa.eu/resource/authority"


def record(**changes: Any) -> dict[str, Any]:
    texts = dict.fromkeys(("parent", "uri", "abstract", "edition", "frequency", "lineage", "format"))
    lists: dict[str, Any] = {
        name: []
        for name in ("identifiers", "languages", "keywords", "places", "topics", "restrictions", "conditions", "dates")
    }
    more = {"parties": [], "online": [], "box": None, "period": [None, None]}
    return {"identifier": "jp-1", "title": "道路網", **texts, **lists, **more, **changes}


def link(url: str, protocol: str | None = None, function: str | None = None, name: str | None = None) -> dict[str, Any]:
    return {"url": url, "protocol": protocol, "name": name, "description": None, "function": function}


def party(role: str, name: str | None, **more: str) -> dict[str, Any]:
    return {"name": name, "email": None, "url": None, "role": role, **more}


def dataset(**changes: Any) -> dict[str, Any]:
    return iso19139.dataset(record(**changes)).dataset


@pytest.mark.parametrize("missing", ["identifier", "title"])
def test_record_without_identifier_or_title_is_refused(missing: str):
    with pytest.raises(RecordError):
        iso19139.dataset(record(**{missing: None}))


def test_codes_become_terms():
    found = dataset(
        topics=["transportation", "inlandWaters", "unheard"], frequency="biannually", languages=["jpn", "fre"]
    )
    assert found["theme"] == [f"{EU}/data-theme/TRAN", f"{EU}/data-theme/ENVI"]
    assert found["frequency"] == f"{EU}/frequency/ANNUAL_2"
    assert found["language"] == [f"{EU}/language/JPN", f"{EU}/language/FRA"]


def test_publication_counts_before_creation_and_the_last_revision_is_the_change():
    days = [("creation", "2020-01-01"), ("publication", "2021-01-01"), ("revision", "2023-02-01"), ("revision", "2022")]
    found = dataset(dates=[{"type": kind, "date": day} for kind, day in days])
    assert (found["issued"], found["modified"]) == ("2021-01-01", "2023-02-01")
    assert dataset(dates=[{"type": "creation", "date": "2020-01-01"}])["issued"] == "2020-01-01"


def test_offices_are_taken_by_role_and_nameless_parties_are_not():
    found = dataset(
        parties=[
            party("pointOfContact", None, email="taro@example.jp"),
            party("pointOfContact", "防災課", email="bosai@example.jp", url="https://example.jp/"),
            party("owner", "大阪府"),
            party("originator", "測量会社"),
        ]
    )
    assert found["publisher"] == [{"name": "大阪府"}]
    assert found["creator"] == [{"name": "測量会社"}]
    assert found["contact"] == [{"name": "防災課", "email": "bosai@example.jp", "url": "https://example.jp/"}]


@pytest.mark.parametrize(
    ("conditions", "licence", "rights"),
    [
        (["出典を記すこと", "https://creativecommons.org/licenses/by/4.0/deed.ja"], "CC-BY-4.0", "出典を記すこと"),
        (["出典を記すこと", "CC BY 4.0"], "CC-BY-4.0", "出典を記すこと"),
        (["Licence Ouverte 1.0", "citer"], "OTHER", "citer"),
        (["conditions unknown"], None, "conditions unknown"),
        ([], None, None),
    ],
)
def test_licence_is_found_among_the_conditions(conditions: list[str], licence: str | None, rights: str | None):
    found = dataset(conditions=conditions)
    assert (found.get("license_id"), found.get("rights")) == (licence, rights)


LIMITS = "http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/"


@pytest.mark.parametrize(
    ("restrictions", "conditions", "access"),
    [
        (["otherRestrictions"], [LIMITS + "noLimitations"], "PUBLIC"),
        (["otherRestrictions"], [LIMITS + "INSPIRE_Directive_Article13_1b"], "RESTRICTED"),
        (["restricted"], [LIMITS + "noLimitations"], "RESTRICTED"),
        (["topSecret"], [], "NON_PUBLIC"),
        (["unclassified"], [], ""),
        (["copyright"], [], ""),
    ],
)
def test_access_is_what_restrictions_say_and_nothing_is_guessed(restrictions, conditions, access):
    found = dataset(restrictions=restrictions, conditions=conditions).get("access_rights", "")
    assert found.rpartition("/")[2] == access


@pytest.mark.parametrize(
    ("box", "corner"),
    [
        (["135.1", "34.3", "135.7", "35"], [135.1, 34.3]),
        (["135.7", "34.3", "135.1", "35"], None),
        (["999", "0", "999", "0"], None),
        (["", "34.3", "135.7", "35"], None),
        ([None, None, None, None], None),
        (["nan", "34.3", "135.7", "35"], None),
    ],
)
def test_box_is_kept_where_it_lies_on_earth(box, corner):
    places = dataset(box=box).get("spatial_coverage")
    assert (json.loads(places[0]["bbox"])["coordinates"][0][0] if places else None) == corner


def test_places_and_period_are_kept():
    found = dataset(places=["大阪市", "堺市", "大阪市"], period=["2024-04-01", ""])
    assert found["spatial_coverage"] == [{"text": "大阪市、堺市"}]
    assert found["temporal_coverage"] == [{"start": "2024-04-01"}]


@pytest.mark.parametrize(
    ("parent", "series"),
    [
        ("https://example.jp/series/1", ["https://example.jp/series/1"]),
        ("0B2C5A1E-1111-4222-8333-0123456789AB", ["urn:uuid:0b2c5a1e-1111-4222-8333-0123456789ab"]),
        ("jp-series", None),
        (None, None),
    ],
)
def test_parent_is_a_series_where_it_has_an_address(parent, series):
    assert dataset(parent=parent).get("in_series") == series


def test_services_have_an_endpoint_without_the_request():
    found = dataset(
        online=[link("https://g.example.jp/ows?map=/a&SERVICE=WFS&VERSION=2.0.0&typename=roads", name="roads")]
    )
    (file,) = found["resources"]
    assert file["format"] == "WFS"
    assert file["access_services"] == [
        {
            "title": "roads",
            "endpoint_url": ["https://g.example.jp/ows?map=/a"],
            "endpoint_description": "https://g.example.jp/ows?map=/a&service=WFS&request=GetCapabilities",
            "conforms_to": ["http://www.opengis.net/def/serviceType/ogc/wfs"],
        }
    ]


def test_files_and_pages_about_the_data_are_told_apart():
    download, page = "WWW:DOWNLOAD-1.0-http--download", "WWW:LINK-1.0-http--link"
    found = dataset(
        format="ESRI Shapefile",
        online=[
            link("https://example.jp/get?id=1", download, name="道路"),
            link("https://example.jp/a.csv", page),
            link("https://example.jp/about", page),
            link("https://example.jp/b.pdf", None, "information"),
            link("", download),
            link("https://example.jp/get?id=1", download, name="道路"),
        ],
    )
    assert [file["url"] for file in found["resources"]] == ["https://example.jp/get?id=1", "https://example.jp/a.csv"]
    assert [file["format"] for file in found["resources"]] == ["SHP", "CSV"]
    assert found["documentation"] == ["https://example.jp/about", "https://example.jp/b.pdf"]
    assert found["url"] == "https://example.jp/about"
