"""What answers on a dataset say of its tables: derived from the stored reports, never stored with the dataset.

`orden_tables` holds a summary per resource. A resource that conforms to a standard names it in `conforms_to`; a value
that was put there so is taken out again before anybody edits the dataset, so that no write, no harvest and no index
copy ever makes it permanent.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from ckan.plugins import toolkit as tk

from ..metadata.tables.standards import standard
from ..metadata.tables.summary import CONFORMS, TABLES
from . import dictionary
from .model import TableReport

HEAD = 5
"""Rows of a file on the pages of its dataset and its own."""


def add(dataset: dict[str, Any], *, conforming: bool) -> None:
    """Put the summaries, and on request what conforms, into a shown dataset."""
    rows = {row.resource_id: row for row in TableReport.of_package(dataset["id"])}
    for resource in dataset.get("resources", []):
        row = rows.get(resource["id"])
        if row:
            summary = dataset.setdefault(TABLES, {})[resource["id"]] = row.summary()
            address, stated = _conforming(row) if conforming else "", resource.get(CONFORMS) or []
            if address and isinstance(stated, list) and address not in stated:
                resource[CONFORMS] = [*stated, address]
                summary[CONFORMS] = address


def add_for_page(dataset: dict[str, Any], resource_id: str) -> None:
    """What the page of a dataset shows beside its summaries; with a `resource_id` the page of that file."""
    add_head(dataset, resource_id)
    if resource_id:
        add_dictionary(dataset, resource_id)
        add_unread(dataset, resource_id)


def add_unread(dataset: dict[str, Any], resource_id: str) -> None:
    """Why nothing of one file is shown, for its page."""
    row = TableReport.of(resource_id)
    if row and not row.content:
        said = next((issue["message"] for issue in row.report.get("issues", [])), None)
        dataset.setdefault(TABLES, {}).setdefault(resource_id, {})["unread"] = said


def add_head(dataset: dict[str, Any], resource_id: str = "") -> None:
    """The first rows of one file for a page: of the first table where none is named, where the reader may see them."""
    tables = dataset.get(TABLES, {})
    read = [file["id"] for file in dataset.get("resources", []) if tables.get(file["id"], {}).get("rows")]
    shown = next((identifier for identifier in read if resource_id in ("", identifier)), None)
    if shown:
        with suppress(tk.ObjectNotFound, tk.NotAuthorized):
            tables[shown]["head"] = tk.get_action("orden_table_row_search")({}, {"id": shown, "limit": HEAD})


def add_dictionary(dataset: dict[str, Any], resource_id: str) -> None:
    """What the columns of one file are, for its page."""
    for resource in dataset.get("resources", []):
        if resource["id"] == resource_id:
            row = TableReport.of(resource_id)
            columns = dictionary.of_report(row.report) if row else []
            columns = columns or dictionary.of_datastore(resource)
            if columns:
                dataset.setdefault(TABLES, {}).setdefault(resource_id, {})["dictionary"] = columns


def _conforming(row: TableReport) -> str:
    found = standard(row.standard) if row.conforms else None
    return found.url if found else ""
