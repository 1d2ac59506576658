"""The rows of an upload as a table that can be taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ..metadata.parsing.list_columns import COLUMNS, TO_MEND, Generation
from .helpers import orden_list_value, orden_list_word
from .wording import text_of


def table(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[object]]:
    """A header, then a line a row: where it stands, what it is, what came of it, and why."""
    yield [
        tk._("Line"),
        tk._("Title"),
        tk._("State"),
        tk._("Result"),
        tk._("Page of the dataset"),
        tk._("Changes"),
        tk._("What is wrong"),
        tk._("Identifier"),
    ]
    for row in rows:
        yield [
            row["line"] or "",
            row["title"],
            orden_list_word(row["state"]),
            orden_list_word(row["outcome"]),
            tk.h.url_for("dataset.read", id=row["dataset"], qualified=True) if row["dataset"] else "",
            "; ".join(map(_change, row["changes"])),
            "; ".join(map(_issue, row["issues"])),
            row["identifier"],
        ]


def to_mend(rows: Iterable[Mapping[str, Any]], generation: Generation) -> Iterator[list[object]]:
    """The rows of wrong datasets as the list had them, with what is to be mended: a list to be handed in again."""
    written: dict[int, Mapping[str, str]] = {}
    against: dict[int, list[str]] = {}
    for row in rows:
        written |= {one["line"]: one["cells"] for one in row["written"] or []}
        for issue in row["issues"]:
            if issue["severity"] == "error":
                against.setdefault(issue["line"] or row["line"], []).append(_issue(issue))
    yield [*COLUMNS[generation], TO_MEND]
    for line, cells in sorted(written.items()):
        yield [*(cells.get(column, "") for column in COLUMNS[generation]), "; ".join(against.get(line, ()))]


def _change(change: Mapping[str, Any]) -> str:
    before, after = (orden_list_value(change["field"], change[side]) for side in ("before", "after"))
    return f"{change['column'] or tk._('File')}: {before} → {after}"


def _issue(issue: Mapping[str, Any]) -> str:
    where = " ".join(filter(None, (str(issue["line"] or ""), issue["column"])))
    return ": ".join(filter(None, (where, text_of(issue))))
