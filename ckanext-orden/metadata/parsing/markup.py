"""HTML to plain text: what a reader would see, and nothing that a browser would do."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from .text import clean

LONGEST = 100_000
"""Characters of HTML that are looked at."""
_SILENT = frozenset({"script", "style", "head", "template", "noscript"})
_BLOCKS = frozenset(
    {"br", "p", "div", "li", "tr", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_MARKED = re.compile(r"<[A-Za-z/!]|&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);", re.IGNORECASE)
_ELEMENT = re.compile(r"</(?:p|div|span|a|b|i|u|em|strong|font|ul|ol|li|table|td|h[1-6])\s*>|<br\s*/?>", re.IGNORECASE)
_LINES = re.compile(r"[ \t]*\n[ \t]*")


def plain(text: object) -> str:
    """The text without tags, scripts and character references; a text without any of them as it is."""
    cleaned = clean(text)
    if not _MARKED.search(cleaned):
        return cleaned
    reader = _Reader()
    reader.feed(cleaned[:LONGEST])
    reader.close()
    lines = _LINES.sub("\n", "".join(reader.parts).replace("\u00a0", " "))
    return clean(re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]{2,}", " ", lines)))


def readable(text: object) -> object:
    """A description that is written in HTML as plain text; another one, and its Markdown, as it is."""
    return plain(text) if isinstance(text, str) and _ELEMENT.search(text) else text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
