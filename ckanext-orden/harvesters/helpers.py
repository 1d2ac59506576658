"""What the templates of the harvest room ask for."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk

from ..helpers import orden_text
from .keys import HEADERS
from .operations.problems import CLASSES, ProblemClass
from .ownership import words

__all__ = [
    "orden_harvest_class",
    "orden_harvest_did",
    "orden_harvest_duration",
    "orden_harvest_headers",
    "orden_harvest_plan",
    "orden_harvest_provenance",
    "orden_harvest_secret",
    "orden_harvest_value",
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


def orden_harvest_provenance(dataset: dict[str, Any]) -> dict[str, Any] | None:
    """Where a dataset was harvested from, for editors with what was edited here; None where it was not."""
    if dataset.get("type") != "dataset":
        return None
    try:
        return tk.get_action("orden_harvest_provenance_show")({"user": tk.g.user}, {"id": dataset["id"]})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return None


def orden_harvest_did(did: str) -> str:
    """The word for what was done with a field or file."""
    return orden_text(words.DID[did])


def orden_harvest_value(edit: dict[str, Any], side: str) -> str:
    """What stands in an edited field, as a person reads it; `side` is `ours` or `theirs`."""
    return words.value(edit["file"], edit["field"], edit[side])
