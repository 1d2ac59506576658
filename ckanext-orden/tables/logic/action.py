"""Actions of the room: check a file, show a report, have it made again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, cast

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Action, Context, ErrorDict

from ... import config
from ...errors import SourceError
from ...metadata.tables import series
from ...metadata.tables.check import Checked, unreachable, unreadable
from ...metadata.tables.content import Content
from ...metadata.tables.examine import examine
from ...metadata.tables.places import places
from ...types import Issue
from .. import checking, contents, files, jobs
from ..model import TableReport
from . import schema

__all__ = [
    "orden_table_report_show",
    "orden_table_report_update",
    "orden_table_row_search",
    "orden_table_validate",
    "package_update",
]

SUBJECTS = ("upload", "content", "url", "id")
WEB_ROWS = 200_000
"""Rows that are looked at while somebody waits."""
ISSUES = "orden_issues"


@tk.side_effect_free
def orden_table_validate(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Check a CSV or Excel file against the standard table that it is; nothing is stored.

    :param upload: the file, or
    :param content: its text, or
    :param url: its address, or
    :param id: the id of a resource of this site: exactly one of the four
    :param name: the file's name, which supports the recognition
    :returns: the Report (valid, checked, errors, warnings, infos, issues) with the recognised `standard`, `certain`,
        `conforms`, the wrong `cells`, `header`, `columns`, the first rows as `preview`, and in how many rows each
        column of readings is filled (`readings`)
    """
    data, errors = tk.navl_validate(data_dict, schema.orden_table_validate(), context)
    if not errors and sum(bool(data.get(name)) for name in SUBJECTS) != 1:
        errors = {"content": [tk._("Give exactly one of upload, content, url and id")]}
    if errors:
        raise tk.ValidationError(cast(ErrorDict, errors))
    tk.check_access("orden_table_validate", context, data)
    return _checked(context, data).as_dict()


@tk.side_effect_free
def orden_table_report_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """The stored report on a resource's file.

    :param id: the id of the resource
    """
    resource_id = tk.get_or_bust(data_dict, "id")
    tk.check_access("orden_table_report_show", context, {"id": resource_id})
    found = TableReport.of(resource_id)
    if not found:
        raise tk.ObjectNotFound(tk._("This file has not been checked yet"))
    return {**found.report, "resource_id": resource_id, "made_at": found.made_at.isoformat()}


