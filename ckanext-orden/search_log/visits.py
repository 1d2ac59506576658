"""Which requests are searches of people and clicks on their hits; nothing of a request but these is looked at.

A click is known by the address of the search page that the browser names as where it comes from: no cookie, no
detour, no script.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ckan.plugins import toolkit as tk
from flask import Response, g, request

from .. import config
from ..programs import is_of_a_person
from . import counters
from .counters import Event
from .texts import counted

SEARCH, READ = "dataset.search", "dataset.read"


def remember_outcome(action: str, *, context: Mapping[str, Any], result: Any, **_rest: Any) -> None:
    """Listens to finished actions and keeps how the page's own search ended."""
    if action == "package_search" and context.get("for_view") and isinstance(result, dict):
        g.setdefault("orden_search_outcome", outcome(result))


def outcome(found: Mapping[str, Any]) -> str:
    """What a search found: `all` of the words, some (`partial`), what is `nearest`, or `nothing`."""
    if not found["count"]:
        return "nothing"
    match = found.get("orden_match", "all")
    return "all" if match == "partial" and found["orden_match_all_count"] else match


def count(response: Response) -> Response:
    """Counts a finished request when it is a search of a person, or a click on a hit."""
    if request.endpoint in (SEARCH, READ) and response.status_code == 200 and config.search_log() and _is_person():
        _count_search() if request.endpoint == SEARCH else _count_click()
    return response


def _count_search() -> None:
    q = counted(request.args.get("q"))
    if q and "orden_search_outcome" in g and _is_first_page() and _came_from() != q:
        counters.add(Event(q, tk.h.lang(), g.orden_search_outcome))


def _count_click() -> None:
    if q := _came_from():
        counters.add(Event(q, tk.h.lang(), "click", (request.view_args or {})["id"]))


def _is_first_page() -> bool:
    """Whether a search is as it was typed: not turned to another page, not filtered."""
    asked = {name for name, value in request.args.items(multi=True) if value and not name.startswith("_")}
    return asked <= {"q", "sort", "page"} and request.args.get("page", "1") in ("", "1")


def _is_person() -> bool:
    """Whether a browser shows a page to somebody who does not look after the search."""
    return is_of_a_person(request) and not getattr(tk.current_user, "sysadmin", False)


def _came_from() -> str:
    """The query of this site's search page that the visitor comes from; empty where he does not."""
    try:
        page = urlsplit(request.referrer or "")
    except ValueError:
        return ""
    here = (request.host, urlsplit(config.site_url()).netloc)
    search = urlsplit(tk.url_for(SEARCH)).path
    if page.netloc not in here or page.path.rstrip("/") != search.rstrip("/"):
        return ""
    return counted(parse_qs(page.query).get("q", [""])[0])
