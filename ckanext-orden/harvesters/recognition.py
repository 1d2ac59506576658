"""What a protocol needs to say whether it could read an address: the answer as it came, and the words for a yes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from ..types import Text

MEMBERS = re.compile(r"/(?:dataset|datasets|organization|group|search|harvest|api|ckan_api|node)(?:/|$)")
"""Where the path of a page inside a catalogue begins."""
HTML = ("<!doctype html", "<html")
LINK = re.compile(r"""<(?:a|link)\b[^>]*?\bhref\s*=\s*["']?([^"'\s>]+)[^>]*>""", re.IGNORECASE)
TITLE = re.compile(r"<title[^>]*>([^<]{1,200})", re.IGNORECASE)
PARSED = 2 * 1024 * 1024
"""Characters of a web page that are looked through for links."""


@dataclass(frozen=True)
class Answer:
    """What one address answered. Protocols judge by its shape, never by the address."""

    url: str
    """After redirects."""
    media_type: str
    body: bytes

    @cached_property
    def json(self) -> Any:
        """The JSON value that the body is; None for anything else."""
        if self.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
            return None
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    @cached_property
    def result(self) -> Any:
        """What CKAN's action API, or a look-alike, has answered; None for anything else."""
        found = self.json
        return found.get("result") if isinstance(found, dict) and found.get("success") is True else None

    @cached_property
    def start(self) -> str:
        """How the text begins, in lower case, without BOM and outer space."""
        return self.body[:4096].decode("utf-8-sig", "ignore").strip().lower()

    @cached_property
    def is_page(self) -> bool:
        """Whether it is a web page for people."""
        return self.start.startswith(HTML) or "<html" in self.start[:1000]

    @cached_property
    def _text(self) -> str:
        return self.body[:PARSED].decode("utf-8", "ignore")

    @property
    def title(self) -> str:
        """The title of a web page."""
        found = TITLE.search(self._text) if self.is_page else None
        return unescape(found[1]).strip() if found else ""

    def links(self) -> Iterator[str]:
        """The addresses that a web page links to, on its own host, each once."""
        met: set[str] = set()
        for match in LINK.finditer(self._text) if self.is_page else ():
            url = _joined(self.url, unescape(match[1]))
            if url not in met and _host(url) == _host(self.url):
                met.add(url)
                yield url


@dataclass(frozen=True)
class Recognised:
    """A protocol reads this: the address and configuration of a source, and how the answer told it."""

    url: str
    reason: Text
    title: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)


def reason(en: str, ja: str) -> Text:
    """One sentence in both languages."""
    return {"en": en, "ja": ja}


def bases(url: str) -> list[str]:
    """Where the catalogue of a page may begin: the address up to a well-known part of the path, and the site's top.

    `https://x/data/dataset/a` -> [`https://x/data`, `https://x`]
    """
    parts = urlsplit(url)
    top = f"{parts.scheme}://{parts.netloc}"
    inside = MEMBERS.search(parts.path)
    path = parts.path[: inside.start()] if inside else _folder(parts.path)
    return list(dict.fromkeys((top + path.rstrip("/"), top)))


def _folder(path: str) -> str:
    """The path without the name of a file at its end."""
    last = path.rpartition("/")[2]
    return path.removesuffix(last) if "." in last else path


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link).partition("#")[0]
    except ValueError:
        return ""


def _host(url: str) -> str:
    return urlsplit(url).netloc