@tk.side_effect_free
def orden_table_row_search(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Rows of a registered file as it was last read, those that hold some words, in the order of a column.

    :param id: the id of the resource
    :param q: words, all of which a row must hold, in any width and case
    :param sort: the name of a column; ` desc` behind it for the other direction
    :param limit: how many rows, at most 1000 (default 20)
    :param offset: how many to leave out first
    :param row: the number of a row: the page of `limit` rows that holds it is given, where it is among those found
    :param places: true for the places among all rows found, with their coordinates, at most 10,000
    :param draw: true for the points of a chart of all rows found
    :param label: the column whose values are the labels of the chart; without it the one that tells most is taken
    :param value: the column of the numbers; without it rows are counted
    :returns: `fields` (each with `name`, its name in the standard as `column`, and `kind`), `rows` (each with its
        number `row` and its `cells`), `offset`, `count` (rows found), `total` (rows of the file), `complete` (whether
        all of them are looked through), `made_at`; `places` (`row`, `name`, `latitude`, `longitude`) and how many rows
        are `without` one, or None where the table has no coordinates; `labels` and `numbers` (columns to draw) and
        `chart` (`label`, `value`, `points`, `over_time`, `left_out`, `summed`), None where nothing can
    """
    data, errors = tk.navl_validate(data_dict, schema.orden_table_row_search(), context)
    if errors:
        raise tk.ValidationError(cast(ErrorDict, errors))
    tk.check_access("orden_table_row_search", context, data)
    row = TableReport.of(data["id"])
    if not row or not row.content:
        raise tk.ObjectNotFound(tk._("No rows are kept of this file"))
    last = data["offset"] + data["limit"]
    narrowed = bool(data["q"].strip() or data["sort"] or data["places"] or data["draw"] or data["row"])
    content, kept = contents.unpacked(row.content, None if narrowed else last)
    if not contents.is_order(content, data["sort"]):
        raise tk.ValidationError({"sort": [tk._("There is no column of this name")]})
    found = contents.found(content, data["q"], data["sort"])
    page = contents.page_of(found, data["row"], data["limit"]) if data["row"] else None
    offset = data["offset"] if page is None else page
    answer = {
        "fields": [asdict(field) for field in content.fields],
        "rows": [{"row": number, "cells": list(cells)} for number, cells in found[offset : offset + data["limit"]]],
        "offset": offset,
        "count": len(found) if narrowed else kept,
        "total": content.total,
        "complete": kept == content.total,
        "made_at": row.made_at.isoformat(),
    }
    answer |= _places(content, found) if data["places"] else {}
    return answer | (_chart(content, found, data["label"], data["value"]) if data["draw"] else {})


def _chart(content: Content, rows: Sequence[contents.Numbered], label: str, value: str) -> dict[str, Any]:
    cells = [row for _, row in rows]
    asked = (label, value) if label else series.suggested(content, cells)
    drawn = series.series(content, cells, *asked) if asked else None
    known = {"labels": series.labels(content), "numbers": series.numbers(content)}
    return {**known, "chart": asdict(drawn) if drawn else None}


def _places(content: Content, rows: Sequence[contents.Numbered]) -> dict[str, Any]:
    found = places(content, rows)
    if found is None:
        return {"places": None, "without": len(rows)}
    return {"places": [asdict(place) for place in found.places], "without": found.without}


def orden_table_report_update(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Has the files of the resource's dataset checked again by a job, changed or not.

    :param id: the id of the resource
    :returns: `queued`: whether a job could be asked for
    """
    resource_id = tk.get_or_bust(data_dict, "id")
    tk.check_access("orden_table_report_update", context, {"id": resource_id})
    resource = model.Resource.get(resource_id)
    if not resource or not resource.package_id:
        raise tk.ObjectNotFound(tk._("Resource not found"))
    return {"id": resource_id, "queued": jobs.queue([resource.package_id], again=True)}


@tk.chained_action
def package_update(original: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """CKAN's action; the dataset's report keeps the warnings of personal data in its files."""
    package = model.Package.get(str(data_dict.get("id") or data_dict.get("name") or ""))
    carried = cast("dict[str, Any]", context)
    given = carried.get(ISSUES, ())
    found = [Issue(**issue) for issue in checking.personal_issues(package.id)] if package else []
    carried[ISSUES] = (*given, *found)
    try:
        return original(context, data_dict)
    finally:
        carried[ISSUES] = given


def _checked(context: Context, data: dict[str, Any]) -> Checked:
    if data.get("id"):
        return _resource_checked(context, data["id"])
    subject = {"url": data.get("url") or data.get("name", ""), "name": ""}
    if data.get("url"):
        return _read_and_checked(subject, config.table_max_upload_bytes())
    limit = config.table_max_upload_bytes()
    upload = data.get("upload")
    if upload is None:
        content = data["content"].encode("utf-8", "surrogatepass")
    else:
        content = upload.stream.read(limit + 1)
        subject["url"] = subject["url"] or upload.filename or ""
    if len(content) > limit:
        return unreadable(files.too_large(limit))
    return examine(content, checking.context_of({}, subject), max_rows=WEB_ROWS)


def _resource_checked(context: Context, resource_id: str) -> Checked:
    resource = tk.get_action("resource_show")(Context(context), {"id": resource_id})
    return _read_and_checked(resource, files.limit_of(resource))


def _read_and_checked(resource: dict[str, Any], limit: int) -> Checked:
    try:
        file = files.read(resource, limit, seconds=20.0)
    except SourceError as error:
        return unreachable(error)
    return examine(file.data if file else b"", checking.context_of({}, resource), max_rows=WEB_ROWS)
