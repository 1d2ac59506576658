"""The text under which a query is counted, and what is never kept because it may say who somebody is."""

from __future__ import annotations

import re
from unicodedata import normalize

from ..search.query import LETTER, Kind, kind

LONGEST = 100
"""Characters of a query that are kept."""
_NUMBER = r"[\d〇一二三四五六七八九十百]+"
_PERSONAL = (
    re.compile(r"\S@\S|〒"),
    re.compile(r"\d(?:[\s\-./()ー‐‑‒–—−]{0,2}\d){6}"),
    re.compile(rf"丁目\s*{_NUMBER}|{_NUMBER}\s*(?:番地|号室)|{_NUMBER}\s*番\s*{_NUMBER}"),
    re.compile(r"\d\s*[\-ー‐‑‒–—−の]\s*\d"),
)
"""Mail addresses; telephone, postal, card and personal numbers (seven digits and more); house numbers."""


def counted(query: str | None) -> str:
    """The text of a query by which it is counted; empty for what is not: Solr's language, and what may be personal."""
    text = query or ""
    if kind(text) is not Kind.WORDS or not LETTER.search(text):
        return ""
    plain = normal(text)
    return "" if is_personal(plain) else plain[:LONGEST].rstrip()


def normal(text: str) -> str:
    """The same text however wide, large and far apart its characters are written."""
    shown = "".join(sign if sign.isprintable() else " " for sign in normalize("NFKC", text))
    return " ".join(shown.casefold().split())


def is_personal(text: str) -> bool:
    """Whether a normal text has the form of a mail address, a number of a person's or the number of a house."""
    return any(form.search(text) for form in _PERSONAL)
