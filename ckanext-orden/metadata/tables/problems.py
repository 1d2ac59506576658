"""What can be wrong with a table and its cells, in words, each with the way out: `data/problems.csv`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import cast

from ...types import Issue, Severity, Text
from ..vocabularies.loader import Row, rows

_LANGUAGES = ("ja", "en")


def severity_of(problem: str) -> Severity:
    return cast(Severity, _said()[problem]["severity"])


def words_of(problem: str) -> Text:
    """What a problem of cells is called, for a list of cells."""
    return {language: _said()[problem][language] for language in _LANGUAGES}


def hint_for(problem: str, values: Sequence[str] = ()) -> Text:
    """How such cells are mended."""
    said = _said()[problem]
    choices = {"ja": "」「".join(values), "en": ", ".join(values)}
    return {language: said[f"hint_{language}"].replace("{values}", choices[language]) for language in _LANGUAGES}


def cells_issue(problem: str, column: str, seen: Seen) -> Issue:
    """What is wrong with the cells of one column."""
    words = words_of(problem)
    message = {
        "ja": f"列「{column}」に{words['ja']}が{seen.count}件あります（{seen.where['ja']}）。",
        "en": f"“{column}” has {seen.count} {words['en']} ({seen.where['en']}).",
    }
    hint = hint_for(problem, seen.choices)
    return Issue(f"table.{problem}", severity_of(problem), column, message, hint, value=seen.value)


def mended_issue(column: str, seen: Seen) -> Issue:
    """Cells whose meaning is clear and whose spelling is not the standard's."""
    example = {"ja": f"「{seen.value}」→「{seen.better}」", "en": f"“{seen.value}” → “{seen.better}”"}
    message = {
        "ja": f"列「{column}」の{seen.count}件は書き方を補正できます（{example['ja']}、{seen.where['ja']}）。",
        "en": f"{seen.count} cells of “{column}” can be tidied ({example['en']}, {seen.where['en']}).",
    }
    hint = {"ja": "補正したファイルをダウンロードできます。", "en": "The corrected file can be downloaded."}
    return Issue("table.mended", "info", column, message, hint, value=seen.value)


def table_issue(problem: str, *, value: str = "", count: int = 0, seen: Seen | None = None) -> Issue:
    """What is wrong with the table as a whole."""
    message = {}
    for language in _LANGUAGES:
        rows_ = seen.where[language] if seen else ""
        count = seen.count if seen else count
        message[language] = _said()[problem][language].format(value=value, count=count, rows=rows_)
    return Issue(f"table.{problem}", severity_of(problem), "", message, hint_for(problem), value=value[:200])


class Seen:
    """How often something was met in a column, in which rows first, and what it looked like."""

    EXAMPLES = 5

    def __init__(self, value: str = "", better: str = "", choices: Sequence[str] = ()) -> None:
        self.count = 0
        self.rows: list[int] = []
        self.value, self.better, self.choices = value[:100], better[:100], tuple(choices)

    def add(self, row: int) -> None:
        self.count += 1
        if len(self.rows) < self.EXAMPLES:
            self.rows.append(row)

    @property
    def where(self) -> Text:
        """The first rows, in words."""
        numbers, more = ", ".join(map(str, self.rows)), self.count > len(self.rows)
        row = "row" if self.count == 1 else "rows"
        return {"ja": f"{numbers}行目{'ほか' if more else ''}", "en": f"{row} {numbers}{' and more' if more else ''}"}


@cache
def _said() -> dict[str, Row]:
    return {row["problem"]: row for row in rows("problems", __name__.rpartition(".")[0])}
