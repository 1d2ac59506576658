"""Whether the search behind a page found all the words: CKAN's view passes on the results only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g

from .links import orden_search_url


def orden_match() -> tuple[str, int]:
    """Whether every hit of the page's search holds all the words (`all`) or some only some, and how many hold all."""
    return getattr(g, "orden_match", ("all", 0))


def orden_meant() -> tuple[str | None, bool]:
    """What the page's search was probably meant to be, and whether its results stand in the list already."""
    return getattr(g, "orden_meant", (None, False))


def orden_literal_url(query: str) -> str:
    """This search for exactly what was typed: each word in quotes."""
    return orden_search_url(" ".join(f'"{word}"' for word in query.split()))


def remember_match(action: str, *, context: Mapping[str, Any], result: Any, **_rest: Any) -> None:
    """Listens to finished actions and keeps what the page's own search said."""
    if action == "package_search" and context.get("for_view") and isinstance(result, dict):
        g.orden_match = result.get("orden_match", "all"), result.get("orden_match_all_count", 0)
        g.orden_meant = result.get("orden_did_you_mean"), bool(result.get("orden_did_you_mean_included"))
