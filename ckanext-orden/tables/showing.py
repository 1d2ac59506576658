"""What answers on a dataset say of its tables: derived from the stored reports, never stored with the dataset.

`orden_tables` holds a summary per resource. A resource that conforms to a standard names it in `conforms_to`; a value
that was put there so is taken out again before anybody edits the dataset, so that no write, no harvest and no index
copy ever makes it permanent.
"""

from __future__ import annotations

from typing import Any

from ..metadata.tables.standards import standard
from ..metadata.tables.summary import CONFORMS, TABLES
from . import dictionary
from .model import TableReport


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
