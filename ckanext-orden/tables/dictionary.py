"""The data dictionary of a file: what its columns are, from the standard or from the DataStore."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import plugin_loaded
from ckan.plugins import toolkit as tk

from ..metadata.tables.standards import standard

_TYPES = {"int4": "integer", "int8": "integer", "float8": "number", "date": "date", "timestamp": "date", "json": "json"}


def of_report(report: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each column of a recognised file with its name in the standard, its type and its requirement."""
    found = standard(report.get("standard", ""))
    if not found:
        return []
    known = {column.name: column for column in found.columns}
    pairs = zip(report["header"], report["columns"], strict=True)
    return [_entry(written, known.get(name)) for written, name in pairs if written.strip()]


def of_datastore(resource: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each column as the provider describes it in CKAN's DataStore."""
    if not resource.get("datastore_active") or not plugin_loaded("datastore"):
        return []
    try:
        fields = tk.get_action("datastore_info")({}, {"id": resource["id"]})["fields"]
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return []
    return [_described(field) for field in fields if not field["id"].startswith("_")]


def _entry(written: str, column: Any) -> dict[str, str]:
    entry = {"name": written, "standard": "", "kind": "", "meaning": "", "values": "", "requirement": ""}
    if column:
        entry |= {"standard": column.name, "kind": column.kind, "name_en": column.name_en}
        entry |= {"values": " / ".join(column.values), "requirement": column.requirement}
    return entry


def _described(field: Mapping[str, Any]) -> dict[str, str]:
    info = field.get("info") or {}
    meaning = " ".join(text for text in (info.get("label"), info.get("notes")) if text)
    return {"name": field["id"], "kind": _TYPES.get(field["type"], "text"), "meaning": meaning}
