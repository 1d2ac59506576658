"""From the bytes of a list to a stored preview; nothing of the catalogue is touched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ckan import model
from ckan.model.types import make_uuid
from sqlalchemy import insert

from .. import config
from ..errors import SourceError
from ..metadata.mapping.differences import Taking
from ..metadata.mapping.list_fields import emptied
from ..metadata.mapping.open_data_list import together
from ..metadata.parsing.codes import repair
from ..metadata.parsing.open_data_list import ListFile, ListRow, read
from ..types import Issue
from . import problems, stored
from .model import ListItem, ListUpload, expiry, sweep
from .rows import Reader, Row

_AT_ONCE = 500


@dataclass(frozen=True)
class Given:
    """What a clerk hands in; `empties` says that an empty cell empties what is registered."""

    data: bytes
    filename: str = ""
    empties: bool = False


def preview(given: Given, owner: Mapping[str, Any], user_id: str) -> ListUpload:
    """Read, compare, judge and store; raises SourceError for a file that is no list."""
    list_file = _read(given)
    how = _taking(list_file, given)
    sweep()
    upload = ListUpload(
        id=make_uuid(),
        organization_id=owner["id"],
        user_id=user_id,
        filename=given.filename[:200],
        sha256=hashlib.sha256(given.data).hexdigest(),
        size=len(given.data),
        generation=list_file.generation,
        encoding=list_file.encoding,
        rows=len(list_file.rows),
        taking=_kept(how),
        issues=[problems.as_row(issue, list_file.generation) for issue in _of_the_file(list_file, owner)],
        expires=expiry(config.list_keep_days()),
    )
    model.Session.add(upload)
    model.Session.flush()
    _store(upload, list_file, Reader(list_file, dict(owner), stored.of(owner), how).rows())
    model.Session.commit()
    return upload


def taking(upload: ListUpload) -> Taking:
    """How the list of an upload is taken, on any worker."""
    kept = upload.taking
    of_files = frozenset(kept["emptied_in_a_file"])
    return Taking(config.site_url(), frozenset(kept["emptied"]), of_files, kept["removes_files"])


def _read(given: Given) -> ListFile:
    if len(given.data) > config.list_max_bytes():
        raise _too_much("bytes", len(given.data), config.list_max_bytes())
    list_file = read(given.data)
    if len(list_file.rows) > config.list_max_rows():
        raise _too_much("rows", len(list_file.rows), config.list_max_rows())
    return list_file


def _too_much(what: str, found: int, limit: int) -> SourceError:
    unit = {"bytes": "バイト", "rows": "行"}[what]
    return SourceError(
        f"The list has {found:,} {what}, at most {limit:,} may be handed in at once: split it.",
        ja=f"一覧が大きすぎます（{found:,}{unit}、上限{limit:,}{unit}）。分けて取り込んでください。",
    )


def _taking(list_file: ListFile, given: Given) -> Taking:
    """Files are taken away only by a list whose every row could be read."""
    site, whole = config.site_url(), list_file.complete
    if not given.empties:
        return Taking(site, removes_files=whole)
    columns = list_file.columns
    of_files = emptied(list_file.generation, columns, of_file=True)
    return Taking(site, emptied(list_file.generation, columns), of_files, whole)


def _kept(how: Taking) -> dict[str, Any]:
    return {
        "emptied": sorted(how.emptied),
        "emptied_in_a_file": sorted(how.emptied_in_a_file),
        "removes_files": how.removes_files,
    }


def _of_the_file(list_file: ListFile, owner: Mapping[str, Any]) -> Iterator[Issue]:
    yield from (issue for issue in list_file.issues if issue.severity != "error" and issue.code != "list.short")
    code = owner.get("orden_municipality")
    column = {"new": "全国地方公共団体コード", "old": "都道府県コード又は市区町村コード"}[list_file.generation]
    written = {found for row in list_file.rows if (found := repair(row.get(column)).value)}
    if code and written and code not in written:
        yield problems.said("list.other_body", value=", ".join(sorted(written)), field="orden_municipality")


def _store(upload: ListUpload, list_file: ListFile, rows: Iterable[Row]) -> None:
    written = together(list_file)
    numbered = enumerate(rows)
    while some := list(islice(numbered, _AT_ONCE)):
        model.Session.execute(insert(ListItem), [_values(upload, position, row, written) for position, row in some])


def _values(upload: ListUpload, position: int, row: Row, written: Mapping[int, list[ListRow]]) -> dict[str, Any]:
    rows = written.get(row.place.line or 0, []) if row.state == "wrong" else []
    return {
        "upload_id": upload.id,
        "position": position,
        "line": row.place.line,
        "file_lines": list(row.place.file_lines),
        "title": row.title,
        "guid": row.guid,
        "state": row.state,
        "dataset_id": row.dataset_id,
        "wanted": row.wanted,
        "written": [{"line": one.number, "cells": one.cells} for one in rows] or None,
        "changes": row.changes,
        "issues": [problems.as_row(issue, upload.generation) for issue in row.issues],
        "indexed": True,
    }
