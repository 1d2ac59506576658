"""Encodings: what publishers call them, and the codec that reads them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ..parsing.text import key
from .loader import by_key, rows, spellings


@dataclass(frozen=True)
class Encoding:
    """An encoding; `codec` is Python's, where Shift_JIS means CP932, because ① ㈱ 髙 are in real files."""

    codec: str
    label: str


def encoding_for(text: object) -> Encoding | None:
    """The encoding that a word names (Shift-JIS, ＵＴＦ－８); None where it names none."""
    return _index().get(key(text))


@cache
def _index() -> dict[str, Encoding]:
    found = rows("encodings")
    terms = (Encoding(row["codec"], row["label"]) for row in found)
    return by_key(zip(terms, (spellings(row, "label", "codec") for row in found), strict=True))
