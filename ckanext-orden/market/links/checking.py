"""Whether the pages that offers link to open: asked once a day and politely, told to the provider when they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from ckan import model
from sqlalchemy import select

from ...clock import local_date, utcnow
from ...fetching import rounds
from ...fetching.asking import Verdict, ask
from ..model.links import LinkState, MarketLink
from ..model.offers import MarketOffer
from ..registry import markets
from . import telling
from .judging import of_registry

Asked = rounds.Asked[MarketLink]

DAY = timedelta(days=1)
PAUSE = 1.0
"""Seconds between two requests to one server."""
BATCH = 200
_BAD = ("broken", "refused")


def is_due() -> bool:
    """Whether a link of an offer that stands waits to be asked."""
    return bool(_due(utcnow(), 1))


def check(
    seconds: float,
    *,
    everything: bool = False,
    now: datetime | None = None,
    say: Callable[[Asked], Any] = lambda asked: None,
) -> int:
    """Ask due links for so many seconds and tell providers what is bad news; how many were asked."""
    moment, number, bad = now or utcnow(), 0, list[MarketLink]()
    for asked in rounds.asked(_allowed(moment, everything), _ask, seconds=seconds, pause=PAUSE):
        note(asked.link, asked.verdict, moment)
        bad += [asked.link] if asked.link.state in _BAD and not asked.link.told else []
        for other in asked.put_off:
            other.next_at = moment + DAY
        model.Session.commit()
        say(asked)
        number += 1
    telling.tell(bad, moment)
    return number


def note(link: MarketLink, verdict: Verdict, now: datetime) -> None:
    """Keep how a link has answered: it is broken after two failures in a row that lie a day apart."""
    failed = verdict.state in ("failing", "broken")
    if not (failed and link.failures):
        link.since = now if failed or _state(verdict) != link.state else link.since
    link.failures = link.failures + 1 if failed else 0
    if not failed:
        link.state = _state(verdict)
    elif link.failures > 1 and now - link.since >= DAY:
        link.state = "broken"
    link.told = link.told if link.state in _BAD else None
    link.status, link.checked, link.next_at = verdict.status, now, now + DAY
    link.reason = dict(verdict.reason)


def _state(verdict: Verdict) -> LinkState:
    """A server that does not want to be asked says nothing of the page."""
    states: dict[str, LinkState] = {"ok": "ok", "refused": "refused"}
    return states.get(verdict.state, "unchecked")


def _ask(link: MarketLink) -> Verdict:
    return ask(link.url, link.failures, hosts=markets()[link.market].hosts)


def _allowed(now: datetime, everything: bool) -> Iterable[MarketLink]:
    """The due links without those that the registry refuses: they are nobody's to ask, and wait a day."""
    due = _due(now, BATCH, everything=everything)
    refused = [link for link in due if of_registry(link)]
    for link in refused:
        link.next_at = now + DAY
    model.Session.commit()
    return [link for link in due if link not in refused]


def _due(now: datetime, most: int, *, everything: bool = False) -> list[MarketLink]:
    query = select(MarketLink).join(MarketOffer, MarketOffer.id == MarketLink.offer_id)
    query = query.where(MarketOffer.stands(local_date())).order_by(MarketLink.next_at, MarketLink.id)
    if not everything:
        query = query.where(MarketLink.next_at <= now)
    return list(model.Session.execute(query.limit(most)).scalars())
