"""Feedback as its sides may read it; no address and no name is in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ckan import model
from sqlalchemy import select

from .model import Feedback, FeedbackContact


def shown(rows: Iterable[Feedback]) -> list[dict[str, Any]]:
    """What was told and answered, with its dataset and file."""
    found = list(rows)
    packages = _by_id(model.Package, {row.package_id for row in found})
    groups = _by_id(model.Group, {package.owner_org for package in packages.values()})
    resources = _by_id(model.Resource, {row.resource_id for row in found})
    return [_shown(row, packages[row.package_id], groups, resources) for row in found]


def whole(row: Feedback, sides: list[str]) -> dict[str, Any]:
    """One of it for somebody who stands on these sides; `told`: whether the visitor gets the answer by mail."""
    return {**shown([row])[0], "sides": sides, "told": FeedbackContact.get(row.id) is not None}


def pair(row: Feedback) -> dict[str, Any]:
    """An answer as everybody may read it; the visitor's words only where the provider has chosen so."""
    return {
        "id": row.id,
        "kind": row.kind,
        "text": row.text if row.show_text else None,
        "answer": row.answer,
        "created": row.created.isoformat(),
        "answered": _time(row.answered),
    }


def _shown(row: Feedback, package: Any, groups: dict[str, Any], resources: dict[str, Any]) -> dict[str, Any]:
    group, resource = groups.get(package.owner_org), resources.get(row.resource_id or "")
    return {
        "id": row.id,
        "dataset": {"name": package.name, "title": package.title or package.name},
        "organization": {"name": group.name, "title": group.title or group.name} if group else None,
        "resource": {"id": resource.id, "name": resource.name or resource.url} if resource else None,
        "kind": row.kind,
        "text": row.text,
        "state": row.state,
        "answer": row.answer,
        "reason": row.reason,
        "published": row.published,
        "show_text": row.show_text,
        "language": row.language,
        "created": row.created.isoformat(),
        "changed": row.changed.isoformat(),
        "answered": _time(row.answered),
        "closed": _time(row.closed),
    }


def _by_id(table: Any, ids: set[Any]) -> dict[str, Any]:
    wanted = [each for each in ids if each]
    rows = model.Session.execute(select(table).where(table.id.in_(wanted))).scalars() if wanted else ()
    return {row.id: row for row in rows}


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
