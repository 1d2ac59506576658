"""One catalogue in four dialects: the same entries in the pages that each protocol knows."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from ..feeds import NEW_HEADER, PREFIXES

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Entry:
    """One record, whatever its dialect; without an `id` nobody can tell it from others."""

    number: int
    title: str
    notes: str = "市内の一覧です。"
    id: str = ""


@dataclass(frozen=True)
class Page:
    """What a request for a page gets: entries (of `fields` only, if any), how many there are, where it goes on."""

    entries: Sequence[Entry]
    total: int
    following: str = ""
    fields: Sequence[str] = ()


@dataclass(frozen=True)
class Dialect:
    """How a publisher of one kind writes a page; `number` reads which page an address asks for."""

    kind: str
    path: str
    media_type: str
    write: Callable[[Page], str]
    number: Callable[[dict[str, str]], int] = lambda _query: 1
    rows: int = 0
    """Entries a page; 0 when the whole catalogue is one document."""
    config: dict[str, Any] = field(default_factory=dict)
    record_path: str = ""
    """Where one entry alone is asked for by its id; empty where a dialect has no such address."""
    record: Callable[[Entry], str] = lambda _entry: ""

    @property
    def name(self) -> str:
        return self.kind.removeprefix("orden_")

    def __str__(self) -> str:
        return self.name


def _ckan(page: Page) -> str:
    packages = map(_package, page.entries)
    shown = [_only(package, page.fields) for package in packages] if page.fields else [*packages]
    return _json({"success": True, "result": {"count": page.total, "results": shown}})


def _shown(entry: Entry) -> str:
    return _json({"success": True, "result": _package(entry)})


def _only(package: dict[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    """What CKAN's search gives for `fl`: the fields that were asked for and are there."""
    return {name: package[name] for name in fields if name in package}


def _package(entry: Entry) -> dict[str, Any]:
    url = f"https://data.example.jp/{entry.number}.csv"
    return {
        "id": entry.id,
        "name": f"r{entry.number}" if entry.id and entry.title else "",
        "title": entry.title,
        "notes": entry.notes,
        "license_id": "CC-BY-4.0",
        "tags": [{"name": "オープンデータ"}],
        "extras": [{"key": "更新頻度", "value": "年１回"}],
        "metadata_created": "2024-01-01T00:00:00",
        "metadata_modified": _stamp(entry),
        "resources": [{"id": f"f{entry.number}", "name": "CSV", "url": url, "format": "CSV"}],
    }


def _stamp(entry: Entry) -> str:
    """Another moment for another content."""
    content = "\n".join((entry.id, entry.title, entry.notes))
    return (datetime(2024, 4, 1) + timedelta(seconds=crc32(content.encode()))).isoformat()


def _data_json(page: Page) -> str:
    conforms = "https://project-open-data.cio.gov/v1.1/schema"
    return _json({"conformsTo": conforms, "dataset": [*map(_dcat_us, page.entries)]})


def _dcat_us(entry: Entry) -> dict[str, Any]:
    return {
        "identifier": entry.id,
        "title": entry.title,
        "description": entry.notes,
        "keyword": ["オープンデータ"],
        "modified": "2024-04-01",
        "publisher": {"name": "大阪府"},
        "accessLevel": "public",
        "license": LICENCE,
        "distribution": [{"title": "CSV", "downloadURL": f"https://data.example.jp/{entry.number}.csv"}],
    }


def _json(value: Any) -> str:
    """With line ends, so that an answer can be cut off at one."""
    return json.dumps(value, ensure_ascii=False, indent=1)


def _list(page: Page) -> str:
    return "\r\n".join((NEW_HEADER, *map(_row, page.entries), ""))


def _row(entry: Entry) -> str:
    url = f"https://data.example.jp/{entry.number}.csv"
    number = entry.number
    return (
        f"271403,{number},大阪府堺市,{entry.id},{entry.title},{entry.notes},施設,年次,{entry.title},{url},CSV,CC BY 4.0"
    )


def _turtle(page: Page) -> str:
    """The paging stands first, as most publishers write it."""
    following = f"; hydra:next <{page.following}> " if page.following else ""
    paging = f"<urn:faults:page> a hydra:PartialCollectionView ; hydra:totalItems {page.total} {following}.\n"
    return PREFIXES + paging + "".join(map(_described, page.entries))


def _described(entry: Entry) -> str:
    subject = f"<{entry.id}>" if entry.id else "[]"
    file = f"<urn:faults:file:{entry.number}>"
    title = f" ; dct:title {_json(entry.title)}@ja" if entry.title else ""
    return (
        f"{subject} a dcat:Dataset{title} ; dct:description {_json(entry.notes)}@ja ;\n"
        f'  dcat:keyword "オープンデータ"@ja ; dct:license <{LICENCE}> ; dcat:distribution {file} .\n'
        f'{file} a dcat:Distribution ; dct:title "CSV" ; dct:license <{LICENCE}> ;\n'
        f"  dcat:accessURL <https://data.example.jp/{entry.number}.csv> .\n"
    )


def _by_start(query: dict[str, str]) -> int:
    """Whatever number of rows is wished for, this site gives no more than it has on a page."""
    return 1 + int(query.get("start", 0)) // ROWS


def _by_page(query: dict[str, str]) -> int:
    return int(query.get("page", 1))


ROWS = 3
ACTIONS = "/api/3/action"
CKAN = Dialect(
    "orden_ckan",
    f"{ACTIONS}/package_search",
    "application/json",
    _ckan,
    _by_start,
    ROWS,
    {"rows": ROWS},
    f"{ACTIONS}/package_show",
    _shown,
)
CKAN_IN_FULL = replace(CKAN, config={**CKAN.config, "incremental": False})
LIST = Dialect("orden_list", "/list.csv", "text/csv", _list)
DATA_JSON = Dialect("orden_data_json", "/data.json", "application/json", _data_json)
DCAT = Dialect("orden_dcat", "/catalog.ttl", "text/turtle", _turtle, _by_page, ROWS)
DIALECTS = (CKAN, LIST, DATA_JSON, DCAT)
PAGED = (CKAN, DCAT)
