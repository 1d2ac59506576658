"""The feedback on the datasets of a provider, or on all, with counts; and what of a dataset's everybody may read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from flask import has_request_context
from sqlalchemy import ColumnElement, case, func, select

from ..clock import utcnow
from . import showing
from .model import STATES, Feedback

FEEDBACK = "orden_feedback"
MOST_PAIRS = 20
"""So many pairs stand on a dataset's page, newest first."""


def found(asked: Mapping[str, Any]) -> dict[str, Any]:
    """One page, the oldest open first, then the newest change; and counts. `asked` as the action takes it."""
    scope = _scope(asked)
    conditions = [*scope, *_narrowed(asked)]
    rows = select(Feedback).join(model.Package, model.Package.id == Feedback.package_id).where(*conditions)
    count = model.Session.execute(select(func.count()).select_from(rows.subquery())).scalar_one()
    opened = case((Feedback.state == "open", Feedback.created))
    ordered = rows.order_by(opened.asc().nulls_last(), Feedback.changed.desc(), Feedback.id)
    page = model.Session.execute(ordered.limit(asked["limit"]).offset(asked["offset"])).scalars()
    return {
        "count": count,
        "feedback": showing.shown(page),
        "states": _counts([*scope, *_of_dataset(asked)]),
        "datasets": _datasets(scope),
    }


def pairs(package_id: str) -> list[dict[str, Any]]:
    """The published answers about a dataset, newest first."""
    query = select(Feedback).where(Feedback.package_id == package_id, Feedback.published)
    rows = model.Session.execute(query.order_by(Feedback.answered.desc(), Feedback.id).limit(MOST_PAIRS)).scalars()
    return [showing.pair(row) for row in rows]


def add(dataset: dict[str, Any]) -> None:
    """Put the published answers into a dataset that its page shows."""
    if has_request_context() and tk.request.endpoint == "dataset.read":
        dataset[FEEDBACK] = pairs(dataset["id"])


def _scope(asked: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    there = model.Package.state == "active"
    if not asked.get("organization"):
        return [there]
    group = model.Group.get(asked["organization"])
    return [there, model.Package.owner_org == (group.id if group else "")]


def _narrowed(asked: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    state = [Feedback.state == asked["state"]] if asked.get("state") else []
    days = asked.get("older_than_days")
    old = [] if days is None else [Feedback.created <= utcnow() - timedelta(days=days)]
    return [*state, *old, *_of_dataset(asked)]


def _of_dataset(asked: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    name = asked.get("dataset")
    return [(model.Package.name == name) | (model.Package.id == name)] if name else []


def _counts(conditions: list[ColumnElement[bool]]) -> dict[str, int]:
    query = select(Feedback.state, func.count()).join(model.Package, model.Package.id == Feedback.package_id)
    counts = dict(model.Session.execute(query.where(*conditions).group_by(Feedback.state)).tuples().all())
    return {state: counts.get(state, 0) for state in STATES}


def _datasets(scope: list[ColumnElement[bool]]) -> list[dict[str, Any]]:
    """Of which datasets there is feedback at all, and how much."""
    package = model.Package
    query = select(package.name, package.title, func.count()).join(Feedback, Feedback.package_id == package.id)
    rows = model.Session.execute(query.where(*scope).group_by(package.name, package.title).order_by(package.title))
    return [{"name": name, "title": title or name, "count": count} for name, title, count in rows]
