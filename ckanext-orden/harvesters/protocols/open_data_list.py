"""オープンデータ一覧: one CSV or Excel file holds the whole catalogue of a municipality."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from itertools import chain, islice
from typing import Any, ClassVar

from ...errors import NoPage, SourceError
from ...fetching import Fetched, Limits, fetch
from ...fetching.limits import MIB
from ...metadata.mapping import Mapped, open_data_list
from ...metadata.parsing.open_data_list import read
from ...types import Issue
from .. import settings
from ..base import OrdenHarvester
from ..protocol import Cursor, Page, Record, Source, ask, broken, document_of, whole
from ..recognition import Answer, Recognised, reason
from .reading import taken_apart

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
        others = source.settings.get("files", ())
        if others:
            yield from _of_files([source.url, *others], (cursor or {}).get("file", 0))
            return
        fetched = ask(source, source.url, accept=ACCEPTED, limits=LIMITS)
        if fetched.not_modified:
            yield Page((), unchanged=True)
        else:
            yield Page(_records(fetched, source.url), document=document_of(source.url, fetched))

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


def _of_files(files: Sequence[str], start: int) -> Iterator[Page]:
    """The pages of a list that is kept in several files."""
    for number, url in enumerate(files[start:], start + 1):
        records = _records(fetch(url, accept=ACCEPTED, limits=LIMITS), url)
        yield Page(records, {"file": number} if number < len(files) else None)


def _records(fetched: Fetched, url: str) -> Iterator[Record]:
    """The datasets of one file, then the rows that cannot be read."""
    body = fetched.body
    found = taken_apart(lambda: _read(body), url)
    list_file = replace(next(found), rows=tuple(found))
    records = (Record(asdict(mapped), mapped.guid) for mapped in open_data_list.datasets(list_file))
    return chain(records, (broken(issue) for issue in list_file.issues if issue.severity == "error"))


def _read(body: bytes) -> Iterator[Any]:
    """The list without its rows, then each row; what is no list is no page, with the reason that reading it gave."""
    try:
        list_file = read(body)
    except SourceError as error:
        raise NoPage(error.texts["en"], ja=error.texts["ja"]) from error
    yield replace(list_file, rows=())
    yield from list_file.rows
