"""Template functions of the harvest room."""

from __future__ import annotations

from ckan.plugins import toolkit as tk

from .operations.problems import CLASSES, ProblemClass

__all__ = ["orden_harvest_class", "orden_harvest_duration"]


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
