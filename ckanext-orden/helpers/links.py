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
    """The path of this page in this language, without its query; a page has a hundred links that go on from it."""
    if "orden_here" not in g:
        g.orden_here = str(tk.h.url_for("/" + tk.request.path.lstrip("/")))
    return g.orden_here


def orden_page_url(number: int) -> str:
    """This list, turned to another page."""
    return f"{orden_here()}?{urlencode([*_kept(), ('page', str(number))])}"


def orden_search_url(query: str) -> str:
    """This list with its filters and order, searched for something else."""
    return f"{orden_here()}?{urlencode([('q', query), *_kept('q')])}"


def orden_sorted_url(order: str) -> str:
    """This list from its beginning, in another order."""
    return f"{orden_here()}?{urlencode([*_kept('sort'), ('sort', order)])}"


def orden_facet_url(name: str, value: str, chosen: bool = False, base: str | None = None) -> str:
    """This list (or that at `base`) from its beginning, narrowed to a facet's value, or without it if it is chosen."""
    here, kept = base or orden_here(), _kept()
    narrowed = [pair for pair in kept if pair != (name, value)] if chosen else [*kept, (name, value)]
    return f"{here}?{urlencode(narrowed)}" if narrowed else here


def _kept(*changed: str) -> list[tuple[str, str]]:
    """What is asked for here, without the page and what changes."""
    return [pair for pair in tk.request.args.items(multi=True) if pair[0] not in ("page", *changed)]


def orden_pages(current: int, last: int) -> list[PageLink]:
    """The first, the last and the pages around the current one, with gaps between."""
    wanted = sorted({1, last, *range(max(1, current - 2), min(last, current + 2) + 1)})
    links: list[PageLink] = []
    for number in wanted:
        if links and number > links[-1].number + 1:
            links.append(PageLink(0))
        links.append(PageLink(number, orden_page_url(number)))
    return links
