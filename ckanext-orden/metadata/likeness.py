"""One fingerprint for the same dataset in two catalogues: its landing page and its title."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from .addresses import portable

VERSION = 1
"""Raised with each change of it, so that records are read and mapped again."""


def likeness(dataset: Mapping[str, Any], site_url: str) -> str:
    """SHA-256 over landing page and title as people read them; empty without a page or a title.

    Both count, for many datasets share one page, and many have one title. Of a page the way of writing does not count
    (http or https, capitals of the host, a slash at its end, a fragment), of a title width, case and blanks do not.
    """
    page = _page(str(dataset.get("url") or ""), site_url)
    title = _words(str(dataset.get("title") or ""))
    if not page or not title:
        return ""
    return hashlib.sha256(f"{page}\n{title}".encode("utf-8", "surrogatepass")).hexdigest()


def _page(url: str, site_url: str) -> str:
    try:
        parts = urlsplit(portable(url.strip(), site_url))
    except ValueError:
        return ""
    if not parts.netloc and not parts.path:
        return ""
    scheme = "https" if parts.scheme == "http" else parts.scheme
    return urlunsplit((scheme, parts.netloc.lower(), parts.path.rstrip("/"), parts.query, ""))


def _words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
