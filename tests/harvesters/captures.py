"""The captures of real publishers, each served by this machine in its own dialect, and the table of what became of it.

A family is a folder of captures and a function that serves one of its files; a new protocol adds its own to `FAMILIES`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.orden.harvesters.detect import detect
from ckanext.orden.harvesters.model import HarvestRecord, HarvestRun
from fetching.server import Server, reply
from metadata.captures import packages

from . import catalogues
from .conftest import acting

ROOT = Path(__file__).parents[2]
FEEDS = ROOT.parent / "shared" / "feeds"
DOCUMENT = ROOT / "docs" / "captures.md"
WRITE = "ORDEN_WRITE_CAPTURES"
"""Set this to write the document instead of comparing with it."""
HEAD = ("capture", "detected as", "records", "imported", "unchanged in the second run", "errors", "ended")
MEDIA = {".ttl": "text/turtle", ".rdf": "application/rdf+xml", ".xml": "application/rdf+xml"}


@dataclass(frozen=True)
class Served:
    """Where a capture answers, and the type of source that reads it."""

    kind: str
    path: str = "/"


Serve = Callable[[Server, Path], Served]


def ckan(server: Server, path: Path) -> Served:
    """Package dicts as a CKAN site that holds them; what is none as what its search answers."""
    if path.stat().st_size:
        catalogues.ckan(server, list(packages(path)))
    else:
        _as_is(server, path, f"{catalogues.ACTIONS}/package_search")
    return Served("orden_ckan")


def shirasagi(server: Server, path: Path) -> Served:
    """A dataset as a SHIRASAGI site that holds it; a list of names as its whole answer."""
    content = json.loads(path.read_text(encoding="utf-8"))["result"]
    if isinstance(content, dict):
        catalogues.shirasagi(server, [content])
    else:
        catalogues.shirasagi(server, [])
        server.answers["/api/package_list"] = catalogues.as_json({"success": True, "result": content})
    return Served("orden_shirasagi")


def open_data_list(server: Server, path: Path) -> Served:
    return _as_is(server, path, "/file", "orden_list")


def data_json(server: Server, path: Path) -> Served:
    return _as_is(server, path, "/data.json", "orden_data_json")


def dcat(server: Server, path: Path) -> Served:
    return _as_is(server, path, "/catalog", "orden_dcat", MEDIA.get(path.suffix, "application/ld+json"))


def csw(server: Server, path: Path) -> Served:
    """A page of a catalogue service as all that it has."""
    page = re.sub(rb'(numberOfRecordsMatched=")\d+(?=" numberOfRecordsReturned="(\d+)")', rb"\1\2", path.read_bytes())
    server.answers["/csw"] = reply(re.sub(rb'nextRecord="\d+"', b'nextRecord="0"', page))
    return Served("orden_csw", "/csw?service=CSW&request=GetRecords")


def ngsi(server: Server, path: Path) -> Served:
    """An entity as the only one of its type in a broker."""
    entity = json.loads(path.read_text(encoding="utf-8"))
    at = "/ngsi-ld/v1/entities" if path.suffix == ".jsonld" else "/v2/entities"
    server.answers[at] = catalogues.as_json([entity])
    return Served("orden_ngsi", f"{at}?type={entity['type']}")


def events(server: Server, path: Path) -> Served:
    return _as_is(server, path, "/feed", "orden_events")


def _as_is(server: Server, path: Path, at: str, kind: str = "", media: str = "application/octet-stream") -> Served:
    server.answers[at] = reply(path.read_bytes(), Content_Type=media)
    return Served(kind, at)


def broken(server: Server, path: Path) -> Served:
    """A file that is not what its name says, as the answer of the type that its name promises."""
    return ckan(server, path) if path.suffix == ".json" else open_data_list(server, path)


FAMILIES: dict[str, tuple[str, Serve]] = {
    "ckan_api/*.json": ("CKAN", ckan),
    "ckan_api/*.jsonl": ("CKAN", ckan),
    "ckan_api/*.yml": ("CKAN", ckan),
    "other_catalog/shirasagi_ckan_api_package_show.json": ("CKAN", ckan),
    "other_catalog/shirasagi_shirasagi_api_*.json": ("SHIRASAGI", shirasagi),
    "open_data_list/*": ("オープンデータ一覧", open_data_list),
    "pod_datajson/*": ("data.json", data_json),
    "dcat/[!c]*": ("DCAT", dcat),
    "dcat/ckan*": ("DCAT", dcat),
    "dcat/csw_*": ("CSW", csw),
    "ngsi_sensor/*-normalized.json*": ("NGSI", ngsi),
    "events/*.ics": ("Events", events),
    "broken/*": ("Broken bodies", broken),
}
"""Patterns of files under the folder of captures, the heading in the document, and how each file is served."""
HEADINGS = tuple(dict.fromkeys(heading for heading, _ in FAMILIES.values()))


def of(heading: str, feeds: Path) -> Iterator[tuple[str, Path, Serve]]:
    """The captures of a family by name."""
    for pattern, (family, serve) in FAMILIES.items():
        if family == heading:
            for path in sorted(feeds.glob(pattern)):
                yield path.relative_to(feeds).as_posix(), path, serve


def line(name: str, served: Served, server: Server, runs: list[HarvestRun], refused: dict[str, int]) -> str:
    """One row of the table."""
    first, second = runs
    found = detect(server.url(served.path))["source_type"] or "nothing"
    ended = first.state if first.state != "failed" else f"failed: {_reason(first)}"
    errors = ", ".join(f"{code} {count}" for code, count in sorted(refused.items())) or "–"
    cells = (name, found, first.read, first.counts.get("added", 0), second.counts.get("unchanged", 0), errors, ended)
    return "| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |"


def refusals(run: HarvestRun) -> dict[str, int]:
    """The records in error by the code of what is wrong with them; some have no identifier to be noted under."""
    rows = model.Session.query(HarvestRecord).filter_by(source_id=run.source_id, state="error")
    found = Counter(str(row.report[0]["code"]) for row in rows if row.report)
    unnamed = run.counts.get("errors", 0) - found.total()
    return dict(found + Counter({"without identifier": unnamed}))


def clear(source_id: str) -> None:
    """Take a capture away: the next may hold the same records."""
    tk.get_action("harvest_source_clear")(acting(), {"id": source_id})
    tk.get_action("harvest_source_delete")(acting(), {"id": source_id})


def table(rows: list[str]) -> list[str]:
    return ["| " + " | ".join(HEAD) + " |", "|" + " --- |" * len(HEAD), *rows]


def written(heading: str) -> list[str]:
    """The rows of a family that stand in the document."""
    if not DOCUMENT.is_file():
        return []
    section = DOCUMENT.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [row for row in section.splitlines() if row.startswith("| ")][2:]  # behind the head


def write(heading: str, rows: list[str]) -> None:
    """Put a family's rows into the document."""
    sections = {family: rows if family == heading else written(family) for family in HEADINGS}
    parts = ["\n".join((f"## {family}\n", *table(found))) for family, found in sections.items()]
    DOCUMENT.write_text("\n\n".join((INTRODUCTION, *parts)) + "\n", encoding="utf-8")


INTRODUCTION = f"""# Real captures

What became of real publishers' feeds, each served on this machine in its own dialect and harvested twice. The captures
lie beside the checkout (`../shared/feeds`), where they are at all; none is part of the project. Made by
`{WRITE}=1 ./orden test tests/harvesters/test_captures.py`; where the captures are there, the same test compares.

*Detected as*: the type of source that [detection](harvesting.md#which-type-reads-an-address) names for the address.
*Errors*: records in error by the code of what is wrong. A source that gives nothing usable ends as `failed` with the
reason; nothing is ever deleted then."""


def _reason(run: HarvestRun) -> str:
    """The first sentence of why a run failed, without the address."""
    words: Any = run.problems[0]["en"].split(". ")[0].rstrip(".").split()
    return " ".join("…" if word.startswith("http://127") else word for word in words)[:160]
