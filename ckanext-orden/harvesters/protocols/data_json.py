"""A catalogue as one `data.json` (DCAT-US 1.1), as DKAN, ArcGIS Hub, Socrata and other orden sites publish it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ...errors import NoPage
from ...metadata.addresses import without_query
from ...metadata.mapping import Mapped, dcat_us
from ...types import Issue
from ..base import OrdenHarvester
from ..protocol import PAGE_LIMITS, Cursor, Page, Record, Source, ask, broken, document_of, whole
from ..recognition import Answer, Recognised, bases, reason
from .reading import taken_apart


class DataJsonHarvester(OrdenHarvester):
    """One document with all datasets of a site."""

    NAME = "orden_data_json"
    TITLE = "data.json (DCAT-US)"
    DESCRIPTION = "A catalogue in one file, data.json, by its address or that of its site"

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        """The document is the only page."""
        url = address(source.url)
        fetched = ask(source, url, accept="application/json", limits=PAGE_LIMITS)
        if fetched.not_modified:
            yield Page((), unchanged=True)
            return
        body = fetched.body
        found = taken_apart(lambda: _read(body, url), url)
        total = next(found)
        records = (_record(entry, number) for number, entry in enumerate(found, 1))
        yield Page(records, None, total, document=document_of(url, fetched))

    def map(self, record: Record, source: Source) -> Mapped:
        """An entry as a dataset of ours."""
        return dcat_us.dataset(whole(record).content)

    def recognises(self, answer: Answer) -> Recognised | None:
        """A list `dataset` of titled entries (1.1), or such a list alone (1.0)."""
        found = answer.json
        entries = found.get("dataset") if isinstance(found, dict) else found
        enough = any if isinstance(found, dict) else all
        if not isinstance(entries, list) or not entries or not enough(map(_is_entry, entries)):
            return None
        title = str(found.get("title") or "") if isinstance(found, dict) else ""
        said = reason(
            "It is a data.json catalogue (DCAT-US).",
            "data.json（DCAT-US）形式のカタログです。",
        )
        return Recognised(answer.url, said, title)

    def places(self, url: str) -> Iterable[str]:
        """The file at the site's top."""
        return [f"{base}/data.json" for base in bases(url)]


def address(url: str) -> str:
    """The document's address, whether a person entered it or the site's."""
    path = url.partition("?")[0].rstrip("/")
    return url if path.endswith((".json", ".jsonld")) else f"{path}/data.json"


def _read(body: bytes, url: str) -> Iterator[Any]:
    """How many datasets the document has, then each."""
    entries = _entries(body, url)
    yield len(entries)
    yield from entries


def _is_entry(entry: Any) -> bool:
    return isinstance(entry, dict) and "title" in entry and bool({"identifier", "accessLevel"} & entry.keys())


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


def _no_catalogue(url: str, found: str, found_ja: str) -> NoPage:
    url = without_query(url)
    return NoPage(
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
