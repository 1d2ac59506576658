"""Findings of one pass over a table: counted in full, kept as examples only, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...types import Issue, Severity
from .cells import Reading
from .problems import Seen, cells_issue, mended_issue, severity_of
from .standards import Column

KEPT = 200
_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True)
class Cell:
    """One cell that is wrong: its row in the file, its column, what stands there and what is wrong."""

    row: int
    column: str
    value: str
    problem: str
    severity: Severity
    better: str = ""


class Findings:
    """What is wrong with cells, by column and problem."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []
        self.mended = 0
        self._seen: dict[tuple[str, str], Seen] = {}

    def add(self, row: int, column: Column, value: str, reading: Reading) -> None:
        """Note a cell with a problem, or one that is only spelt otherwise than it should be."""
        better = reading.value if reading.value != value else ""
        key = (column.name, reading.problem)
        if key not in self._seen:
            self._seen[key] = Seen(value, better, column.values)
        self._seen[key].add(row)
        if not reading.problem:
            self.mended += 1
        elif len(self.cells) < KEPT:
            cell = Cell(row, column.name, value[:100], reading.problem, severity_of(reading.problem), better[:100])
            self.cells.append(cell)

    def issues(self, columns: Sequence[Column]) -> Iterator[Issue]:
        """One Issue a column and problem, the worst first, in the order of the columns."""
        order = {column.name: index for index, column in enumerate(columns)}
        found = [
            cells_issue(problem, name, seen) if problem else mended_issue(name, seen)
            for (name, problem), seen in sorted(self._seen.items(), key=lambda item: order[item[0][0]])
        ]
        yield from sorted(found, key=lambda issue: _ORDER[issue.severity])
