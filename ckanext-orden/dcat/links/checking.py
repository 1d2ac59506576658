"""The due addresses, asked host by host in turn, none of them hurried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from ckan import model
from sqlalchemy import update

from ... import config
from ...clock import utcnow
from ...fetching.asking import Verdict, ask
from ...fetching.rounds import asked
from ..model import DcatLink, DcatScore
from . import store

BATCH = 500
OUT_OF_DATE = 0
"""The version of a score that is to be made again."""
Say = Callable[[DcatLink, Verdict], object]


def check(seconds: float, *, everything: bool = False, say: Say = lambda link, verdict: None) -> int:
    """Asks due addresses for so many seconds; how many were asked."""
    number, changed = 0, set[str]()
    due = store.due(BATCH, everything=everything)
    for one in asked(due, lambda link: ask(link.url, link.failures), seconds=seconds, pause=_pause()):
        changed.update([one.link.id] if one.verdict.state != one.link.state else [])
        _note(one.link, one.verdict)
        if one.verdict.wait:
            store.put_off(one.put_off, utcnow() + one.verdict.wait)
        model.Session.commit()
        say(one.link, one.verdict)
        number += 1
    _measure_again(changed)
    return number


def is_due() -> bool:
    """Whether an address waits to be asked."""
    return config.dcat_links_per_second() > 0 and bool(store.due(1))


def _pause() -> float:
    return 1 / (config.dcat_links_per_second() or 1)


def _note(link: DcatLink, verdict: Verdict) -> None:
    now = utcnow()
    link.state, link.status, link.reason = verdict.state, verdict.status, dict(verdict.reason)
    link.failures, link.checked_at, link.next_at = verdict.failures, now, now + verdict.again


def _measure_again(ids: set[str]) -> None:
    """Have the scores made again that depend on addresses that answer differently; forget those that nobody names."""
    if ids:
        model.Session.execute(update(DcatScore).where(DcatScore.links.overlap(sorted(ids))).values(version=OUT_OF_DATE))
    store.forget(utcnow().date() - timedelta(days=10 * store.NAMED_DAYS))
    model.Session.commit()
