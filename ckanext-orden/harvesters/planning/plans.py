"""What operators have settled for a source: whether and when it runs, how politely, who hears of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import select

from ... import config
from ...clock import utcnow
from ..model import HarvestPlan
from ..stock import SourceRow, source
from .hours import Timetable, Window, window


class Unapproved(tk.ValidationError):
    """The source waits for approval."""

    def __init__(self) -> None:
        self.sentence = tk._("The source is not approved yet. Look at its preview, then approve it.")
        super().__init__({"source_id": [self.sentence]})

    def __str__(self) -> str:
        return self.sentence


def of(source_id: str) -> HarvestPlan:
    """The source's plan; where nothing is settled yet, one with the defaults that is not in the session."""
    return model.Session.get(HarvestPlan, source_id) or unsettled(source_id)


def unsettled(source_id: str) -> HarvestPlan:
    """The plan of a source for which nothing is settled; it is not in the session."""
    return HarvestPlan(source_id=source_id, **_defaults())


def change(source_id: str, **values: Any) -> HarvestPlan:
    """Settle something; the caller commits. A source that had no plan so far is an approved one."""
    plan = model.Session.get(HarvestPlan, source_id)
    if plan is None:
        plan = HarvestPlan(source_id=source_id, **{**_defaults(), "approved": utcnow()})
    for name, value in values.items():
        setattr(plan, name, value)
    model.Session.add(plan)
    model.Session.flush()  # CKAN's session does not by itself, and what follows asks for the plan again
    return plan


def is_approved(source_id: str) -> bool:
    """Whether the source may be harvested; one from the time before there were plans may."""
    return may_run(model.Session.get(HarvestPlan, source_id))


def may_run(plan: HarvestPlan | None) -> bool:
    """The same of a plan that was read already; None where the source has none."""
    return config.harvest_approval() == "none" or plan is None or plan.approved is not None


def is_hasty(plan: HarvestPlan, pause: Any) -> bool:
    """Whether a new pause is below the default, and not the plan's own; what is no number is refused elsewhere."""
    least = config.fetching_pause()
    try:
        seconds = float(pause) if pause not in (None, "") else least
    except (TypeError, ValueError):
        return False
    return seconds < least and seconds != plan.pause


def hours(source_id: str) -> Window | None:
    """The hours in which scheduled runs of the source may work; None: always. A run asks anew, as they may change."""
    text = model.Session.execute(select(HarvestPlan.window).where(HarvestPlan.source_id == source_id)).scalar()
    return window(text) if text else None


def is_closed(source_id: str, now: datetime) -> bool:
    """Whether the moment lies outside the hours of the source."""
    opened = hours(source_id)
    return opened is not None and not opened.holds(now, tk.h.get_display_timezone())


def timetable(row: SourceRow, plan: HarvestPlan | None = None) -> Timetable:
    """When the source runs by itself; `plan` where it was read already."""
    plan = plan or of(row.id)
    opened = window(plan.window) if plan.window else None
    return Timetable(plan.cron, row.frequency, opened, tk.h.get_display_timezone())


def put_off(row: SourceRow, now: datetime) -> None:
    """A run that begins counts for the schedule, which would start a due source, such as a new one, once more."""
    if row.next_run is None or row.next_run <= now:
        row.next_run = timetable(row).next(now)


def reset(source_id: str, now: datetime, *, at_once: bool = False) -> None:
    """Settle the next run anew after a change; `at_once` begins a source that has a frequency only."""
    if row := source(source_id):
        table = timetable(row)
        row.next_run = None if at_once and not table.cron else table.next(now)


def _defaults() -> dict[str, Any]:
    return {
        column.name: column.default.arg
        for column in HarvestPlan.__table__.columns
        if column.default is not None and column.default.is_scalar
    }
