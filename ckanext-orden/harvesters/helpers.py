"""What the templates of the harvest room ask for."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk

from .keys import HEADERS
from .operations.problems import CLASSES, ProblemClass

__all__ = [
    "orden_harvest_class",
    "orden_harvest_duration",
    "orden_harvest_headers",
    "orden_harvest_plan",
    "orden_harvest_secret",
]


def orden_harvest_secret(source_id: str) -> dict[str, Any]:
    """Whether a source has a key, for which host, since when and by whom."""
    return tk.get_action("orden_harvest_secret_show")({"user": tk.g.user}, {"id": source_id})


def orden_harvest_headers() -> tuple[str, ...]:
    """The headers that may carry a key."""
    return HEADERS


def orden_harvest_plan(source_id: str) -> dict[str, Any] | None:
    """The plan of a source; None for those who may not edit it."""
    try:
        return tk.get_action("orden_harvest_plan_show")({"user": tk.g.user}, {"id": source_id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return None


def orden_harvest_class(name: str) -> ProblemClass:
    """A class of problems with its word and advice."""
    return CLASSES[name]


def orden_harvest_duration(seconds: int) -> str:
    """About how long: 40 seconds, 3 minutes, 2 hours."""
    if seconds < 90:
        return tk.ungettext("{n} second", "{n} seconds", seconds).format(n=seconds)
    minutes = round(seconds / 60)
    if minutes < 90:
        return tk.ungettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
    hours = round(minutes / 60)
    return tk.ungettext("{n} hour", "{n} hours", hours).format(n=hours)
