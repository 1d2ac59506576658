"""オープンデータ一覧: one CSV file holds the whole catalogue of a municipality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain

from ..fetching import Limits, fetch
from ..fetching.limits import MIB
from ..metadata.mapping import Mapped, open_data_list
from ..metadata.parsing.open_data_list import read
from ..types import Issue
from .base import OrdenHarvester
from .protocol import Cursor, Page, Record, Source, broken, whole

LIMITS = Limits(wire_bytes=10 * MIB, decoded_bytes=10 * MIB)
"""Some 50,000 rows; a row takes twenty times its size in memory until the last is mapped."""


class OpenDataListHarvester(OrdenHarvester):
    """A list of open data as a CSV file, old or new header, any usual encoding."""

    NAME = "orden_list"
    TITLE = "オープンデータ一覧 (CSV)"
    DESCRIPTION = "The list of open data of a municipality: one CSV file, old or new header, CP932 or UTF-8"

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        """The whole list is one page; a row that cannot be read is a record in error, so that nothing is deleted."""
        list_file = read(fetch(source.url, accept="text/csv", limits=LIMITS).body)
        records = (Record(asdict(mapped), mapped.guid) for mapped in open_data_list.datasets(list_file))
        yield Page(chain(records, (broken(issue) for issue in list_file.issues if issue.severity == "error")))

    def map(self, record: Record, source: Source) -> Mapped:
        """The rows were mapped together when the file was read; a record holds one dataset of them."""
        content = whole(record).content
        return Mapped(**{**content, "issues": tuple(Issue(**issue) for issue in content["issues"])})
