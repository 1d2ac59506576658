"""What is like the dataset of a page."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk


def orden_related(dataset: dict[str, Any]) -> list[dict[str, Any]]:
    """Datasets like this one that the reader may see; none for what is no dataset."""
    if dataset.get("type") != "dataset" or not dataset.get("id"):
        return []
    try:
        return tk.get_action("orden_related_list")({"user": tk.g.user}, {"id": dataset["id"]})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return []
