"""Our vocabularies as data: CSV files beside this module, read once."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import TypeVar

from ..parsing.text import key

Term = TypeVar("Term")
Row = dict[str, str]


@cache
def rows(name: str, package: str = __name__.rpartition(".")[0]) -> tuple[Row, ...]:
    """All rows of `data/<name>.csv` of a package, ours unless another is named."""
    text = (files(package) / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def spellings(row: Row, *columns: str) -> Iterator[str]:
    """What a row may be called: the named columns and its list of spellings."""
    yield from (row[column] for column in columns if row[column])
    yield from (spelling for spelling in row.get("spellings", "").split("|") if spelling)


def by_key(pairs: Iterable[tuple[Term, Iterable[str]]]) -> dict[str, Term]:
    """An index of terms by the comparison key of each spelling; the first term keeps a spelling."""
    index: dict[str, Term] = {}
    for term, words in pairs:
        for word in words:
            index.setdefault(key(word), term)
    return index
