"""Real captures where they lie beside the checkout, and invented ones in the same shapes, harvested twice each."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fetching.server import Server

from . import captures
from .catalogues import sheep
from .feeds import dcat_page, new_list, old_list, packages
from .iso import metadata, response
from .protocols.test_data_json import document, entry
from .protocols.test_events import calendar
from .protocols.test_ngsi import ENTITY

pytestmark = [pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"), pytest.mark.long]
Harvested = Callable[[str, Path], list[str]]


@pytest.fixture
def harvested(ckan_config: Any, make_source: Callable[..., str], harvest: Callable[..., Any]) -> Iterator[Harvested]:
    """The rows of a family's captures; each has a publisher of its own, for two sources may not have one address."""
    publishers: list[Server] = []

    def run(heading: str, feeds: Path) -> list[str]:
        rows = []
        for number, (name, path, serve) in enumerate(captures.of(heading, feeds)):
            publishers.append(server := Server())
            server.otherwise = captures.catalogues.NOT_FOUND
            ckan_config["ckanext.orden.fetching.allowed_private_hosts"] = [server.host]
            served = serve(server, path)
            source = make_source(server.url(served.path), served.kind, name=f"capture-{number}")
            first = harvest(source)
            refused = captures.refusals(first)
            rows.append(captures.line(name, served, server, [first, harvest(source, hours=1)], refused))
            captures.clear(source)
        return rows

    yield run
    for publisher in publishers:
        publisher.close()

    return run


@pytest.mark.skipif(not captures.FEEDS.is_dir(), reason="the captures are not beside this checkout")
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("heading", captures.HEADINGS)
def test_real_captures_come_to_what_the_document_says(heading: str, harvested: Harvested):
    rows = harvested(heading, captures.FEEDS)
    if os.environ.get(captures.WRITE):
        captures.write(heading, rows)
    assert rows == captures.written(heading)


@pytest.fixture
def invented(tmp_path: Path) -> Path:
    """A folder like that of the captures, with invented content."""
    files = {
        "ckan_api/site.jsonl": "\n".join(json.dumps(record) for record in packages(1, 2, 3)).encode(),
        "other_catalog/shirasagi_shirasagi_api_package_show.json": json.dumps({"result": sheep(1)}).encode(),
        "other_catalog/shirasagi_shirasagi_api_empty_list.json": b'{"result": []}',
        "open_data_list/new.csv": new_list(1, 2),
        "open_data_list/old.csv": old_list(1, 2, 3),
        "pod_datajson/site.json": document(entry(1), entry(2, title="")),
        "dcat/site.ttl": dcat_page([1, 2]),
        "dcat/csw_site.xml": response([metadata(1), metadata(2)], 6, following=3),
        "ngsi_sensor/a-normalized.json": json.dumps(ENTITY).encode(),
        "ngsi_sensor/a-normalized.jsonld": json.dumps(ENTITY).encode(),
        "events/site.ics": calendar("20260401"),
        "broken/empty.json": b"",
        "broken/page.csv": b"<html></html>",
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return tmp_path


INVENTED = {
    "CKAN": [("ckan_api/site.jsonl", "orden_ckan", "3", "3", "3", "–", "finished")],
    "SHIRASAGI": [
        ("other_catalog/shirasagi_shirasagi_api_empty_list.json", "nothing", "0", "0", "0", "–", "failed"),
        ("other_catalog/shirasagi_shirasagi_api_package_show.json", "orden_shirasagi", "1", "1", "1", "–", "finished"),
    ],
    "オープンデータ一覧": [
        ("open_data_list/new.csv", "orden_list", "2", "2", "2", "–", "finished"),
        ("open_data_list/old.csv", "orden_list", "3", "3", "3", "–", "finished"),
    ],
    "data.json": [("pod_datajson/site.json", "orden_data_json", "2", "1", "1", "record.not_a_dataset 1", "errors")],
    "DCAT": [("dcat/site.ttl", "orden_dcat", "2", "2", "2", "–", "finished")],
    "CSW": [("dcat/csw_site.xml", "orden_csw", "2", "2", "2", "–", "finished")],
    "NGSI": [
        ("ngsi_sensor/a-normalized.json", "orden_ngsi", "1", "1", "1", "–", "finished"),
        ("ngsi_sensor/a-normalized.jsonld", "orden_ngsi", "1", "1", "1", "–", "finished"),
    ],
    "Events": [("events/site.ics", "orden_events", "1", "1", "1", "–", "finished")],
    "Broken bodies": [
        ("broken/empty.json", "nothing", "0", "0", "0", "–", "failed"),
        ("broken/page.csv", "nothing", "0", "0", "0", "–", "failed"),
    ],
}


def test_every_family_has_an_invented_capture():
    assert tuple(INVENTED) == captures.HEADINGS


@pytest.mark.parametrize("heading", INVENTED)
def test_invented_captures_are_imported_once_and_then_unchanged(heading: str, harvested: Harvested, invented: Path):
    rows = [tuple(row.strip("| ").split(" | ")) for row in harvested(heading, invented)]
    assert [(*row[:6], row[6].partition(":")[0]) for row in rows] == INVENTED[heading]
