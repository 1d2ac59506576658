"""Offers end with their last day, by themselves."""

from __future__ import annotations

from typing import Any

from ckan import model
from sqlalchemy import select

from ...clock import local_date
from ..errors import Refused
from ..indexing import catch_up
from ..model.offers import MarketOffer
from .people import SITE
from .steps import take

_ENDING = ("in_review", "published", "suspended")


def each_minute(sender: Any, **_: Any) -> None:
    """Offers that are over end, and the search index catches up."""
    query = select(MarketOffer.id).where(MarketOffer.state.in_(_ENDING), MarketOffer.valid_through < local_date())
    for offer_id in list(model.Session.execute(query).scalars()):
        _end(offer_id)
    catch_up()


def _end(offer_id: str) -> None:
    """Each in a transaction of its own; one that somebody else ended at that moment has ended."""
    try:
        take(offer_id, "expire", SITE)
    except Refused:
        model.Session.rollback()
    model.Session.commit()
