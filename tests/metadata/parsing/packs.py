"""Excel files as tests need them: made by openpyxl, then changed part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import openpyxl

ROWS = [["名称", "緯度"], ["本町公園", 34.6863], ["中之島", 34]]


def book(rows: Iterable[Sequence[object]] = ROWS, change: Callable[[Any], object] | None = None) -> bytes:
    """A workbook with one sheet; `change` gets the workbook before it is saved."""
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(list(row))
    if change:
        change(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def repacked(data: bytes, changes: dict[str, bytes | Callable[[bytes], bytes] | None], more: int = 0) -> bytes:
    """The same pack with parts replaced, changed or left out, and `more` empty parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        names = dict.fromkeys([*old.namelist(), *changes])
        for name in names:
            change = changes.get(name, lambda content: content)
            if change is not None:
                new.writestr(name, change if isinstance(change, bytes) else change(old.read(name)))
        for index in range(more):
            new.writestr(f"xl/more{index}.xml", b"")
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
