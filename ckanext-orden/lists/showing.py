"""An upload as actions, pages and commands show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import model
from sqlalchemy import select

from ..metadata.mapping.list_fields import column_of
from . import applying
from .model import ListItem, ListUpload, counts, items, outcomes

FILE = "resources"


def show(upload: ListUpload, owner: Mapping[str, Any], page: Mapping[str, Any]) -> dict[str, Any]:
    """State, counts, progress, and one page of rows."""
    found, came = counts(upload.id), outcomes(upload.id)
    return {
        "id": upload.id,
        "organization": {"id": owner["id"], "name": owner["name"], "title": owner["title"]},
        "filename": upload.filename,
        "sha256": upload.sha256,
        "bytes": upload.size,
        "encoding": upload.encoding,
        "generation": upload.generation,
        "rows_read": upload.rows,
        "empties": bool(upload.taking.get("emptied")),
        "issues": upload.issues,
        "state": upload.state,
        "running": upload.state == "applying" and applying.is_running(upload),
        "problem": upload.problem,
        "counts": found,
        "outcomes": came,
        "progress": {"done": sum(came.values()), "total": found["new"] + found["changed"]},
        "created": upload.created.isoformat(),
        "started": upload.started.isoformat() if upload.started else None,
        "finished": upload.finished.isoformat() if upload.finished else None,
        "expires": upload.expires.isoformat(),
        "rows": rows(upload, page),
    }


def rows(upload: ListUpload, page: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One page of rows, wrong ones first in their own words."""
    conditions = [ListItem.state == page["state"]] if page.get("state") else []
    if not page["limit"]:
        return []
    query = items(upload.id, *conditions).limit(page["limit"]).offset(page["offset"])
    found = list(model.Session.execute(query).scalars())
    names = _names(found)
    return [_row(item, upload, names) for item in found]


def _row(item: ListItem, upload: ListUpload, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "line": item.line,
        "title": item.title,
        "identifier": item.guid,
        "state": item.state,
        "outcome": item.outcome,
        "dataset": names.get(item.dataset_id or ""),
        "changes": [_change(change, upload) for change in item.changes],
        "issues": item.issues,
        "wanted": item.wanted,
        "written": item.written,
    }


def _change(change: Mapping[str, Any], upload: ListUpload) -> dict[str, Any]:
    """A change with the column that it comes from."""
    of_file = bool(change["file"])
    column = "" if change["field"] == FILE else column_of(upload.generation, change["field"], of_file=of_file)
    return {**change, "column": column}


def _names(found: list[ListItem]) -> dict[str, str]:
    ids = [item.dataset_id for item in found if item.dataset_id]
    query = select(model.Package.id, model.Package.name).where(model.Package.id.in_(ids))
    return {row.id: row.name for row in model.Session.execute(query)} if ids else {}
