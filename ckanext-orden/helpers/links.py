"""Addresses: those that came from outside before they stand in an `href`, and those of this page's neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from ckan.plugins import toolkit as tk
from flask import g

SCHEMES = {"http", "https", "ftp"}
UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")


def orden_safe_url(url: object) -> str:
    """The address when it is an absolute http, https or ftp one, else an empty string."""
    text = str(url or "").strip()
    if UNSAFE.search(text):
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return ""
    return text if parts.scheme in SCHEMES and host else ""


def orden_host(url: object) -> str:
    """The host that a link leads to, to be shown before it is followed."""
    safe = orden_safe_url(url)
    return urlsplit(safe).hostname or "" if safe else ""


@dataclass(frozen=True)
class Pages:
    """Where a page of a list stands, as the template for links to pages wants it."""

    page: int
    page_count: int


@dataclass(frozen=True)
class PageLink:
    """One entry under a list: a page's number and address; number 0 stands for a gap."""

    number: int
    url: str = ""


def orden_here() -> str:
    """The path of this page in this language, without its query."""
    return str(tk.h.url_for("/" + tk.request.path.lstrip("/")))


def orden_page_url(number: int) -> str:
    """This list, turned to another page."""
    kept = [(name, value) for name, value in tk.request.args.items(multi=True) if name != "page"]
    return f"{orden_here()}?{urlencode([*kept, ('page', str(number))])}"


def orden_search_url(query: str) -> str:
    """This list with its filters and order, searched for something else."""
    kept = [(name, value) for name, value in tk.request.args.items(multi=True) if name not in ("page", "q")]
    return f"{orden_here()}?{urlencode([('q', query), *kept])}"


def orden_sorted_url(order: str) -> str:
    """This list from its beginning, in another order."""
    kept = [(name, value) for name, value in tk.request.args.items(multi=True) if name not in ("page", "sort")]
    return f"{orden_here()}?{urlencode([*kept, ('sort', order)])}"


def orden_facet_url(name: str, value: str, chosen: bool = False, base: str | None = None) -> str:
    """This list (or that at `base`) from its beginning, narrowed to a facet's value, or without it if it is chosen."""
    kept = _kept()
    if chosen:
        kept = [pair for pair in kept if pair != (name, value)]
    narrowed = kept if chosen else [*kept, (name, value)]
    here = base or _this_list()
    return f"{here}?{urlencode(narrowed)}" if narrowed else here


def _kept() -> list[tuple[str, str]]:
    """What narrows this list; a page has a hundred links that go on from there."""
    if "orden_kept" not in g:
        g.orden_kept = [pair for pair in tk.request.args.items(multi=True) if pair[0] != "page"]
    return g.orden_kept


def _this_list() -> str:
    if "orden_here" not in g:
        g.orden_here = orden_here()
    return g.orden_here


def orden_pages(current: int, last: int) -> list[PageLink]:
    """The first, the last and the pages around the current one, with gaps between."""
    wanted = sorted({1, last, *range(max(1, current - 2), min(last, current + 2) + 1)})
    links: list[PageLink] = []
    for number in wanted:
        if links and number > links[-1].number + 1:
            links.append(PageLink(0))
        links.append(PageLink(number, orden_page_url(number)))
    return links
