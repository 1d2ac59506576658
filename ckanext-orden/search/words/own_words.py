"""The editors' own words, at once in every process: each search asks for the number of the newest revision only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache

from ckanext.orden.solr.generate import rules

from ...model import OrdenSearchWord
from .lexicon import Lexicon, Variant

MOST_VARIANTS = 8


def current() -> Lexicon:
    """The words as they stand now."""
    mark = OrdenSearchWord.mark()
    return _lexicon(mark.revision, mark.made_at) if mark else Lexicon()


@lru_cache(maxsize=1)
def _lexicon(revision: int, made_at: dt.datetime) -> Lexicon:
    return Lexicon(rules(OrdenSearchWord.text_of(revision)))


def variants(text: str) -> Sequence[Variant]:
    """A query in other words."""
    return current().variants(text, MOST_VARIANTS)


def others(text: str) -> Sequence[Variant]:
    """What the words of a query also mean."""
    return current().others(text)
