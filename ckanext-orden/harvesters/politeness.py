"""How a source is asked: its plan, its key, and waits in which a person's stop is noticed."""

from __future__ import annotations

import time
from collections.abc import Callable

from ..fetching.visits import PATIENCE, Visit, visit
from . import keys, waiting
from .planning import plans
from .protocol import Source

LOOK = 5.0
"""Seconds after which a wait looks whether the run is to end."""
PREVIEW = 10.0
"""Seconds that a person at a page waits for a busy server."""


def visit_of_run(source: Source, check: Callable[[], None]) -> Visit:
    """The visit of a run; `check` raises where the run is to end."""

    def sleep(seconds: float) -> None:
        waiting.begin(source.id, seconds)
        _sleep(seconds, check)

    return _visit(source, sleep, PATIENCE, None)


def visit_of_preview(source: Source) -> Visit:
    """The visit of a preview: by the same rules, as long as a person waits for a page."""
    return _visit(source, time.sleep, PREVIEW, PREVIEW)


def _visit(source: Source, sleep: Callable[[float], None], patience: float, longest: float | None) -> Visit:
    plan = plans.of(source.id)
    return visit(
        pause=plan.pause or 0.0,
        permission=plan.robots_permission,
        key=keys.key_of(source.id, source.url),
        sleep=sleep,
        patience=patience,
        longest=longest,
    )


def _sleep(seconds: float, check: Callable[[], None]) -> None:
    while seconds > 0:
        time.sleep(min(seconds, LOOK))
        seconds -= LOOK
        if seconds > 0:
            check()
