"""What the templates of the harvest room ask for."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk

from .keys import HEADERS

__all__ = ["orden_harvest_headers", "orden_harvest_plan", "orden_harvest_secret"]


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
