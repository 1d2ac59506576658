"""Template functions of the room: what of a file a page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import config
from . import files, kinds

__all__ = ["orden_preview", "orden_preview_small"]

LINES = 100
"""Of a text."""
SMALL = 300_000
"""Bytes of an image that stands in the list of files as it is."""


def orden_preview(resource: Mapping[str, Any]) -> dict[str, Any]:
    """What a file's page shows of it, for whoever may read the resource; empty where nothing can be shown.

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


def orden_preview_small(resource: Mapping[str, Any]) -> bool:
    """Whether a file is an image that is small enough to stand in a list as it is."""
    if not files.is_stored(resource) or not files.names(resource) & kinds.IMAGES:
        return False
    start, size = files.start_of(files.path_of(resource))
    found = kinds.kind_of(start)
    return found is not None and found.shown_as == kinds.IMAGE and size <= min(SMALL, config.preview_max_bytes())
