"""What Solr is asked while somebody types, and what he is shown."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pysolr
from ckan.lib.search.common import make_connection

from .beginnings import as_read, as_written, readings
from .values import MARKS, READ, WRITTEN, unpacked, written

HANDLER = "/orden-suggest"
DEFAULT_LIMIT, MAX_LIMIT = 10, 20
MOST = {"organization": 3, "place": 2, "theme": 2, "tag": 3}
"""How many of each kind at most, in the order in which kinds are shown; datasets follow."""
DATASET = "dataset"
FIRST = "\ue10f"
"""Stands before a title's first word in `title_read`."""
SOLR_SIGNS = re.compile(r'([+\-&|!(){}\[\]^"~*?:\\/])')
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Value:
    """A value that datasets are narrowed by; `begins` where one of its names begins with what was typed."""

    kind: str
    value: str
    count: int
    begins: bool


@dataclass(frozen=True)
class Found:
    """Values, the best of each kind first, and datasets (`name`, `title`, `organization_title`)."""

    values: Sequence[Value]
    datasets: Sequence[Mapping[str, str]]


def find(typed: str, limit: int, filters: Sequence[str]) -> Found:
    """What begins as it was typed, or has a word that does; nothing where this Solr cannot tell.

    :param filters: what the reader may see, as Solr's `fq`
    """
    asked = {**request(typed), "rows": limit, "fq": list(filters)}
    try:
        answer = make_connection(decode_dates=False).search("", search_handler=HANDLER, **asked)
    except pysolr.SolrError as error:
        log.warning("Solr does not answer what to suggest (an older configset?): %s", error)
        return Found([], [])
    return Found(values(answer.facets.get("facet_fields", {}), typed), list(answer))


def request(typed: str) -> dict[str, Any]:
    """The parameters of Solr's `/orden-suggest`; the mark of a kind stands before each name."""
    short, read, name = len(typed) == 1, as_read(typed), as_written(typed)
    fields = {WRITTEN: f".{name}.*" if short else f"..*?{name}.*"}
    if read:
        fields[READ] = f". ?{read}.*" if short else f".(.* )?{read}.*"
    return {
        "titles": titles(typed),
        "facet.field": [
            f"{{!ex=typed key={kind}.{field} facet.prefix='{mark}'}}{field}"
            for kind, mark in MARKS.items()
            for field in fields
        ],
        **{f"f.{field}.facet.matches": pattern for field, pattern in fields.items()},
        **{f"f.{field}.facet.contains": text for field, text in _held(typed).items()},
    }


def _held(typed: str) -> dict[str, str]:
    """What each name that matches holds: Solr looks for that first, which is much faster than a pattern."""
    first = {read[0] for read in readings(typed)}
    return {WRITTEN: written(typed), **({READ: f" {first.pop()}"} if len(first) == 1 else {})}


def titles(typed: str) -> str:
    """Solr's query for titles: those that begin so, then those with words that are read so, then those that hold it."""
    begins = [f"title_exact:{_prefix(typed)}^=8", *(f"title_read:{FIRST}{read}*^=4" for read in readings(typed))]
    words = " AND ".join(f"({' OR '.join(_inside(word))})" for word in typed.split())
    return " OR ".join([*begins, f"({words})"])


def values(facets: Mapping[str, Sequence[Any]], typed: str) -> list[Value]:
    """The values that Solr has counted, each once."""
    best: dict[tuple[str, str], Value] = {}
    for value in _counted(facets, typed):
        known = best.get((value.kind, value.value))
        if known is None or value.begins > known.begins:
            best[value.kind, value.value] = value
    return sorted(best.values(), key=lambda value: (not value.begins, -value.count, value.value))


def fitting(found: Found, limit: int) -> tuple[list[Value], Sequence[Mapping[str, str]]]:
    """What there is room for: at least half of it for datasets, as far as there are any."""
    room = limit - min(len(found.datasets), limit // 2)
    chosen = [value for kind, most in MOST.items() for value in _of(found.values, kind)[:most]]
    kept = sorted(chosen, key=lambda value: not value.begins)[:room]
    return [value for value in chosen if value in kept], found.datasets[: limit - len(kept)]


def _of(values: Iterable[Value], kind: str) -> list[Value]:
    return [value for value in values if value.kind == kind]


def _counted(facets: Mapping[str, Sequence[Any]], typed: str) -> Iterator[Value]:
    begun = {WRITTEN: re.compile(as_written(typed)), READ: re.compile(as_read(typed) or "(?!)")}
    for key, counted in facets.items():
        kind, _, field = key.partition(".")
        for term, count in zip(counted[::2], counted[1::2], strict=True):
            name, value = unpacked(term)
            yield Value(kind, value, count, begun[field].match(name) is not None)


def _inside(word: str) -> list[str]:
    return [f"title_ngram:{_phrase(word)}^=1", *(f"title_read:{read}*^=2" for read in readings(word))]


def _phrase(typed: str) -> str:
    return '"' + typed.replace("\\", " ").replace('"', " ") + '"'


def _prefix(typed: str) -> str:
    return SOLR_SIGNS.sub(r"\\\1", typed).replace(" ", r"\ ") + "*"
