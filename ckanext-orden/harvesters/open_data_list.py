"""オープンデータ一覧: one CSV or Excel file holds the whole catalogue of a municipality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import chain
from typing import Any

from ..fetching import Limits
from ..fetching.limits import MIB
from ..metadata.mapping import Mapped, open_data_list
from ..metadata.parsing.open_data_list import read
from ..types import Issue
from .base import OrdenHarvester
from .protocol import Cursor, Page, Record, Source, ask, broken, document_of, whole
from .reading import taken_apart

LIMITS = Limits(wire_bytes=10 * MIB, decoded_bytes=10 * MIB)
"""Some 50,000 rows; a row takes twenty times its size in memory until the last is mapped."""

ACCEPTED = "text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OpenDataListHarvester(OrdenHarvester):
    """A list of open data as a CSV or Excel file, old or new header, any usual encoding."""

    NAME = "orden_list"
    TITLE = "オープンデータ一覧 (CSV, Excel)"
    DESCRIPTION = "The list of open data of a municipality: one CSV or Excel (xlsx) file, old or new header"

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        """The whole list is one page; a row that cannot be read is a record in error, so that nothing is deleted."""
        fetched = ask(source, source.url, accept=ACCEPTED, limits=LIMITS)
        if fetched.not_modified:
            yield Page((), unchanged=True)
            return
        body = fetched.body
        found = taken_apart(lambda: _read(body), source.url)
        list_file = replace(next(found), rows=tuple(found))
        records = (Record(asdict(mapped), mapped.guid) for mapped in open_data_list.datasets(list_file))
        errors = (broken(issue) for issue in list_file.issues if issue.severity == "error")
        yield Page(chain(records, errors), document=document_of(source.url, fetched))

    def map(self, record: Record, source: Source) -> Mapped:
        """The rows were mapped together when the file was read; a record holds one dataset of them."""
        content = whole(record).content
        return Mapped(**{**content, "issues": tuple(Issue(**issue) for issue in content["issues"])})


def _read(body: bytes) -> Iterator[Any]:
    """The list without its rows, then each row."""
    list_file = read(body)
    yield replace(list_file, rows=())
    yield from list_file.rows
