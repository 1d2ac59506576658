"""A table against its standard in one pass: every cell is read, counts are true, memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from ...errors import SourceError
from ...types import Issue, Report
from ..parsing.sheets import Row, Table
from .cells import Reading, reader_for
from .content import Content, Kept, content
from .findings import Cell, Findings
from .headers import guessed, is_data
from .personal import Watch
from .problems import Seen, table_issue
from .recognise import Match
from .standards import Column

MAX_ROWS = 1_000_000
PREVIEW, SHOWN = 10, 200
"""Rows, and characters of a cell."""
KANA = "kana"
_REMEMBERED = 5_000
_IDS = frozenset({"ID", "NO", "No", "データセット_ID"})
_NOT_UNIQUE = frozenset({"06"})
"""Tables whose ID stands for several rows."""
_FINE = Reading("")


@dataclass(frozen=True)
class Checked:
    """What one pass over a table found."""

    report: Report
    match: Match | None
    header: tuple[str, ...]
    rows: int
    cells: tuple[Cell, ...]
    mended: int
    content: Content
    readings: Mapping[str, int] = field(default_factory=dict)
    """In how many rows each column of readings (kana) is filled, by its name in the standard."""

    @property
    def conforms(self) -> bool:
        """Recognised for certain, whole, with the standard's own names, and without an error."""
        return bool(self.match and self.match.complete and self.report.valid)

    def as_dict(self) -> dict[str, Any]:
        """The JSON face: the Report with what pages show beside it."""
        match = self.match
        return {
            **self.report.as_dict(),
            "standard": match.standard.id if match else "",
            "title": dict(match.standard.title) if match else {},
            "certain": bool(match and match.certain),
            "score": round(match.score, 2) if match else 0.0,
            "runner_up": match.runner_up if match else "",
            "conforms": self.conforms,
            "mended": self.mended,
            "header": list(self.header),
            "columns": [column.name if column else "" for column in match.columns] if match else [],
            "cells": [asdict(cell) for cell in self.cells],
            "preview": [[cell[:SHOWN] for cell in row] for row in self.content.rows[:PREVIEW]],
            "readings": dict(self.readings),
        }


def unreadable(error: SourceError) -> Checked:
    """What is said of a file that holds no table."""
    return _without_table(Issue("table.unreadable", "error", "", dict(error.texts)))


def unreachable(error: SourceError) -> Checked:
    """What is said of a file that could not be had: that is no fault of its content."""
    return _without_table(Issue("table.unreachable", "warning", "", dict(error.texts)))


def _without_table(issue: Issue) -> Checked:
    report = Report((issue,))
    return Checked(report, None, (), 0, (), 0, Content((), (), 0))


def check(table: Table, match: Match | None, *, personal: bool = True, max_rows: int = MAX_ROWS) -> Checked:
    """Read the whole table; SourceError where a line cannot be read."""
    header = match.header if match else guessed(table.rows())
    walk = _Walk(header, match, ragged=table.format == "csv", watch=Watch(header.cells, match) if personal else None)
    for row in table.rows():
        if row.number < header.number:
            walk.above += 1
        elif row.number > header.number and is_data(row) and not walk.take(row, max_rows):
            break
    issues = (*table.issues, *walk.issues())
    report = Report(issues, level=match.standard.id if match else "", checked=walk.rows)
    return Checked(
        report,
        match,
        tuple(header.cells),
        walk.rows,
        tuple(walk.findings.cells),
        walk.findings.mended,
        content(header.cells, match.columns if match else (), walk.kept.rows, walk.rows),
        walk.readings,
    )


