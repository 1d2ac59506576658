"""How the content of an offer comes about: a draft is made, edited, or copied from the version that stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import model
from ckan.model.types import make_uuid
from sqlalchemy.exc import IntegrityError

from ...clock import utcnow
from ...metadata.offers import Offer, check, values_of
from ...metadata.offers.problems import problem
from ..errors import Refused
from ..model.offers import LIVE, OPEN, MarketOffer
from ..registry import markets
from .people import Person
from .steps import Noted, note, taken


def create(package_id: str, values: Mapping[str, Any], who: Person) -> MarketOffer:
    """A new draft; the caller commits."""
    offer = _checked(values)
    offer_id = make_uuid()
    row = MarketOffer(id=offer_id, series_id=offer_id, number=1, package_id=package_id, state="draft", revision=1)
    _fill(row, offer)
    model.Session.add(row)
    model.Session.flush()
    note(row, "create", who, Noted(fields=tuple(row.content)))
    return row


def edit(offer_id: str, values: Mapping[str, Any], who: Person, revision: int | None = None) -> MarketOffer:
    """The draft with another content; one that says the same is left as it is. The caller commits."""
    row, role = taken(offer_id, "edit", who, revision=revision)
    offer = _checked(values)
    before = dict(row.content)
    after = values_of(offer)
    changed = tuple(sorted(name for name in {*before, *after} if before.get(name) != after.get(name)))
    if changed:
        _fill(row, offer)
        row.revision += 1
        row.changed = utcnow()
        note(row, "edit", who, Noted(role, "draft", fields=changed))
    return row


def revise(offer_id: str, who: Person) -> MarketOffer:
    """A draft of the next version with the content of the one that stands; the caller commits."""
    row = MarketOffer.locked(offer_id)
    if row is None or row.state not in LIVE:
        raise Refused(problem("not_live", "state"))
    if MarketOffer.of_series(row.series_id, OPEN):
        raise Refused(problem("open_version", "state"))
    draft = MarketOffer(series_id=row.series_id, number=_next_number(row.series_id), package_id=row.package_id)
    draft.state, draft.revision = "draft", 1
    draft.content, draft.valid_from, draft.valid_through = dict(row.content), row.valid_from, row.valid_through
    model.Session.add(draft)
    try:
        model.Session.flush()
    except IntegrityError as error:
        model.Session.rollback()
        raise Refused(problem("open_version", "state")) from error
    note(draft, "revise", who, Noted())
    return draft


def _checked(values: Mapping[str, Any]) -> Offer:
    found = check(values, markets(), draft=True)
    if found.offer is None:
        raise Refused.of(found.report)
    return found.offer


def _fill(row: MarketOffer, offer: Offer) -> None:
    row.content = values_of(offer)
    row.valid_from, row.valid_through = offer.valid_from, offer.valid_through


def _next_number(series_id: str) -> int:
    query = model.Session.query(MarketOffer.number).filter_by(series_id=series_id)
    return max(number for (number,) in query) + 1
