"""What is like the dataset of a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from flask import g, has_request_context, request


def remember_related(action: str, *, context: Mapping[str, Any], result: Any, **_rest: Any) -> None:
    """Listens to finished actions: when a dataset's page has its dataset, asks once what is like it."""
    if action != "package_show" or not context.get("for_view") or not has_request_context():
        return
    if request.endpoint == "dataset.read" and "orden_related" not in g:
        g.orden_related = []
        g.orden_related = tk.get_action("orden_related_list")({"user": g.user}, {"id": result["id"]})


def orden_related() -> list[dict[str, Any]]:
    """Datasets like the one of the page, of those that the reader may see."""
    return getattr(g, "orden_related", [])
