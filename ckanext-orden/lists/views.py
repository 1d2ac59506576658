"""Pages of the lists: hand one in, look at what it would do, apply it, take the result away."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response

from ..helpers import spreadsheets
from ..helpers.links import Pages
from ..logic.attempts import reason
from ..metadata.mapping import list_template
from . import results
from .model import STATES
from .wording import said

AT_ONCE = 20
"""So many rows are applied while the clerk waits; more are handed to a worker."""
SHOWN = 10
PAGE = 50
"""Rows of one state in the overview, and on a page of its own."""
_FILES = {"csv": (spreadsheets.CSV, spreadsheets.as_csv), "xlsx": (spreadsheets.XLSX, spreadsheets.as_xlsx)}

orden_list = Blueprint("orden_list", __name__, url_prefix="/list-upload")


@orden_list.get("/")
def new() -> str:
    """The form, for those who may register datasets of an organization."""
    return _form({"organization": tk.request.args.get("organization", "")})


@orden_list.post("/")
def preview() -> str | Response:
    """Read the list; its preview is a page of its own, which may be reloaded and shared."""
    upload = tk.request.files.get("upload")
    given = {"organization": tk.request.form.get("organization", ""), "empties": bool(tk.request.form.get("empties"))}
    if not upload or not upload.filename:
        return _form(given, tk._("Choose a file"))
    try:
        found = _act("orden_list_preview", {**given, "upload": upload, "limit": 0})
    except tk.ValidationError as error:
        return _form(given, said(error))
    return tk.redirect_to("orden_list.show", id=found["id"])


@orden_list.get("/<id>")
def show(id: str) -> str:
    """The preview, the progress or the result: an overview, or one state page by page."""
    upload = _act("orden_list_show", {"id": id, "limit": 0})
    state = tk.request.args.get("state")
    if state not in STATES:
        sections = {name: _rows(id, name, SHOWN, 0) for name in STATES if upload["counts"][name]}
        return _page(upload, sections)
    pages = max(1, -(-upload["counts"][state] // PAGE))
    number = min(pages, max(1, int(tk.h.get_page_number(tk.request.args))))
    return _page(upload, {state: _rows(id, state, PAGE, (number - 1) * PAGE)}, state, Pages(number, pages))


@orden_list.post("/<id>/apply")
def apply(id: str) -> Response:
    """Apply the list: a short one at once, a long one by a worker."""
    upload = _act("orden_list_show", {"id": id, "limit": 0})
    left = upload["progress"]["total"] - upload["progress"]["done"]
    try:
        _act("orden_list_apply", {"id": id, "background": left > AT_ONCE})
    except tk.ValidationError as error:
        tk.h.flash_error(reason(error))
    return tk.redirect_to("orden_list.show", id=id)


@orden_list.get("/<id>/result.csv")
def result(id: str) -> Response:
    """What the list says and what came of it, row by row."""
    upload = _act("orden_list_show", {"id": id, "limit": 0})
    return _file(f"result-{id}.csv", spreadsheets.CSV, spreadsheets.as_csv(results.table(_all_rows(upload))))


@orden_list.get("/<id>/to-mend.xlsx")
def to_mend(id: str) -> Response:
    """The wrong rows to mend and hand in again."""
    upload = _act("orden_list_show", {"id": id, "limit": 0})
    rows = results.to_mend(_all_rows(upload, "wrong"), upload["generation"])
    return _file(f"to-mend-{id}.xlsx", spreadsheets.XLSX, spreadsheets.form(rows, list_template.choices()))


@orden_list.get("/template.<kind>")
def template(kind: str) -> Response:
    """An empty list of the new form to fill in."""
    if kind == "xlsx":
        body = spreadsheets.form(list_template.rows(), list_template.choices())
        return _file("open_data_list.xlsx", spreadsheets.XLSX, body)
    return _file("open_data_list.csv", spreadsheets.CSV, spreadsheets.as_csv(list_template.rows()), kind == "csv")


@orden_list.get("/export/<organization>.<kind>")
def export(organization: str, kind: str) -> Response:
    """An organization's datasets as a list."""
    mime, write = _FILES.get(kind, (spreadsheets.CSV, spreadsheets.as_csv))
    found = _act("orden_list_export", {"organization": organization})
    return _file(
        f"{organization}_open_data_list.{kind}", mime, write([found["columns"], *found["rows"]]), kind in _FILES
    )


def _act(action: str, data: dict[str, Any]) -> dict[str, Any]:
    """An action in the name of the visitor; what he may not do or see is a page of that kind."""
    try:
        return tk.get_action(action)({"user": tk.current_user.name}, data)
    except tk.ObjectNotFound as error:
        return tk.abort(404, str(error) or tk._("List not found; it may have expired"))
    except tk.NotAuthorized as error:
        return tk.abort(403, str(error))


def _rows(id: str, state: str, limit: int, offset: int) -> list[dict[str, Any]]:
    wanted = {"state": state} if state else {}
    return _act("orden_list_show", {"id": id, "limit": limit, "offset": offset, **wanted})["rows"]


def _all_rows(upload: dict[str, Any], state: str = "") -> list[dict[str, Any]]:
    total, size = upload["counts"][state] if state else sum(upload["counts"].values()), 5000
    return [row for start in range(0, total, size) for row in _rows(upload["id"], state, size, start)]


def _form(given: dict[str, Any], problem: str = "") -> str:
    organizations = tk.h.organizations_available("create_dataset")
    if not organizations:
        return tk.abort(403, tk._("You may not register datasets of any organization"))
    return tk.render("orden_list/new.html", {"given": given, "organizations": organizations, "problem": problem})


def _page(upload: dict[str, Any], sections: dict[str, Any], state: str = "", page: Pages | None = None) -> str:
    return tk.render(
        "orden_list/show.html", {"upload": upload, "sections": sections, "state": state, "page": page, "shown": SHOWN}
    )


def _file(name: str, mime: str, body: bytes, exists: bool = True) -> Response:
    if not exists:
        return tk.abort(404, tk._("There is no such format: {formats}").format(formats="csv, xlsx"))
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response(body, headers=headers, content_type=mime)
