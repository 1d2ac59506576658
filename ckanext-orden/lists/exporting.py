"""An organisation's datasets as オープンデータ一覧."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

from ..metadata.mapping import list_row
from ..metadata.offers import stating
from ..metadata.parsing.list_columns import NEW_COLUMNS
from ..metadata.tables import summary

_PAGE = 500


def export(context: Context, owner: Mapping[str, Any], *, private: bool) -> dict[str, Any]:
    """Columns, rows, and what the rows cannot hold."""
    rows: list[list[str]] = []
    issues: list[dict[str, Any]] = []
    for dataset in _datasets(context, owner, private):
        stating.withdraw(dataset)
        summary.withdraw(dataset)
        written = list_row.rows(dataset)
        rows += [[row[column] for column in NEW_COLUMNS] for row in written.rows]
        issues += [{**asdict(issue), "where": dataset["name"]} for issue in written.issues]
    return {"columns": list(NEW_COLUMNS), "rows": rows, "issues": issues}


def _datasets(context: Context, owner: Mapping[str, Any], private: bool) -> Iterator[dict[str, Any]]:
    start, count = 0, 1
    while start < count:
        asked = {
            "fq": f"+owner_org:{owner['id']} +dataset_type:dataset",
            "sort": "name asc",
            "rows": _PAGE,
            "start": start,
            "include_private": private,
        }
        found = tk.get_action("package_search")(tk.fresh_context(context), asked)
        yield from found["results"]
        count = found["count"]
        start += len(found["results"]) or count
