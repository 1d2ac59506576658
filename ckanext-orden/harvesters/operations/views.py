"""Pages for the time during and after a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.harvest.utils import DATASET_TYPE_NAME
from flask import Blueprint, Response

from ...helpers import spreadsheets
from ...helpers.languages import orden_language
from ..logic import operating
from . import records, sheets
from .problems import CLASSES

blueprint = Blueprint("orden_harvest_runs", __name__, url_prefix="/harvest")


@dataclass(frozen=True)
class Pages:
    """Where a page of records stands, as the template for links to pages wants it."""

    page: int
    page_count: int


@blueprint.get("/records/<id>")
def list_records(id: str) -> str | Response:
    """The records of a source or of one of its jobs, by state, page by page."""
    try:
        source = _source(id)
        number = max(1, int(tk.h.get_page_number(tk.request.args)))
        offset = (number - 1) * records.PAGE
        found = tk.get_action("orden_harvest_record_list")({"user": tk.g.user}, {**_asked(id), "offset": offset})
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error))
    except tk.ValidationError:
        return tk.abort(404, tk._("Page not found"))
    shown = {
        "harvest_source": source,
        "found": found,
        "asked": _asked(id),
        "classes": CLASSES,
        "states": sheets.STATES,
        "page": Pages(number, max(1, -(-found["count"] // records.PAGE))),
    }
    return tk.render("orden_harvest/records.html", shown)


@blueprint.get("/records/<id>/csv")
def records_csv(id: str) -> Response:
    """The same records as a table, written as they are read."""
    try:
        source = _source(id)
        wanted = operating.wanted(_asked(id))
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error))
    except tk.ValidationError:
        return tk.abort(404, tk._("Page not found"))
    lang = "ja" if orden_language() == "ja" else "en"
    lines = spreadsheets.csv_lines(sheets.rows(records.stream(wanted), lang))
    headers = {"Content-Disposition": f'attachment; filename="{source["name"]}-records.csv"'}
    return Response(lines, headers=headers, content_type=spreadsheets.CSV)


def _source(id: str) -> dict[str, Any]:
    """The source for those who may edit it; 403 for others."""
    try:
        source = tk.get_action("harvest_source_show")({"user": tk.g.user}, {"id": id})
        tk.check_access("orden_harvest_record_list", {"user": tk.g.user}, {"id": id})
    except tk.NotAuthorized:
        return tk.abort(403, tk._("Only editors of the harvest source may do this"))
    tk.g.dataset_type = DATASET_TYPE_NAME  # stock's templates make links of it
    return source


def _asked(id: str) -> dict[str, Any]:
    given = tk.request.args
    return {"id": id, "job": given.get("job", ""), "state": given.getlist("state"), "q": given.get("q", "")}
