"""Whether a link may be followed at this moment."""

from __future__ import annotations

from ...clock import local_date
from ...metadata.offers import Link, link_problem
from ...metadata.offers.problems import problem
from ...types import Issue
from ..model.links import MarketLink
from ..model.offers import MarketOffer
from ..registry import markets


def refusal(link: MarketLink, offer: MarketOffer) -> Issue | None:
    """Why nobody is sent there; None for a link of an offer that stands, to a page that the registry allows."""
    if not offer.stands_on(local_date()):
        return problem("link_offer_ended", "links")
    return of_registry(link) or _of_check(link)


def of_registry(link: MarketLink) -> Issue | None:
    """Why the registry does not allow the address, whatever it did when the offer was published."""
    return link_problem(Link(link.market, link.url, link.external_id), markets())


def _of_check(link: MarketLink) -> Issue | None:
    """A page that was seen to lead on to another host is no page of the market."""
    if link.state != "refused":
        return None
    return problem("link_leads_elsewhere", "links")
