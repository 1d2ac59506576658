"""Values of an offer as people, forms, CSV and JSON write them, read into one way of saying each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from babel import Locale

from ..addresses import problem as fault_of_address
from ..mapping.draft import many
from ..parsing.text import clean, fold, one_line
from ..vocabularies import language_for, licence_for, prefectures
from .measures import amount, count, currency, day, duration, duration_or_day, percent
from .offer import Link
from .problems import Wrong
from .terms import OTHER, remark_of, term_for, terms, with_remark

LONGEST = {"text": 200, "texts": 5000}
MOST = 50
WORLD = "001"

_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")
_REGION = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
_NO_COUNTRIES = frozenset({"EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of CLDR that name no country: groups, the private and the unknown."""

_YES = frozenset({"true", "yes", "on", "1", "はい", "有", "あり", "可", "する", "求める"})
_NO = frozenset({"false", "no", "off", "0", "いいえ", "無", "なし", "不可", "しない", "求めない"})


def read(kind: str, value: Any, vocabulary: str = "") -> Any:
    """The value of a field of this kind, as `Offer` holds it; raises `Wrong`.

    Several terms, regions or names are a set: they stand in the order of their vocabulary, else of their letters.
    """
    if kind in _TERMS:
        return _TERMS[kind](vocabulary, value)
    return _READERS[kind](value)


def is_empty(value: Any) -> bool:
    """Whether a value says nothing: a text of spaces says no more than none."""
    return value is None or (isinstance(value, str) and not clean(value)) or value in ([], (), {})


def region(text: object) -> str:
    """A country (JP), a part of one (JP-27), or the world (001)."""
    plain = fold(text).upper()
    known = _REGION.fullmatch(plain) and plain[:2] in _countries() and (plain[:3] != "JP-" or plain in _prefectures())
    if plain != WORLD and not known:
        raise Wrong("region_unknown", text)
    return plain


def _text(value: Any) -> str:
    if not isinstance(value, (str, int, float)):
        raise Wrong("text")
    return _short(one_line(value), "text")


def _texts(value: Any) -> dict[str, str]:
    """One text per language; a bare one is Japanese."""
    said = value if isinstance(value, Mapping) else {"ja": value}
    found = {_language(tag): _paragraph(text) for tag, text in said.items() if not is_empty(text)}
    return {tag: text for tag, text in found.items() if text}


def _paragraph(value: Any) -> str:
    if not isinstance(value, str):
        raise Wrong("text")
    return _short(clean(value), "texts")


def _short(text: str, kind: str) -> str:
    if len(text) > LONGEST[kind]:
        raise Wrong("too_long", LONGEST[kind])
    return text


def _language(tag: object) -> str:
    found = language_for(tag)
    if not found:
        raise Wrong("language_unknown", tag)
    return found.tag


def _term(vocabulary: str, value: Any) -> str:
    found = term_for(vocabulary, value)
    if not found:
        raise Wrong("term_unknown", value)
    return found.code


def _open_term(vocabulary: str, value: Any) -> str:
    remark = remark_of(one_line(value))
    return with_remark(_short(remark, "text")) if remark is not None else _term(vocabulary, value)


def _each(reader: Callable[[str, Any], str]) -> Callable[[str, Any], tuple[str, ...]]:
    def read_all(vocabulary: str, value: Any) -> tuple[str, ...]:
        order = {term.code: place for place, term in enumerate(terms(vocabulary))}
        found = {reader(vocabulary, item) for item in _several(value)}
        return tuple(sorted(found, key=lambda code: (order.get(code, len(order)), code)))

    return read_all


def _several(value: Any) -> list[str]:
    found = many(value)
    if len(found) > MOST:
        raise Wrong("too_many", MOST)
    return found


def _bool(value: Any) -> bool:
    plain = fold(value)
    if plain not in _YES | _NO:
        raise Wrong("bool", value)
    return plain in _YES


def _licence(value: Any) -> str:
    found = licence_for(value)
    if not found:
        raise Wrong("licence_unknown", value)
    return found.id


def _regions(value: Any) -> tuple[str, ...]:
    return tuple(sorted(set(map(region, _several(value)))))


def _country(value: Any) -> str:
    """The country of a law: an ISO 3166 code, or `other` where only that much is known."""
    plain = fold(value)
    if plain == OTHER:
        return OTHER
    found = region(value)
    if len(found) != 2:
        raise Wrong("region_unknown", value)
    return found


def _url(value: Any) -> str:
    found = one_line(value)
    if not found.lower().startswith(("http://", "https://")) or fault_of_address(found):
        raise Wrong("url", value)
    return found


def _name(value: Any) -> str:
    found = clean(value)
    if not _NAME.fullmatch(found):
        raise Wrong("name", value)
    return found


def _names(value: Any) -> tuple[str, ...]:
    return tuple(sorted(set(map(_name, _several(value)))))


_LINK = {"market", "url", "external_id", "id", "state", "reason", "status", "failures", "since", "checked"}
"""The parts of a link: what the provider says, and what answers of the market add, which is not read."""


def _links(value: Any) -> tuple[Link, ...]:
    items = value if isinstance(value, (list, tuple)) else [value]
    if len(items) > MOST:
        raise Wrong("too_many", MOST)
    return tuple(dict.fromkeys(map(_link, items)))


def _link(value: Any) -> Link:
    if isinstance(value, Link):
        return value
    if not isinstance(value, Mapping) or set(value) - _LINK:
        raise Wrong("link_broken", value)
    market, url, external = (value.get(name) or "" for name in ("market", "url", "external_id"))
    if not isinstance(url, str) or not url:
        raise Wrong("link_broken", url)
    return Link(_name(market), url, _text(external))


@cache
def _countries() -> frozenset[str]:
    return frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2) - _NO_COUNTRIES


@cache
def _prefectures() -> frozenset[str]:
    return frozenset(f"JP-{place.code[:2]}" for place in prefectures())


_READERS: dict[str, Callable[[Any], Any]] = {
    "amount": amount,
    "bool": _bool,
    "count": count,
    "country": _country,
    "currency": currency,
    "date": day,
    "duration": duration,
    "licence": _licence,
    "links": _links,
    "name": _name,
    "names": _names,
    "percent": percent,
    "regions": _regions,
    "term_or_date": duration_or_day,
    "text": _text,
    "texts": _texts,
    "url": _url,
}
_TERMS: dict[str, Callable[[str, Any], Any]] = {
    "open_term": _open_term,
    "open_terms": _each(_open_term),
    "term": _term,
    "terms": _each(_term),
}
