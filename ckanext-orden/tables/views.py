"""Web doors of the room: the validator's page, a file's report, its corrected form, the standards as schemas."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, jsonify

from .. import config
from ..errors import SourceError
from ..helpers import charts, orden_text
from ..helpers.links import Pages
from ..limiting import TooOften, count_check
from ..metadata.tables.content import Field
from ..metadata.tables.examine import Context, corrected, examine
from ..metadata.tables.places import name_of, places
from ..metadata.tables.schema import descriptor
from ..metadata.tables.standards import standard
from . import backgrounds, checking, contents, files, maps
from .exporting import FORMS
from .logic.action import WEB_ROWS
from .model import TableReport

blueprint = Blueprint("orden_table", __name__)
ROWS = 50
"""Rows on a page."""
LONGEST = 200
"""Characters of what is looked for in rows."""


@blueprint.get("/validate/table")
def validator() -> str:
    """The form."""
    return _page({})


@blueprint.post("/validate/table")
def validate() -> Response | str:
    """The report on what was uploaded or pasted, or with the other button its corrected form."""
    given = {name: tk.request.form.get(name, "").strip() for name in ("source", "content")}
    try:
        count_check()
    except TooOften as error:
        return _page(given, problem=error.description)
    upload = tk.request.files.get("upload")
    name, data = "", tk.request.form.get("content", "").encode("utf-8", "surrogatepass")
    if upload and upload.filename:
        name, data = upload.filename, upload.stream.read(config.table_max_upload_bytes() + 1)
    if given["source"] and not data:
        return _page(given, **_fetched(given["source"]))
    if not data.strip():
        return _page(given, problem=tk._("Choose a file, paste a table, or give an address."))
    if len(data) > config.table_max_upload_bytes():
        return _page(given, problem=orden_text(files.too_large(config.table_max_upload_bytes()).texts))
    if tk.request.form.get("as") == "csv":
        return _corrected(data, Context(name), name or "table.csv")
    return _page(given, report=examine(data, Context(name), max_rows=WEB_ROWS).as_dict(), subject=name)


@blueprint.get("/dataset/<id>/resource/<resource_id>/rows")
def rows(id: str, resource_id: str) -> str:
    """What is in a registered file: its rows, searched and sorted, and where they are on a map."""
    dataset, resource = _shown(id, resource_id)
    page = max(tk.h.get_page_number(tk.request.args), 1)
    q, sort = _asked()
    row = _row()
    asked = {"id": resource_id, "q": q, "sort": sort, "limit": ROWS, "offset": (page - 1) * ROWS, "places": True}
    asked |= {"row": row if "page" not in tk.request.args else 0}
    asked |= {"draw": True, **{name: tk.request.args.get(name, "")[:LONGEST] for name in ("label", "value")}}
    try:
        found = tk.get_action("orden_table_row_search")({}, asked)
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error.message))
    except tk.NotAuthorized as error:
        return tk.abort(403, str(error.message))
    except tk.ValidationError:
        return tk.abort(404, tk._("There is no column of this name"))
    given = {"pkg": dataset, "pkg_dict": dataset, "resource": resource, "found": found}
    given |= {"q": q, "sort": sort, "page": Pages(found["offset"] // ROWS + 1, -(-found["count"] // ROWS))}
    given["forms"] = [form for form in FORMS.values() if found["places"] or not form.located]
    if found["places"]:
        given |= {"map": maps.drawn(found["places"], {shown["row"] for shown in found["rows"]}), "row": row}
        given |= {"tiles": backgrounds.tiles(), "name_column": name_of(Field(**field) for field in found["fields"])}
    if found["chart"]:
        given["drawing"] = charts.drawn(found["chart"])
    return tk.render("orden_table/rows.html", given)


@blueprint.get("/dataset/<id>/resource/<resource_id>/rows.<ending>")
def rows_file(id: str, resource_id: str, ending: str) -> Response:
    """The rows that the page shows, all pages of them, in another form."""
    form = FORMS.get(ending)
    _, resource = _shown(id, resource_id)
    try:
        tk.check_access("orden_table_row_search", {}, {"id": resource_id})
    except tk.NotAuthorized as error:
        return tk.abort(403, str(error.message))
    stored = TableReport.of(resource_id)
    if not form or not stored or not stored.content:
        return tk.abort(404, tk._("No rows are kept of this file"))
    content, _ = contents.unpacked(stored.content)
    q, sort = _asked()
    if not contents.is_order(content, sort):
        return tk.abort(404, tk._("There is no column of this name"))
    if form.located and places(content, ()) is None:
        return tk.abort(404, tk._("The rows do not say where they are"))
    data = form.make(content, contents.found(content, q, sort))
    name = PurePath(files.name_of(resource) or resource_id).stem
    return Response(data, headers=_as_file(f"{name}.{ending}"), content_type=form.mimetype)


@blueprint.get("/dataset/<id>/resource/<resource_id>/table")
def report(id: str, resource_id: str) -> str:
    """The stored report on a registered file."""
    dataset, resource = _shown(id, resource_id)
    try:
        found = tk.get_action("orden_table_report_show")({}, {"id": resource_id})
    except tk.ObjectNotFound:
        found = {}
    given = {"pkg": dataset, "pkg_dict": dataset, "resource": resource, "report": found}
    return tk.render("orden_table/report.html", given)


@blueprint.post("/dataset/<id>/resource/<resource_id>/table")
def check(id: str, resource_id: str) -> Any:
    """Have the file checked again."""
    try:
        answer = tk.get_action("orden_table_report_update")({}, {"id": resource_id})
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("Resource not found"))
    except tk.NotAuthorized:
        return tk.abort(403, tk._("Only editors of the dataset may do this"))
    if answer["queued"]:
        tk.h.flash_success(tk._("The check is queued. Open this page again in a minute."))
    else:
        tk.h.flash_error(tk._("The check could not be queued. Try again later."))
    return tk.h.redirect_to("orden_table.report", id=id, resource_id=resource_id)


@blueprint.get("/dataset/<id>/resource/<resource_id>/table/corrected.csv")
def corrected_file(id: str, resource_id: str) -> Response:
    """The corrected form of a registered file, made of what is there now."""
    dataset, resource = _shown(id, resource_id)
    try:
        file = files.read(resource, config.table_max_bytes(), seconds=30.0)
    except SourceError as error:
        return tk.abort(404, orden_text(error.texts))
    name = files.name_of(resource) or f"{resource_id}.csv"
    return _corrected(file.data if file else b"", checking.context_of(dataset, resource), name)


@blueprint.get("/standards/<generation>/<number>.json")
def schema(generation: str, number: str) -> Response:
    """A standard table as a frictionless Table Schema."""
    found = standard(f"{generation}/{number}")
    return jsonify(descriptor(found)) if found else tk.abort(404, tk._("There is no such standard table"))


def _asked() -> tuple[str, str]:
    """What rows are to hold, and their order."""
    q, sort = (tk.request.args.get(name, "")[:LONGEST] for name in ("q", "sort"))
    return q, sort


def _row() -> int:
    """The number of the row that is to be on the page; 0 for none."""
    number = tk.request.args.get("row", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0


def _page(given: dict[str, str], **answer: Any) -> str:
    return tk.render("orden_table/validate.html", {"given": given, **answer})


def _fetched(url: str) -> dict[str, Any]:
    if not url.lower().startswith(("http://", "https://")):
        return {"problem": tk._("An address starts with https://")}
    return {"report": tk.get_action("orden_table_validate")({}, {"url": url}), "subject": url}


def _shown(id: str, resource_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The dataset and the resource, for those who may read them."""
    try:
        dataset = tk.get_action("package_show")({}, {"id": id})
        resource = tk.get_action("resource_show")({}, {"id": resource_id})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("Resource not found"))
    if resource["package_id"] != dataset["id"]:
        return tk.abort(404, tk._("Resource not found"))
    return dataset, resource


def _corrected(data: bytes, context: Context, name: str) -> Response:
    """The CSV in pieces; what breaks the file is known before the first is sent."""
    try:
        chunks = corrected(data, context)
        first = [next(chunks), next(chunks)]
    except SourceError as error:
        return tk.abort(409, orden_text(error.texts))
    headers = _as_file(f"{PurePath(name).stem}_corrected.csv")
    return Response(_quietly(chain(first, chunks)), headers=headers, content_type="text/csv; charset=utf-8")


def _as_file(name: str) -> dict[str, str]:
    """The headers of a file that is saved, and that no search engine lists beside its original."""
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex, nofollow",
    }


def _quietly(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """A line that cannot be read ends the file there: its report says which."""
    try:
        yield from chunks
    except SourceError:
        return
