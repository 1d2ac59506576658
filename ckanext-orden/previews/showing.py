"""What the pages of a dataset and of a file show of the files themselves; never stored with the dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from flask import has_request_context

from .. import config
from . import files, kinds

PREVIEWS = "orden_previews"
"""By the ids of the resources."""
LINES = 100
"""Of a text."""
SMALL = 300_000
"""Bytes of an image that stands in the list of files as it is."""


def add(dataset: dict[str, Any]) -> None:
    """Put what the page that asks can show of its files into a dataset, for whoever may read it."""
    endpoint = tk.request.endpoint if has_request_context() else ""
    resources = dataset.get("resources", [])
    if endpoint == "dataset.read":
        dataset[PREVIEWS] = {file["id"]: {"shown_as": kinds.IMAGE} for file in resources if _is_small_image(file)}
    elif endpoint == "dataset_resource.read":
        shown = (tk.request.view_args or {}).get("resource_id")
        dataset[PREVIEWS] = {file["id"]: _preview(file) for file in resources if file["id"] == shown}


def _preview(resource: Mapping[str, Any]) -> dict[str, Any]:
    """How a file is shown on its page; empty where it cannot be.

    `shown_as` is pdf, image, text (with `lines`, and `whole` if these are all), large (more than is shown in a page)
    or elsewhere (a PDF or an image on another server, which no page loads).
    """
    if not files.is_stored(resource):
        foreign = files.names(resource) & {kinds.PDF, *kinds.IMAGES}
        return {"shown_as": "elsewhere"} if foreign else {}
    start, size = files.start_of(files.path_of(resource))
    found = kinds.kind_of(start)
    if found:
        return {"shown_as": found.shown_as if size <= config.preview_max_bytes() else "large"}
    if not start or not kinds.is_text(files.names(resource)):
        return {}
    head = kinds.head_of(start, LINES, whole=size <= len(start))
    return {"shown_as": kinds.TEXT, "lines": head.lines, "whole": head.whole} if head else {}


def _is_small_image(resource: Mapping[str, Any]) -> bool:
    if not files.is_stored(resource) or not files.names(resource) & kinds.IMAGES:
        return False
    start, size = files.start_of(files.path_of(resource))
    found = kinds.kind_of(start)
    return found is not None and found.shown_as == kinds.IMAGE and size <= min(SMALL, config.preview_max_bytes())
