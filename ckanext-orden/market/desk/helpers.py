"""Template functions of the desk."""

from __future__ import annotations

from datetime import datetime, timezone

from ckan.plugins import toolkit as tk

from ...helpers.words import orden_date
from ..offers.people import person
from .form import UNITS, duration_parts, remark_in
from .words import (
    orden_market_field,
    orden_market_link_state,
    orden_market_outcome,
    orden_market_role,
    orden_market_said,
    orden_market_state,
    orden_market_states,
    orden_market_step,
    orden_market_unit,
)

__all__ = [
    "orden_market_duration",
    "orden_market_field",
    "orden_market_link_state",
    "orden_market_outcome",
    "orden_market_remark",
    "orden_market_reviews",
    "orden_market_role",
    "orden_market_said",
    "orden_market_state",
    "orden_market_states",
    "orden_market_step",
    "orden_market_unit",
    "orden_market_units",
    "orden_market_when",
]


def orden_market_duration(value: object) -> tuple[str, str]:
    """A length of time as number and unit."""
    return duration_parts(value)


def orden_market_remark(values: object) -> str:
    """The words of one's own among chosen terms."""
    return remark_in(values)


def orden_market_reviews() -> bool:
    """Whether the visitor is a reviewer."""
    return "reviewer" in person(tk.current_user.name or None, None).roles


def orden_market_units() -> tuple[str, ...]:
    """The units of lengths of time."""
    return UNITS


def orden_market_when(moment: str) -> str:
    """A moment in UTC as day and time of the site's time zone."""
    here = datetime.fromisoformat(moment).replace(tzinfo=timezone.utc).astimezone(tk.h.get_display_timezone())
    return f"{orden_date(here.date().isoformat())} {here:%H:%M}"
