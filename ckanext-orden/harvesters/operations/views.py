"""Pages for the time during and after a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan.plugins import toolkit as tk
from ckanext.harvest.utils import DATASET_TYPE_NAME
from flask import Blueprint, Response

from ...helpers import spreadsheets
from ...helpers.languages import orden_language
from ...helpers.links import Pages
from ..logic import operating
from . import records, sheets, undo
from .problems import CLASSES

blueprint = Blueprint("orden_harvest_runs", __name__, url_prefix="/harvest")


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


@blueprint.post("/retry/<id>")
def retry(id: str) -> Response:
    """Take only what failed, once more."""
    return _done(id, "orden_harvest_failed_retry", lambda _: tk._("The records in error are tried again"))


@blueprint.post("/resume/<id>")
def resume(id: str) -> Response:
    """Go on with a stopped run."""
    return _done(id, "orden_harvest_run_resume", lambda _: tk._("The run goes on where it was stopped"))


@blueprint.post("/refuse/<id>")
def refuse(id: str) -> Response:
    """Keep the datasets whose deletion is held."""

    def said(answer: dict[str, Any]) -> str:
        kept = answer["kept"]
        return tk.ungettext("{n} dataset is kept", "{n} datasets are kept", kept).format(n=kept)

    return _done(id, "orden_harvest_deletion_refuse", said)


@blueprint.route("/undo/<id>", methods=["GET", "POST"])
def undo_run(id: str) -> str | Response:
    """By GET what undoing the newest run would do, by POST it is done."""
    if tk.request.method == "POST":
        asked = {"job_id": tk.request.form.get("job_id", ""), "background": tk.request.form.get("background", "")}
        return _done(id, "orden_harvest_run_undo", _undone, **asked)
    shown: dict[str, Any] = {"plan": None, "reason": "", "at_once": undo.AT_ONCE}
    try:
        shown["harvest_source"] = _source(id)
        shown["plan"] = tk.get_action("orden_harvest_undo_show")({"user": tk.g.user}, {"id": id})
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error))
    except tk.ValidationError as error:
        shown["reason"] = said_of(error)
    return tk.render("orden_harvest/undo.html", shown)


def _undone(answer: dict[str, Any]) -> str:
    if answer.get("queued"):
        return tk._("A worker undoes the run; the list of records shows how far it is")
    if answer["failed"]:
        return tk._("{n} datasets could not be set back; the others were").format(n=answer["failed"])
    return tk._("The run is undone")


def _done(id: str, action: str, said: Callable[[dict[str, Any]], str], **asked: Any) -> Response:
    """Do what a button asks for and say so on the source's page."""
    try:
        tk.h.flash_success(said(tk.get_action(action)({"user": tk.g.user}, {"id": id, **asked})))
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error))
    except tk.NotAuthorized:
        return tk.abort(403, tk._("Only editors of the harvest source may do this"))
    except tk.ValidationError as error:
        tk.h.flash_error(said_of(error))
    return tk.h.redirect_to("harvester.admin", id=id)


def said_of(error: tk.ValidationError) -> str:
    """The sentences of a refusal, without the names of fields."""
    said = (texts for texts in error.error_dict.values() if isinstance(texts, list))
    return " ".join(str(text) for texts in said for text in texts)


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
