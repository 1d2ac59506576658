"""Steps of an offer's life: looked at and taken under one lock, so that of two at once one comes too late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ckan import model
from ckan.plugins import toolkit as tk

from ...clock import local_date, utcnow
from ...metadata.offers import TRANSITIONS, Role, State, Taken, check, move
from ...metadata.offers.problems import problem
from ...types import Issue
from ..errors import Refused
from ..links.keeping import keep
from ..model.offers import LIVE, MarketOffer, MarketStep
from ..registry import markets
from .people import SITE, Person

_STRONGEST: tuple[Role, ...] = ("reviewer", "admin", "editor", "system")
_FINISHED = frozenset({"submit", "publish", "resume"})
"""Steps that only an offer may take in which nothing is wrong."""


@dataclass(frozen=True)
class Noted:
    """What the history keeps of a step beside who took it: the role, the state before, the reason, the fields."""

    role: Role | None = None
    source: State | None = None
    reason: str = ""
    fields: Sequence[str] = ()


def take(offer_id: str, action: str, who: Person, *, reason: str = "", revision: int | None = None) -> MarketOffer:
    """Take a step with the version as it is now; the caller commits. Refused says why it is not possible.

    `revision` is the one that `who` has looked at; without it the step is taken with whatever stands there.
    """
    row, role = taken(offer_id, action, who, reason=reason, revision=revision)
    target = _target(row, action, who, reason)
    if action in _FINISHED:
        _require_finished(row)
    if action == "publish":
        _replace(row)
        row.published = utcnow()
        keep(row)
    if action == "submit":
        row.submitted_by = who.user_id
    source, row.state = row.state, target
    row.suspended_by = role if target == "suspended" else None
    row.revision += 1
    row.changed = utcnow()
    note(row, action, who, Noted(role, source, reason.strip()))
    model.Session.flush()
    return row


def taken(
    offer_id: str, action: str, who: Person, *, reason: str = "", revision: int | None = None
) -> tuple[MarketOffer, Role]:
    """The locked version with which a step may be taken, and the role in which `who` takes it."""
    row = MarketOffer.locked(offer_id)
    if row is None:
        raise tk.ObjectNotFound(tk._("Offer not found"))
    _target(row, action, who, reason)
    if revision is not None and revision != row.revision:
        raise Refused(problem("stale", "revision", str(row.revision)))
    allowed = next(step.roles for step in TRANSITIONS if step.action == action and row.state in step.sources)
    return row, next(role for role in _STRONGEST if role in who.roles and role in allowed)


def note(row: MarketOffer, action: str, who: Person, noted: Noted) -> None:
    """Write a step that has just been taken into the history."""
    role = noted.role or next(role for role in _STRONGEST if role in who.roles)
    step = MarketStep(offer_id=row.id, user_id=who.user_id, role=role, action=action, target=row.state)
    step.source, step.reason, step.fields = noted.source, noted.reason, list(noted.fields)
    model.Session.add(step)


def _target(row: MarketOffer, action: str, who: Person, reason: str) -> State:
    how = Taken(reason, row.submitted_by is not None and row.submitted_by == who.user_id, row.suspended_by)
    found = move(row.state, action, who.roles, how)
    if isinstance(found, Issue):
        raise Refused(found)
    return found


def _require_finished(row: MarketOffer) -> None:
    found = check(row.content, markets())
    if found.offer is None:
        raise Refused.of(found.report)
    if found.offer.is_over(local_date()):
        raise Refused(problem("over", "valid_through", str(row.valid_through)))


def _replace(row: MarketOffer) -> None:
    """The version that stood till now makes room."""
    former = MarketOffer.of_series(row.series_id, LIVE)
    if former is not None:
        take(former.id, "replace", SITE)
