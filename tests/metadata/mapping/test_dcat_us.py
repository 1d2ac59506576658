"""An entry of data.json as a dataset of ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ckanext.orden.dcat.exports.dcat_us import PERIODS
from ckanext.orden.errors import RecordError
from ckanext.orden.metadata.mapping import dcat_us
from ckanext.orden.metadata.vocabularies.frequencies import frequency_for

EU = "http://publications.europa.eu/resource/authority"
CAPTURES = sorted((Path(__file__).parents[4] / "shared/feeds/pod_datajson").glob("*.json"))
ENTRY = {"identifier": "1", "title": "避難所一覧"}


def made(**changes: Any) -> dict[str, Any]:
    return dcat_us.dataset({**ENTRY, **changes}).dataset


def test_texts_dates_people_and_addresses_are_read():
    found = made(
        description="一覧です。",
        keyword=["防災", "避難所"],
        modified="2026-04-01",
        issued="2020-01-01",
        publisher={"name": "豊中市"},
        contactPoint={"fn": "防災課", "hasEmail": "mailto:bosai@city.example.jp"},
        landingPage="https://data.example.jp/1",
        references=["https://data.example.jp/about"],
        temporal="2020-01-01/2021-03-31",
        language=["ja"],
    )
    assert found["notes"] == "一覧です。"
    assert found["tags"] == [{"name": "防災"}, {"name": "避難所"}]
    assert found["publisher"] == [{"name": "豊中市"}]
    assert found["contact"] == [{"name": "防災課", "email": "bosai@city.example.jp"}]
    assert found["url"] == "https://data.example.jp/1"
    assert found["documentation"] == ["https://data.example.jp/about"]
    assert found["temporal_coverage"] == [{"start": "2020-01-01", "end": "2021-03-31"}]
    assert found["language"] == [f"{EU}/language/JPN"]


@pytest.mark.parametrize(
    ("level", "code"), [("public", "PUBLIC"), ("restricted public", "RESTRICTED"), ("non-public", "NON_PUBLIC")]
)
def test_level_of_access_is_a_term(level: str, code: str):
    assert made(accessLevel=level)["access_rights"] == f"{EU}/access-right/{code}"


@pytest.mark.parametrize("interval", sorted(set(PERIODS.values()) - {"irregular"}))
def test_interval_that_we_write_is_read_back(interval: str):
    found = frequency_for(interval)
    assert found
    assert PERIODS[found.code] == interval
    read = made(accrualPeriodicity=interval)
    assert (read["frequency"], read.get("orden_frequency_text")) == (found.iri, None)


def test_interval_in_place_of_a_date_is_how_often():
    read = made(modified="R/P1D")
    assert read["frequency"] == f"{EU}/frequency/DAILY"
    assert "modified" not in read


@pytest.mark.parametrize(
    ("spatial", "part"),
    [
        ("135.4,34.7,135.5,34.8", "geom"),
        ({"type": "Point", "coordinates": [135.4, 34.7]}, "geom"),
        ("豊中市", "text"),
    ],
)
def test_place_is_a_box_a_shape_or_a_name(spatial: Any, part: str):
    (place,) = made(spatial=spatial)["spatial_coverage"]
    assert list(place) == [part]
    if spatial == "135.4,34.7,135.5,34.8":
        assert json.loads(place["geom"])["coordinates"][0][2] == [135.5, 34.8]


def test_file_is_told_from_page():
    files = made(
        distribution=[
            {
                "title": "CSV",
                "downloadURL": "https://e.jp/a.csv",
                "accessURL": "https://e.jp/a",
                "mediaType": "text/csv",
            },
            {"accessURL": "https://e.jp/b", "format": "HTML"},
            {"title": "nowhere"},
            "text",
        ]
    )["resources"]
    assert [(file["url"], file["format"]) for file in files] == [
        ("https://e.jp/a.csv", "CSV"),
        ("https://e.jp/b", "HTML"),
    ]
    assert files[0]["access_url"] == "https://e.jp/a"


def test_keywords_of_version_1_0_are_taken_apart():
    assert made(keyword="防災, 避難所")["tags"] == [{"name": "防災"}, {"name": "避難所"}]


@pytest.mark.parametrize("entry", [{}, {"identifier": "1"}, {"title": "a"}, {"identifier": "1", "title": None}])
def test_entry_without_identifier_or_title_is_an_error(entry: dict[str, Any]):
    with pytest.raises(RecordError):
        dcat_us.dataset(entry)


@pytest.mark.parametrize("values", [None, 1, "x", [], {}, [None], [{}]])
def test_value_of_another_kind_costs_nobody_the_record(values: Any):
    names = (
        "keyword",
        "publisher",
        "contactPoint",
        "spatial",
        "distribution",
        "modified",
        "language",
        "theme",
        "references",
    )
    assert made(**dict.fromkeys(names, values))["title"] == "避難所一覧"


@pytest.mark.skipif(not CAPTURES, reason="the captured documents are not here")
@pytest.mark.parametrize("path", CAPTURES, ids=[path.name for path in CAPTURES])
def test_captured_document_is_read_but_for_entries_without_a_name(path: Path):
    document = json.loads(path.read_text())
    entries = document["dataset"] if isinstance(document, dict) else document
    named = [entry for entry in entries if entry.get("identifier") and entry.get("title")]
    read = [dcat_us.dataset(entry) for entry in named]
    assert len(read) == len(named) > 0
    assert all(found.dataset["title"] and found.guid for found in read)


@pytest.mark.parametrize("field", ["title", "issued", "license", "description", "landingPage"])
def test_template_that_was_not_filled_counts_as_empty(field: str):
    unfilled = dcat_us._record({**ENTRY, field: " {{ something:toISO }} "})
    assert "{{" not in json.dumps(unfilled)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("防災課", "防災課"),
        ("Open Data Team", "Open Data Team"),
        ("<Nobody>", None),
        ("taro_osaka", None),
        ("gis01", None),
    ],
)
def test_contact_that_is_nobody_or_an_account_is_left_out(name: str, kept: str | None):
    contacts = made(contactPoint={"fn": name, "hasEmail": "mailto:gis@city.example.jp"})["contact"]
    assert (contacts[0].get("name"), contacts[0]["email"]) == (kept, "gis@city.example.jp")


def test_description_in_html_becomes_text():
    file = {"downloadURL": "https://data.example.jp/1.csv", "description": "<div>全<b>件</b></div>"}
    found = made(description="<p>一覧</p><p>です</p>", distribution=[file])
    assert (found["notes"], found["resources"][0]["description"]) == ("一覧\n\nです", "全件")
