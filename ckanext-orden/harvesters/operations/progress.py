"""How fast a run goes, how long it will take and whether it stands still; the clock is an argument."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from .. import waiting
from ..model import HarvestRun

QUIET = timedelta(minutes=10)
"""A run that has not come to the end of a page for so long may be stuck, or its worker dead."""


@dataclass(frozen=True)
class Progress:
    """Records a second; percent and seconds left where the source states a total; minutes of a long silence."""

    rate: float
    percent: int | None
    remaining: int | None
    silent: int | None


def progress(run: HarvestRun, now: datetime) -> Progress:
    """The progress of a run that is running."""
    last = run.progressed if run.progressed and run.progressed > run.started else run.started
    seconds = (last - run.started).total_seconds()
    rate = run.read / seconds if seconds > 0 else 0.0
    silence = now - last
    return Progress(
        rate=round(rate, 1),
        percent=min(100, run.read * 100 // run.total) if run.total else None,
        remaining=_remaining(run, rate, silence),
        silent=int(silence.total_seconds() // 60) if silence >= QUIET else None,
    )


def _remaining(run: HarvestRun, rate: float, silence: timedelta) -> int | None:
    if not run.total or rate <= 0:
        return None
    seconds = max(0, run.total - run.read) / rate
    return max(0, round(seconds - silence.total_seconds()))


def as_dict(run: HarvestRun, now: datetime) -> dict[str, Any] | None:
    """The progress for pages, API and command line, `waiting` for so many seconds; None when the run is over."""
    if run.state != "running":
        return None
    return {**asdict(progress(run, now)), "waiting": waiting.left(run.source_id)}
