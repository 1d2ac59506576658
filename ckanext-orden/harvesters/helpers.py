"""Template helpers of the harvest room."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk

__all__ = ["orden_harvest_plan"]


def orden_harvest_plan(source_id: str) -> dict[str, Any] | None:
    """The plan of a source; None for those who may not edit it."""
    try:
        return tk.get_action("orden_harvest_plan_show")({"user": tk.g.user}, {"id": source_id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return None
