"""Offers as rows of a table: one column a field, one a language where a field is a text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...metadata.mapping.draft import json_or_none, many
from ...metadata.offers import fields
from ...metadata.parsing.cells import unguarded
from ...metadata.parsing.sheets import open_table
from ...types import Issue

LANGUAGES = ("ja", "en")
KEYS = ("dataset", "id", "revision")
"""Columns that say which offer a row is about."""
_TEXT = re.compile(r"(\w+?)_([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)")


@dataclass(frozen=True)
class Line:
    """One row: its line in the file, and its cells by column."""

    number: int
    cells: Mapping[str, str]


def columns(contents: Sequence[Mapping[str, Any]]) -> list[str]:
    """The header: the keys, then each field, texts in Japanese, English and whatever else is used."""
    return [*KEYS, *(column for name in fields() for column in _of(name, contents))]


def row(keys: Mapping[str, Any], content: Mapping[str, Any], header: Sequence[str]) -> list[str]:
    """An offer as cells."""
    return [str(keys[column]) if column in KEYS else _cell(content, *parsed(column)) for column in header]


@dataclass(frozen=True)
class Read:
    """A file as it was read: the header, the rows, and what is to be said of the file."""

    header: list[str]
    lines: Iterator[Line]
    issues: tuple[Issue, ...]


def read(data: bytes) -> Read:
    """A table as CSV or XLSX; SourceError where it is none."""
    found = open_table(data)
    rows = found.rows()
    first = next(rows, None)
    header = [unguarded(cell.strip()) for cell in first.cells] if first else []
    lines = (
        Line(each.number, {column: unguarded(cell) for column, cell in zip(header, each.cells, strict=False)})
        for each in rows
    )
    return Read(header, lines, found.issues)


def parsed(column: str) -> tuple[str, str]:
    """The field of a column, and its language; no field where there is no such column."""
    match = _TEXT.fullmatch(column)
    if match and match[1] in fields() and fields()[match[1]].kind == "texts":
        return match[1], match[2]
    known = column in fields() and fields()[column].kind != "texts"
    return (column, "") if known else ("", "")


def values(cells: Mapping[str, str], content: Mapping[str, Any]) -> dict[str, Any]:
    """The content as a row wants it: an empty cell empties, a column that is not there leaves what is."""
    wanted = {name: dict(value) if isinstance(value, Mapping) else value for name, value in content.items()}
    for column, cell in cells.items():
        name, tag = parsed(column)
        if tag:
            wanted[name] = {**wanted.get(name, {}), tag: cell}
        elif name:
            wanted[name] = _read(name, cell)
    return wanted


def _of(name: str, contents: Sequence[Mapping[str, Any]]) -> list[str]:
    if fields()[name].kind != "texts":
        return [name]
    used = {tag for content in contents for tag in content.get(name, {})} - set(LANGUAGES)
    return [f"{name}_{tag}" for tag in (*LANGUAGES, *sorted(used))]


def _cell(content: Mapping[str, Any], name: str, tag: str) -> str:
    value = content.get(name, {}).get(tag, "") if tag else content.get(name, "")
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, list):
        return str(value)
    plain = ", ".join(map(str, value))
    return plain if name != "links" and many(plain) == value else json.dumps(value, ensure_ascii=False)


def _read(name: str, cell: str) -> Any:
    found = json_or_none(cell) if fields()[name].kind == "links" else None
    return cell if found is None else found
