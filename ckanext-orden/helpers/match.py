"""Whether the search behind a page found all the words: CKAN's view passes on the results only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g


def orden_match() -> str:
    """Whether the page's search found all the words (`all`) or only some (`partial`)."""
    return getattr(g, "orden_match", "all")


def remember_match(action: str, *, context: Mapping[str, Any], result: Any, **_rest: Any) -> None:
    """Listens to finished actions and keeps what the page's own search said."""
    if action == "package_search" and context.get("for_view") and isinstance(result, dict):
        g.orden_match = result.get("orden_match", "all")
