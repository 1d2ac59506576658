"""A catalogue as one `data.json` (DCAT-US 1.1), as DKAN, ArcGIS Hub, Socrata and other orden sites publish it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..errors import SourceError
from ..fetching import fetch
from ..metadata.addresses import without_query
from ..metadata.mapping import Mapped, dcat_us
from ..types import Issue
from .base import OrdenHarvester
from .protocol import PAGE_LIMITS, Cursor, Page, Record, Source, broken, whole


class DataJsonHarvester(OrdenHarvester):
    """One document with all datasets of a site."""

    NAME = "orden_data_json"
    TITLE = "data.json (DCAT-US)"
    DESCRIPTION = "A catalogue in one file, data.json, by its address or that of its site"

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        """The document is the only page."""
        url = address(source.url)
        entries = _entries(fetch(url, accept="application/json", limits=PAGE_LIMITS).body, url)
        yield Page((_record(entry, number) for number, entry in enumerate(entries, 1)), None, len(entries))

    def map(self, record: Record, source: Source) -> Mapped:
        """An entry as a dataset of ours."""
        return dcat_us.dataset(whole(record).content)


def address(url: str) -> str:
    """The document's address, whether a person entered it or the site's."""
    path = url.partition("?")[0].rstrip("/")
    return url if path.endswith((".json", ".jsonld")) else f"{path}/data.json"


def _record(entry: Any, number: int) -> Record:
    if not isinstance(entry, dict):
        return broken(_not_a_dataset(number))
    return Record(entry, dcat_us.guid_of(entry))


def _entries(body: bytes, url: str) -> list[Any]:
    """The datasets in the document; version 1.0 is the list alone."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _no_catalogue(url, "no JSON", "JSON ではない") from error
    entries = found.get("dataset") if isinstance(found, dict) else found
    if not isinstance(entries, list):
        raise _no_catalogue(url, "JSON without a list “dataset”", "「dataset」の一覧がない JSON")
    return entries


def _no_catalogue(url: str, found: str, found_ja: str) -> SourceError:
    url = without_query(url)
    return SourceError(
        f"{url} gave {found}, not a data.json catalogue. Nothing was deleted. Run again later or ask its operator.",
        ja=f"{url} から data.json のカタログが得られませんでした（{found_ja}）。削除は行っていません。"
        "時間をおいて再実行するか、提供元に問い合わせてください。",
    )


def _not_a_dataset(number: int) -> Issue:
    return Issue(
        code="record.not_a_dataset",
        severity="error",
        field="dataset",
        message={"en": f"Entry {number} is not an object.", "ja": f"{number}番目の項目がオブジェクトではありません。"},
        hint={"en": "Ask the source's operator.", "ja": "提供元に問い合わせてください。"},
        where=str(number),
    )
