"""Whom to ask, in one line as people write it: 環境課 美化推進係 kankyo@city.example.jp."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from .text import one_line

_ADDRESS = re.compile(r"(?:mailto:)?([^\s<>()（）「」、，,;；：]*[@＠][^\s<>()（）「」、，,;；：]*)", re.IGNORECASE)
_PAGE = re.compile(r"https?://[^\s<>（）「」、，；]+", re.IGNORECASE)
_LEFT_OVER = re.compile(r"[<(（「][\s、，,;；:：/／]*[>)）」]")
_EDGES = " \u3000、，,;；:：/／"


def contact_of(line: object) -> dict[str, str]:
    """The name, mail address and page that a line holds; what is neither address nor page is the name."""
    rest = one_line(line)
    found: dict[str, str] = {}
    for part, pattern in (("url", _PAGE), ("email", _ADDRESS)):
        match = pattern.search(rest)
        if match:
            found[part] = _plain(match[match.lastindex or 0])
            rest = rest[: match.start()] + " " + rest[match.end() :]
    name = " ".join(_LEFT_OVER.sub(" ", rest).strip(_EDGES).split(" ")).strip(_EDGES)
    return {"name": re.sub(" {2,}", " ", name), **found} if name else found


def contact_line(contact: Mapping[str, object]) -> str:
    """A contact in one line; `contact_of` reads it back."""
    return " ".join(one_line(contact.get(part)) for part in ("name", "email", "url") if contact.get(part))


def _plain(address: str) -> str:
    return unicodedata.normalize("NFKC", address).rstrip(".。")
