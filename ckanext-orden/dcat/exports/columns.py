"""The columns of a dataset's checked tables, from the room that checks them, if it is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ...metadata.tables.standards import standard
from .croissant import Column

REPORT = "orden_table_report_show"
ABOVE = "table.above_header"
"""The issue of a file whose header is not its first row."""


def columns(dataset: Mapping[str, Any]) -> dict[str, list[Column]]:
    """The columns of the files that have a report, by the id of the resource."""
    known = dataset.get("orden_tables") or {}
    return {id_: found for id_ in known if (found := _columns(id_))}


def _columns(resource: str) -> list[Column]:
    """Those of one file; none where its first row does not tell each column by a name of its own."""
    try:
        report = tk.get_action(REPORT)({}, {"id": resource})
    except (KeyError, tk.ObjectNotFound, tk.NotAuthorized):
        return []
    header = report["header"]
    is_below = any(issue["code"] == ABOVE for issue in report["issues"])
    if is_below or not all(header) or len(set(header)) < len(header):
        return []
    found = standard(report["standard"])
    kinds = {column.name: column for column in found.columns} if found else {}
    names = report["columns"] or [""] * len(header)
    return [_column(written, kinds.get(name)) for written, name in zip(header, names, strict=True)]


def _column(written: str, column: Any) -> Column:
    if column is None:
        return Column(written)
    return Column(written, column.kind, " / ".join(filter(None, (column.name, column.name_en))))
