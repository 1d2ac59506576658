"""Whether the search behind a page found all the words: CKAN's view passes on the results only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g


def orden_match() -> tuple[str, int]:
    """Whether every hit of the page's search holds all the words (`all`) or some only some, and how many hold all."""
    return getattr(g, "orden_match", ("all", 0))


def remember_match(action: str, *, context: Mapping[str, Any], result: Any, **_rest: Any) -> None:
    """Listens to finished actions and keeps what the page's own search said."""
    if action == "package_search" and context.get("for_view") and isinstance(result, dict):
        g.orden_match = result.get("orden_match", "all"), result.get("orden_match_all_count", 0)
