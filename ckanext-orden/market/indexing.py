"""The search index follows the offers that stand; what it missed while Solr was away, it learns later."""

from __future__ import annotations

import logging

from ckan import model
from ckan.lib import search
from sqlalchemy import select, update

from ..clock import local_date
from .model.offers import MarketOffer

log = logging.getLogger(__name__)


def catch_up(package_id: str | None = None) -> int:
    """Index the datasets, one or all, whose offers are not listed as they stand; how many. The caller has committed."""
    query = select(MarketOffer.package_id).where(MarketOffer.listed != MarketOffer.stands(local_date()))
    if package_id is not None:
        query = query.where(MarketOffer.package_id == package_id)
    return sum(_index(each) for each in sorted(set(model.Session.execute(query).scalars())))


def _index(package_id: str) -> bool:
    """Index one dataset; False while Solr does not take it."""
    stands = MarketOffer.stands(local_date())
    model.Session.execute(update(MarketOffer).where(MarketOffer.package_id == package_id).values(listed=stands))
    try:
        search.rebuild(package_id=package_id)
    except search.SearchIndexError as error:
        model.Session.rollback()
        log.error("The search index does not take dataset %s, which is tried again each minute: %s", package_id, error)
        return False
    model.Session.commit()
    return True
