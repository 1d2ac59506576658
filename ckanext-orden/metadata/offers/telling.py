"""What an offer says, field by field, in the reader's words. Labels and sentences are Japanese and English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel import Locale
from babel.dates import format_date

from ...types import Text
from ..vocabularies import licence_for, prefectures
from ..vocabularies.loader import rows
from .fields import Field, fields
from .offer import Values
from .terms import OTHER, label
from .wording import duration_in, spoken

COMPARED = (
    *("price_mode", "kind", "trial", "minimum_term", "delivery", "contract", "nda", "licence", "allowed_use"),
    *("forbidden_use", "disclosure", "regions", "licence_term", "resale", "derivatives", "attribution", "deletion"),
    *("exclusive", "warranty", "law", "availability", "response_time", "support", "notices", "seller", "buyers"),
    *("valid_from", "valid_through"),
)
"""The fields of a comparison, in its order."""

_YES: Text = {"ja": "はい", "en": "Yes"}
_NO: Text = {"ja": "いいえ", "en": "No"}
_UNTIL: Text = {"ja": "{day}まで", "en": "until {day}"}
_ELSEWHERE: Text = {"ja": "その他の国", "en": "Another country"}


@dataclass(frozen=True)
class Line:
    """One term of an offer as a sentence; `kind` is yes, no or must."""

    kind: str
    text: str


@dataclass(frozen=True)
class Compared:
    """One field of several offers: what each says of it, an empty text where it says nothing."""

    label: str
    cells: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return len(set(self.cells)) > 1


def label_of(name: str, locale: str) -> str:
    """What a field is called."""
    return in_language(fields()[name].label, locale)


def told(values: Values, name: str, locale: str) -> str:
    """What an offer says in a field; an empty text where it says nothing."""
    value = values.get(name)
    if value in (None, "", [], {}):
        return ""
    field = fields()[name]
    return _WORDS[field.kind](field, value, locale) if field.kind in _WORDS else str(value)


def terms_told(values: Values, locale: str) -> tuple[Line, ...]:
    """The terms of use in sentences: what is allowed, what is not, what must be done."""
    found: dict[str, Line] = {}
    for row in rows("sentences", __package__):
        name, value = row["field"], told(values, row["field"], locale)
        if value and name not in found and row["value"] in ("", _code(values[name])):
            found[name] = Line(row["kind"], in_language(row, locale).format(value=value))
    return tuple(found.values())


def compared(offers: Sequence[Values], locale: str) -> tuple[Compared, ...]:
    """What several offers say, field by field; fields of which none says anything are left out."""
    told_rows = ((name, tuple(told(offer, name, locale) for offer in offers)) for name in COMPARED)
    return tuple(Compared(label_of(name, locale), cells) for name, cells in told_rows if any(cells))


def in_language(texts: Text, locale: str) -> str:
    """A text in the reader's language, else in English, else in any."""
    return texts.get(locale.split("_", maxsplit=1)[0]) or texts.get("en") or next(iter(texts.values()), "")


def _code(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "|".join(value) if isinstance(value, list) else str(value)


def _together(words: Iterable[str], locale: str) -> str:
    return ("、" if spoken(locale) == "ja" else ", ").join(words)


def _term(field: Field, value: str, locale: str) -> str:
    return in_language(label(field.vocabulary, value), locale)


def _terms(field: Field, value: Sequence[str], locale: str) -> str:
    return _together((_term(field, code, locale) for code in value), locale)


def _texts(field: Field, value: Text, locale: str) -> str:
    return in_language(value, locale)


def _bool(field: Field, value: bool, locale: str) -> str:
    return in_language(_YES if value else _NO, locale)


def _licence(field: Field, value: str, locale: str) -> str:
    found = licence_for(value)
    return in_language(found.title, locale) if found else value


def _day(field: Field, value: str, locale: str) -> str:
    form = "d MMM y" if spoken(locale) == "en" else "long"
    return format_date(date.fromisoformat(value), form, locale=spoken(locale))


def _duration(field: Field, value: str, locale: str) -> str:
    return duration_in(locale, value)


def _term_or_date(field: Field, value: str, locale: str) -> str:
    if value.startswith("P"):
        return duration_in(locale, value)
    return in_language(_UNTIL, locale).format(day=_day(field, value, locale))


def _regions(field: Field, value: Sequence[str], locale: str) -> str:
    return _together((_region(code, locale) for code in value), locale)


def _country(field: Field, value: str, locale: str) -> str:
    return in_language(_ELSEWHERE, locale) if value == OTHER else _region(value, locale)


def _region(code: str, locale: str) -> str:
    """A country by its name, a prefecture by its own, another part of a country by its code."""
    country, _, part = code.partition("-")
    if country == "JP" and part:
        place = next((place for place in prefectures() if place.code[:2] == part), None)
        return (place.name if spoken(locale) == "ja" else place.name_en) if place else code
    name = Locale.parse(spoken(locale)).territories.get(country, country)
    return f"{name} ({code})" if part else name


def _percent(field: Field, value: str, locale: str) -> str:
    return f"{value}%"


_WORDS: dict[str, Callable[[Field, Any, str], str]] = {
    "bool": _bool,
    "country": _country,
    "date": _day,
    "duration": _duration,
    "licence": _licence,
    "open_term": _term,
    "open_terms": _terms,
    "percent": _percent,
    "regions": _regions,
    "term": _term,
    "term_or_date": _term_or_date,
    "terms": _terms,
    "texts": _texts,
}