@dataclass
class _Walk:
    """The pass itself: what it has met so far."""

    header: Row
    match: Match | None
    ragged: bool
    watch: Watch | None
    rows: int = 0
    above: int = 0
    cut: bool = False
    findings: Findings = field(default_factory=Findings)
    kept: Kept = field(default_factory=Kept)
    long: Seen = field(default_factory=Seen)
    short: Seen = field(default_factory=Seen)
    ids: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        columns = self.match.columns if self.match else ()
        self.columns = [(index, column) for index, column in enumerate(columns) if column]
        self._readers = [(index, column, reader_for(column), {}) for index, column in self.columns]
        unique = self.match is not None and self.match.standard.number not in _NOT_UNIQUE
        self._kana = [(index, column.name) for index, column in self.columns if column.kind == KANA]
        self.readings = dict.fromkeys((name for _, name in self._kana), 0)
        self._id = next(((i, column) for i, column in self.columns if unique and column.name in _IDS), None)

    def take(self, row: Row, max_rows: int) -> bool:
        """Look at one row; false when there have been enough."""
        if self.rows >= max_rows:
            self.cut = True
            return False
        self.rows += 1
        cells = self._padded(row)
        self.kept.add(cells)
        for index, column, read, known in self._readers:
            text = cells[index]
            reading = known.get(text)
            if reading is None:
                if len(known) > _REMEMBERED:
                    known.clear()
                reading = read(text)
                reading = known[text] = _FINE if reading == (text, "") else reading
            if reading is not _FINE:
                self.findings.add(row.number, column, text, reading)
        for index, name in self._kana:
            self.readings[name] += bool(cells[index].strip())
        if self._id:
            self._look_at_id(row.number, cells, *self._id)
        if self.watch:
            self.watch.see(cells)
        return True

    def _padded(self, row: Row) -> list[str]:
        width = len(self.header.cells)
        if len(row.cells) == width:
            return row.cells
        if any(cell.strip() for cell in row.cells[width:]):
            self.long.add(row.number)
        if self.ragged and len(row.cells) < width:
            self.short.add(row.number)
        return (row.cells + [""] * width)[:width]

    def _look_at_id(self, number: int, cells: Sequence[str], index: int, column: Column) -> None:
        text = cells[index]
        if not text.strip():
            return
        known = hash((text, cells[0]))
        if known in self.ids:
            self.findings.add(number, column, text, Reading(text, "duplicate"))
        self.ids.add(known)

    def issues(self) -> Iterator[Issue]:
        """Everything, from the table as a whole to its cells."""
        yield from _about_match(self.match)
        yield from _about_header(self.header.cells, self.match)
        if self.above:
            yield table_issue("above_header", count=self.above)
        if not self.rows:
            yield table_issue("no_rows")
        if self.cut:
            yield table_issue("too_many_rows", count=self.rows)
        for problem, seen in (("row_long", self.long), ("row_short", self.short)):
            if seen.count:
                yield table_issue(problem, seen=seen)
        yield from self.findings.issues([column for _, column in self.columns])
        if self.watch:
            yield from self.watch.issues()


def _about_match(match: Match | None) -> Iterator[Issue]:
    if match is None:
        yield table_issue("unknown")
    elif not match.certain:
        yield table_issue("likely", value=match.standard.title["ja"])


def _about_header(cells: Sequence[str], match: Match | None) -> Iterator[Issue]:
    names = [cell.strip() for cell in cells]
    for name in dict.fromkeys(name for name in names if name and names.count(name) > 1):
        yield table_issue("column_double", value=name, count=names.count(name))
    if names.count(""):
        yield table_issue("column_unnamed", count=names.count(""))
    if match is None:
        return
    required = [column.name for column in match.lacking if column.must_exist and match.certain]
    for name in required:
        yield table_issue("column_missing", value=name)
    own = [name for name, column in zip(names, match.columns, strict=True) if name and not column]
    lists = {
        "columns_missing": [column.name for column in match.lacking if column.name not in required],
        "columns_own": own,
        "columns_spelled": [f"{written} → {name}" for written, name in match.spelled],
    }
    for problem, found in lists.items():
        if found:
            yield table_issue(problem, value=_some(found), count=len(found))


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:8]) + (" …" if len(names) > 8 else "")
