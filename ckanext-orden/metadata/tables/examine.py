"""A file from its bytes to its report, or to its corrected form: what pages, jobs and commands call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...errors import SourceError
from ..parsing.sheets import open_table
from .check import MAX_ROWS, Checked, check, unreadable
from .correct import csv_chunks
from .features import examine_features, is_geojson
from .recognise import recognise

VERSION = 3
"""Raise it after a change of the checks: every file is then checked again, changed or not."""


@dataclass(frozen=True)
class Context:
    """What is known of a file beside its bytes: it supports the recognition."""

    name: str = ""
    title: str = ""
    keywords: Sequence[str] = ()


def examine(data: bytes, context: Context, *, personal: bool = True, max_rows: int = MAX_ROWS) -> Checked:
    """Read, recognise and check a file; one that holds no table gets a report that says why."""
    try:
        if is_geojson(data):
            return examine_features(data, personal=personal, max_rows=max_rows)
        table = open_table(data)
        match = recognise(table.rows(), name=context.name, title=context.title, keywords=context.keywords)
        return check(table, match, personal=personal, max_rows=max_rows)
    except SourceError as error:
        return unreadable(error)


def corrected(data: bytes, context: Context) -> Iterator[bytes]:
    """The corrected CSV in pieces; SourceError at once if the file holds no table."""
    table = open_table(data)
    match = recognise(table.rows(), name=context.name, title=context.title, keywords=context.keywords)
    return csv_chunks(table, match)
