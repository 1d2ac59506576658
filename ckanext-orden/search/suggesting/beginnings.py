"""What has been typed so far, as patterns for what it may become: written so, or read so."""

from __future__ import annotations

import re

from ...metadata.names import romaji
from .values import PRIVATE, written

LONGEST = 50
REFUSED = re.compile(r"[{}:\x00-\x1f]")
HIRAGANA = re.compile("[ぁ-ゖ]$")
NOT_SPOKEN = re.compile(r"[^a-z0-9]")
# Ways to write a syllable that are not Hepburn's, half of one too.
OTHERWISE = (
    (re.compile(r"(?<![tc])h(?=u)"), "f"),
    (re.compile(r"(?<!t)s(?=y|i)"), "sh"),
    (re.compile(r"t(?=y|i)"), "ch"),
    (re.compile(r"t(?=u)"), "ts"),
    (re.compile(r"[zd](?=y|i)"), "j"),
    (re.compile(r"d(?=u)"), "z"),
    (re.compile(r"(?<=sh|ch)y|(?<=j)y"), ""),
)
UNFINISHED = re.compile(r"(?:sh|ch|j)i$")
"""A syllable that a small kana still changes: じ of じょ …"""
GLIDING = re.compile(r"[kgnhbpmr]i$")
"""… and ひ of ひょ."""


def cleaned(typed: object) -> str:
    """What was typed as one bounded line, without the signs that CKAN refuses anywhere in a query ({!, _query_:)."""
    if not isinstance(typed, str):
        return ""
    return " ".join(PRIVATE.sub("", REFUSED.sub(" ", typed)).split())[:LONGEST].strip()


def as_written(typed: str) -> str:
    """A pattern for names that hold just this, in any width, case and kana."""
    return re.escape(written(typed))


def readings(typed: str) -> list[str]:
    """The beginnings of readings that were typed, as Solr's `text_read` has them; none of kanji."""
    plain = written(typed).replace(" ", "")
    latin = romaji(plain).replace("'", "")
    if not latin or NOT_SPOKEN.search(latin):
        return []
    if plain.isascii():
        return list(dict.fromkeys((_short(latin), _short(_hepburn(latin)))))
    return _begun(_short(latin)) if HIRAGANA.search(plain) else [_short(latin)]


def as_read(typed: str) -> str:
    """A pattern for names that hold one of these readings, as Solr's `name_read` has them; nothing for no reading."""
    ways = "|".join(map(_stretched, readings(typed)))
    return f"({ways})" if ways else ""


def _hepburn(latin: str) -> str:
    for otherwise, syllable in OTHERWISE:
        latin = otherwise.sub(syllable, latin)
    return latin


def _short(latin: str) -> str:
    """Each long vowel and doubled consonant once, and the n of shimbun."""
    latin = re.sub(r"m(?=[bmp])", "n", latin).replace("tch", "ch").replace("ou", "o")
    return re.sub(r"([a-z])\1+", r"\1", re.sub(r"oh(?=[bcdfgjkmnprstwz])", "o", latin))


def _begun(latin: str) -> list[str]:
    """What kana at the end may still become: ひ also ひょ, じ also じょ."""
    if UNFINISHED.search(latin):
        return [latin[:-1]]
    return [latin, latin[:-1] + "y"] if GLIDING.search(latin) else [latin]


def _stretched(latin: str) -> str:
    """Letters that may be long or doubled, and have a space after them."""
    return "".join(f"{letter}[ {'ou' if letter == 'o' else letter}]*" for letter in latin)
