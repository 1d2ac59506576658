"""The standard tables as data: every generation's columns, what must be filled, and how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ...types import Text
from ..vocabularies.loader import Row, rows

_FILLED = frozenset({"必須", "値必須"})
_PRESENT = frozenset({*_FILLED, "項目のみ必須"})
_SURE = frozenset({"source", "implementations", "transcribed"})


@dataclass(frozen=True)
class Column:
    """One column of a standard table; `requirement` is the standard's own word, empty where nobody has told us."""

    name: str
    kind: str
    requirement: str = ""
    name_en: str = ""
    physical: str = ""
    values: tuple[str, ...] = ()
    stated: bool = True
    """Whether the type is written in the source; else it is ours, derived from the name."""

    @property
    def must_exist(self) -> bool:
        return self.requirement in _PRESENT

    @property
    def must_be_filled(self) -> bool:
        return self.requirement in _FILLED


@dataclass(frozen=True, eq=False)
class Standard:
    """One table of one generation."""

    generation: str
    number: str
    name: str
    name_en: str
    suffix: str
    confidence: str
    """`source`, `implementations` (two agree), `transcribed` (by hand), `names`, `published` (files), `incomplete`."""
    origin: str
    columns: tuple[Column, ...]
    generation_name: Text
    url: str

    @property
    def id(self) -> str:
        return f"{self.generation}/{self.number}"

    @property
    def title(self) -> Text:
        """The table and its generation, as a person says it."""
        return {
            "ja": f"{self.generation_name['ja']}「{self.name}」",
            "en": f"{self.generation_name['en']}: {self.name_en}",
        }

    @property
    def requirements_known(self) -> bool:
        """Whether we know what must be filled; otherwise every column has to be there."""
        return self.confidence in _SURE


@cache
def standards() -> tuple[Standard, ...]:
    """All tables that we know, newest common generation first."""
    columns: dict[tuple[str, str], list[Column]] = {}
    for row in _data("columns"):
        columns.setdefault((row["generation"], row["number"]), []).append(_column(row))
    generations = {row["key"]: row for row in _data("generations")}
    datasets = {row["number"]: row for row in _data("datasets")}
    return tuple(
        _standard(row, columns[row["generation"], row["number"]], generations[row["generation"]], datasets)
        for row in _data("tables")
    )


@cache
def standard(identifier: str) -> Standard | None:
    """The table with an id such as `std-v3/13`."""
    return next((found for found in standards() if found.id == identifier), None)


@cache
def spellings() -> dict[str, tuple[str, ...]]:
    """How real headers spell a column's name, beside its own."""
    return {row["column"]: tuple(row["spellings"].split("|")) for row in _data("aliases")}


def _data(name: str) -> tuple[Row, ...]:
    return rows(name, __name__.rpartition(".")[0])


def _column(row: Row) -> Column:
    return Column(
        row["column"],
        row["kind"],
        row["requirement"],
        row["name_en"],
        row["physical"],
        tuple(row["values"].split("|")) if row["values"] else (),
        row["stated"] == "yes",
    )


def _standard(row: Row, columns: list[Column], generation: Row, datasets: dict[str, Row]) -> Standard:
    dataset = datasets[row["number"]]
    return Standard(
        row["generation"],
        row["number"],
        row["name"],
        dataset["name_en"],
        dataset["suffix"],
        row["confidence"],
        row["origin"],
        tuple(columns),
        {"ja": generation["name"], "en": generation["name_en"]},
        generation["url"],
    )
