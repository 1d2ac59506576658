"""オープンデータ一覧: one CSV or Excel file holds the whole catalogue of a municipality."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import chain, islice
from typing import ClassVar

from ..errors import SourceError
from ..fetching import Limits, fetch
from ..fetching.limits import MIB
from ..metadata.mapping import Mapped, open_data_list
from ..metadata.parsing.open_data_list import ListFile, read
from ..types import Issue
from . import settings
from .base import OrdenHarvester
from .protocol import Cursor, NoPage, Page, Record, Source, broken, whole
from .recognition import Answer, Recognised, reason

LIMITS = Limits(wire_bytes=10 * MIB, decoded_bytes=10 * MIB)
"""Some 50,000 rows; a row takes twenty times its size in memory until the last is mapped."""

ACCEPTED = "text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

TABLE = re.compile(r"\.(?:csv|xlsx)$", re.IGNORECASE)
MOST_LINKS = 5


class OpenDataListHarvester(OrdenHarvester):
    """A list of open data as a CSV or Excel file, old or new header, any usual encoding."""

    NAME = "orden_list"
    TITLE = "オープンデータ一覧 (CSV, Excel)"
    DESCRIPTION = "The list of open data of a municipality: CSV or Excel (xlsx) files, old or new header"
    SETTINGS: ClassVar = {"files": settings.texts(50)}

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        """Each file is a page; a row that cannot be read is a record in error, so that nothing is deleted."""
        files = [source.url, *source.settings.get("files", ())]
        start = (cursor or {}).get("file", 0)
        for number, url in enumerate(files[start:], start + 1):
            list_file = _read(url)
            records = (Record(asdict(mapped), mapped.guid) for mapped in open_data_list.datasets(list_file))
            faults = (broken(issue) for issue in list_file.issues if issue.severity == "error")
            yield Page(chain(records, faults), {"file": number} if number < len(files) else None)

    def map(self, record: Record, source: Source) -> Mapped:
        """The rows were mapped together when the file was read; a record holds one dataset of them."""
        content = whole(record).content
        return Mapped(**{**content, "issues": tuple(Issue(**issue) for issue in content["issues"])})

    def recognises(self, answer: Answer) -> Recognised | None:
        """A table with the header of one of the two generations, and rows."""
        if answer.is_page or answer.json is not None or len(answer.body) > LIMITS.decoded_bytes:
            return None
        try:
            list_file = read(answer.body)
        except SourceError:
            return None
        row = list_file.rows[0]
        body = row.get("地方公共団体名") or row.get("市区町村名")
        said = reason(
            "It is a list of open data (オープンデータ一覧).",
            f"オープンデータ一覧（{'新' if list_file.generation == 'new' else '旧'}形式）のファイルです。",
        )
        return Recognised(answer.url, said, f"{body} オープンデータ一覧".strip())

    def leads(self, answer: Answer) -> Iterable[str]:
        """The first tables that a web page links to, those that are named like a list before the others."""
        tables = [url for url in answer.links() if TABLE.search(url.partition("?")[0])]
        return islice(sorted(tables, key=lambda url: "open_data_list" not in url.lower()), MOST_LINKS)


def _read(url: str) -> ListFile:
    """The list at an address; what is none is no page, with the reason that reading it gave."""
    body = fetch(url, accept=ACCEPTED, limits=LIMITS).body
    try:
        return read(body)
    except SourceError as error:
        raise NoPage(error.texts["en"], ja=error.texts["ja"]) from error
