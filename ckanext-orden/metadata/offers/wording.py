"""Sentences and lengths of time in the site's ten languages: `data/phrases.csv`."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel.numbers import format_decimal

from ..vocabularies.loader import rows

LOCALES = ("ja", "en", "zh_Hans_CN", "zh_Hant_TW", "ko_KR", "es", "pt_BR", "fil", "th", "vi")
"""CKAN's names of the site's languages."""

KEPT = 4096
"""How many numbers in words are kept: CLDR takes longer for one than all the rest of an answer's price."""
_FALLBACK = "en"
_DURATION = re.compile(r"P(T?)(\d+)([YMWDH])")


def phrase(key: str, locale: str, **said: str) -> str:
    """A sentence with its gaps filled; raises KeyError where there is no such sentence."""
    return template(key, locale).format(**said)


def template(key: str, locale: str) -> str:
    """A sentence with its gaps."""
    return _phrases(spoken(locale))[key]


def has(key: str) -> bool:
    """Whether there is such a sentence."""
    return key in _phrases(_FALLBACK)


def spoken(locale: str) -> str:
    """The language that is spoken for a locale: its own, else English."""
    return locale if locale in LOCALES else _FALLBACK


@lru_cache(KEPT)
def counted(key: str, count: int, locale: str) -> str:
    """A number of things; of one thing many languages say no number."""
    number = "one" if count == 1 else "other"
    return phrase(f"{key}.{number}", locale, count=format_decimal(count, locale=spoken(locale)))


def duration_in(locale: str, duration: str) -> str:
    """A length of time (ISO 8601 in one unit, as in P1M or PT4H) in words; other texts as they are."""
    match = _DURATION.fullmatch(duration)
    if not match:
        return duration
    time, count, unit = match.groups()
    return counted(f"{'time' if time else 'date'}.{unit}", int(count), locale)


@cache
def _phrases(locale: str) -> dict[str, str]:
    return {row["key"]: row[locale] for row in rows("phrases", __package__)}
