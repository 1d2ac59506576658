"""Which standard table a file is: told by its header, confirmed by its name, title and keywords."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from ..parsing.sheets import Row
from ..parsing.text import key
from .headers import WITHIN, is_own_name, matched, may_be_header, names_columns
from .standards import Column, Standard, standards

ENOUGH = 0.5
"""The header's own score below which no other evidence helps."""
CERTAIN = 0.8
_LEAD, _GENERATION_LEAD = 0.08, 0.02
_RARE, _RARE_SHARE = 0.5, 1 / 3
_SPELLED = 0.8
_UNKNOWN = 0.3
_SUFFIX, _TITLE = 0.1, 0.05
_COMMON = 0.03
_LIST = re.compile("一覧|情報|リスト|箇所|データ")


@dataclass(frozen=True)
class Match:
    """The table that a file is, how sure we are (0 to 1), and what it might be instead."""

    standard: Standard
    score: float
    header: Row
    columns: tuple[Column | None, ...]
    """The column that each cell of the header means; None for a column of the publisher's own.

    A table that is only likely owes the standard nothing: its columns require nothing.
    """
    runner_up: str = ""
    runner_up_score: float = 0.0
    certain: bool = False

    @property
    def lacking(self) -> list[Column]:
        """The columns of the standard that the header does not have."""
        there = {column.name for column in self.columns if column}
        return [column for column in self.standard.columns if column.name not in there]

    @property
    def spelled(self) -> list[tuple[str, str]]:
        """Names in the header that are not the standard's own, and these."""
        pairs = zip(self.header.cells, self.columns, strict=True)
        return [(cell.strip(), column.name) for cell, column in pairs if column and not is_own_name(cell, column)]

    @property
    def complete(self) -> bool:
        """Whether every column is there that the standard asks for, under its own name."""
        lacking = self.lacking
        if self.standard.requirements_known:
            lacking = [column for column in lacking if column.must_exist]
        return self.certain and not lacking and not self.spelled


@dataclass(frozen=True)
class _Candidate:
    standard: Standard
    header: Row
    score: float
    own_names: float

    @property
    def as_generation(self) -> float:
        """What tells the generations of one table apart."""
        return self.score + self.own_names


def recognise(
    rows: Iterable[Row],
    *,
    name: str = "",
    title: str = "",
    keywords: Sequence[str] = (),
    among: Sequence[Standard] = (),
) -> Match | None:
    """The standard table that the first rows of a file are, None for a table of the publisher's own."""
    context = key(" ".join([title, *keywords]))
    found = [
        _Candidate(standard, row, score + _evidence(standard, name, context), _own_names(row.cells, standard))
        for row in islice(rows, WITHIN)
        if may_be_header(row) and names_columns(row)
        for standard in among or standards()
        if (score := _score(row.cells, standard)) >= ENOUGH
    ]
    if not found:
        return None
    number = max(found, key=lambda candidate: candidate.score).standard.number
    same = [candidate for candidate in found if candidate.standard.number == number]
    same.sort(key=lambda candidate: -candidate.as_generation)
    others = [candidate for candidate in found if candidate.standard.number != number]
    return _match(same[0], same[1:2], sorted(others, key=lambda candidate: -candidate.score)[:1])


def _match(best: _Candidate, generation: Sequence[_Candidate], other: Sequence[_Candidate]) -> Match:
    """Certain is what scores high and leads the next generation and the next table."""
    second = next(iter(sorted([*generation, *other], key=lambda candidate: -candidate.score)), None)
    certain = (
        best.score >= CERTAIN
        and all(best.score - candidate.score >= _LEAD for candidate in other)
        and all(best.as_generation - candidate.as_generation >= _GENERATION_LEAD for candidate in generation)
    )
    columns = matched(best.header.cells, best.standard)
    return Match(
        best.standard,
        min(best.score, 1.0),
        best.header,
        columns if certain else tuple(column and replace(column, requirement="") for column in columns),
        second.standard.id if second else "",
        min(second.score, 1.0) if second else 0.0,
        certain,
    )


def _score(cells: Sequence[str], standard: Standard) -> float:
    """How well header and table cover each other; columns that every table has say little."""
    columns = matched(cells, standard)
    pairs = [(cell, column) for cell, column in zip(cells, columns, strict=True) if column]
    weights = _weights()
    rare = {column.name for column in standard.columns if weights[column.name] >= _RARE}
    if len(pairs) < 3 or len(rare & {column.name for _, column in pairs}) < _RARE_SHARE * len(rare):
        return 0.0
    common = sum(weights[column.name] * (1 if is_own_name(cell, column) else _SPELLED) for cell, column in pairs)
    whole = sum(weights[column.name] for column in standard.columns)
    strange = _UNKNOWN * sum(bool(cell.strip()) and not column for cell, column in zip(cells, columns, strict=True))
    covered, kept = common / whole, common / (common + strange)
    return 2 * covered * kept / (covered + kept)


def _own_names(cells: Sequence[str], standard: Standard) -> float:
    """The share of columns that bear their own names."""
    pairs = zip(cells, matched(cells, standard), strict=True)
    exact = sum(bool(column and is_own_name(cell, column)) for cell, column in pairs)
    return 2 * exact / (len(cells) + len(standard.columns))


@cache
def _weights() -> dict[str, float]:
    """The rarer a column among the tables, the more it tells."""
    numbers: dict[str, set[str]] = {}
    for standard in standards():
        for column in standard.columns:
            numbers.setdefault(column.name, set()).add(standard.number)
    total = len({standard.number for standard in standards()})
    return {name: _COMMON + math.log(total / len(found)) / math.log(total) for name, found in numbers.items()}


def _evidence(standard: Standard, name: str, context: str) -> float:
    suffix = standard.suffix and re.search(rf"(?<![a-z]){standard.suffix}(?![a-z])", name.lower())
    words = key(_LIST.sub("", standard.name))
    return _SUFFIX * bool(suffix) + _TITLE * (words in context)
