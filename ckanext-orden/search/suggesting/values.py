"""The values by which datasets are narrowed, as suggestions find them: how they are written and how they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from ...metadata.parsing.text import fold, katakana_to_hiragana
from ...metadata.vocabularies import categories, municipality, theme_for

THEME_FIELD = "vocab_orden_theme"
MUNICIPALITY_FIELD = "vocab_orden_municipality"
FIELDS = {"place": MUNICIPALITY_FIELD, "theme": THEME_FIELD, "tag": "tags"}
"""The facet that narrows to a value of each kind; an organisation has a page."""

WRITTEN, READ = "suggest_written", "suggest_read"
"""Solr's two fields; each term is the mark of its kind, a name, and the value that is meant, packed."""

# Characters for private use are words to no analysis, so that they come back as they went.
MARKS = {"organization": "\ue100", "place": "\ue101", "theme": "\ue102", "tag": "\ue103"}
PRIVATE = re.compile("[\ue000-\uf8ff]")
FIRST = 0xE000

Names = tuple[str, ...]


def indexed(document: dict[str, Any]) -> dict[str, Any]:
    """An index document with its organisation, place, themes and tags under each of their names."""
    found = list(_values(document))
    return {
        **document,
        WRITTEN: _terms((kind, value, map(written, names)) for kind, value, names, _ in found),
        READ: _terms((kind, value, readings) for kind, value, _, readings in found),
    }


def written(name: str) -> str:
    """How a name is compared: width, case and kana are one."""
    return katakana_to_hiragana(PRIVATE.sub("", fold(name)))


def packed(value: str) -> str:
    """A value behind its names."""
    return "".join(chr(FIRST + byte) for byte in value.encode())


def unpacked(term: str) -> tuple[str, str]:
    """A term's name and value."""
    value = bytes(ord(char) - FIRST for char in term[1:] if FIRST <= ord(char) < FIRST + 256)
    return PRIVATE.sub("", term).strip(), value.decode()


def _values(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Names, Names]]:
    """Each value's kind, itself, how it is written and what its readings are made of."""
    organization = document.get("organization")
    if organization:
        title = document.get("organization_title") or organization
        yield "organization", organization, (title,), (title,)
    for code in document.get(MUNICIPALITY_FIELD) or ():
        yield ("place", code, *_place(code))
    for theme in document.get(THEME_FIELD) or ():
        yield ("theme", theme, *_theme(theme))
    for tag in document.get("tags") or ():
        yield "tag", tag, (tag,), (tag,)


@cache
def _place(code: str) -> tuple[Names, Names]:
    place = municipality(code)
    if place is None:
        return (code,), ()
    names = (place.name, place.full_name, place.name_en)
    return tuple(dict.fromkeys(filter(None, names))), (place.kana,)


@cache
def _theme(iri: str) -> tuple[Names, Names]:
    theme = theme_for(iri)
    if theme is None:
        return (iri,), (iri,)
    labels = [theme.label, *(category.label for category in categories() if category.theme == theme)]
    return tuple(name for label in labels for name in label.values()), tuple(label["ja"] for label in labels)


def _terms(named: Iterable[tuple[str, str, Iterable[str]]]) -> list[str]:
    return [MARKS[kind] + PRIVATE.sub("", name) + packed(value) for kind, value, names in named for name in names]
