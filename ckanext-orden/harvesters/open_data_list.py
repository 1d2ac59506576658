"""オープンデータ一覧: one CSV or Excel file holds the whole catalogue of a municipality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from ..errors import RecordError
from ..fetching import fetch
from ..metadata.mapping import Mapped, open_data_list
from ..metadata.parsing.open_data_list import read
from ..types import Issue, Report
from .base import OrdenHarvester
from .protocol import Cursor, Page, Record, Source

ACCEPTED = "text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OpenDataListHarvester(OrdenHarvester):
    """A list of open data as a CSV or Excel file, old or new header, any usual encoding."""

    NAME = "orden_list"
    TITLE = "オープンデータ一覧 (CSV, Excel)"
    DESCRIPTION = "The list of open data of a municipality: one CSV or Excel (xlsx) file, old or new header"

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        """The whole list is one page; a row that cannot be read is a record in error, so that nothing is deleted."""
        list_file = read(fetch(source.url, accept=ACCEPTED).body)
        broken = [Record({"issue": asdict(issue)}) for issue in list_file.issues if issue.severity == "error"]
        records = [Record(asdict(mapped), mapped.guid) for mapped in open_data_list.datasets(list_file)]
        yield Page([*records, *broken])

    def map(self, record: Record, source: Source) -> Mapped:
        """The rows were mapped together when the file was read; a record holds one dataset of them."""
        if "issue" in record.content:
            raise RecordError(Report((Issue(**record.content["issue"]),), subject=source.url))
        issues = tuple(Issue(**issue) for issue in record.content["issues"])
        return Mapped(**{**record.content, "issues": issues})
