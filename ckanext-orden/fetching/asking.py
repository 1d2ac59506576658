"""One address: how it answered, and when to ask again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

from ..errors import LeadsAway, SourceError
from ..types import Text
from . import Limits, probe

LIMITS = Limits(connect=5.0, read=10.0, total=20.0, retries=0)
GONE = (404, 410)
NOT_FOR_PROGRAMS = (401, 403, 405, 406, 407, 451, 501)
BUSY = (429, 503)
AGAIN = timedelta(days=7)
"""When an address that opens, or that cannot be asked, is asked again."""
LATER = (timedelta(hours=12), timedelta(hours=24), timedelta(days=7), timedelta(days=30))
"""When one that does not open is asked again, by how often it has failed."""
PATIENCE = 2
"""How often a server may fail to answer before its address counts as broken."""
WAIT = timedelta(minutes=10)
LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True)
class Verdict:
    """How an address answered; `wait` is how long its server wants to be left alone."""

    state: str
    status: int | None = None
    reason: Text = field(default_factory=dict)
    failures: int = 0
    again: timedelta = AGAIN
    wait: timedelta | None = None


def ask(url: str, failures: int, *, hosts: Collection[str] = ()) -> Verdict:
    """Ask an address that has failed so often in a row before; a redirect leads to `hosts` only, if there are any."""
    try:
        status, wait = probe(url, limits=LIMITS, hosts=hosts)
    except LeadsAway as error:
        return Verdict("refused", None, error.texts)
    except SourceError as error:
        return _failed(None, error.texts, failures)
    if status < 400 or status == 416:
        return Verdict("ok", status)
    if status in BUSY:
        pause = min(timedelta(seconds=wait), LONGEST_WAIT) if wait else WAIT
        return Verdict("uncheckable", status, _said(status), again=pause, wait=pause)
    if status in NOT_FOR_PROGRAMS:
        return Verdict("uncheckable", status, _said(status))
    return _failed(status, _said(status), failures)


def _failed(status: int | None, reason: Text, failures: int) -> Verdict:
    """Gone is gone; another failure may pass."""
    count = failures + 1
    state = "broken" if status in GONE or count >= PATIENCE else "failing"
    return Verdict(state, status, dict(reason), count, LATER[min(count, len(LATER)) - 1])


def _said(status: int) -> Text:
    return {"ja": f"サーバーの応答は {status} です。", "en": f"The server answers {status}."}
