"""Duplicates among the pages of the system administrators: looked at, judged, taken away as CSV."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response

from ..helpers import spreadsheets
from ..helpers.links import Pages
from ..sysadmins import only_sysadmins

PAGE = 50
WHOLE = 1000
COLUMNS = ("name", "title", "organization_title", "source")
orden_duplicates = Blueprint("orden_duplicates", __name__, url_prefix="/ckan-admin/orden-duplicates")
orden_duplicates.before_request(only_sysadmins)


@orden_duplicates.get("/")
def index() -> str:
    """The pairs that were last found, or those that were judged not to be the same."""
    dismissed = tk.request.args.get("dismissed") == "true"
    number = max(1, int(tk.h.get_page_number(tk.request.args)))
    found = _listed(dismissed, PAGE, (number - 1) * PAGE)
    pages = Pages(number, -(-found["count"] // PAGE))
    given = {"found": found, "dismissed": dismissed, "page": pages, "words": _words()}
    return tk.render("orden/duplicates.html", given)


@orden_duplicates.get("/duplicates.csv")
def table() -> Response:
    """All pairs as a table; the reasons by their codes."""
    header = ["near", "reasons", "apart", *(f"{name}_{number}" for number in (1, 2) for name in COLUMNS)]
    return Response(
        spreadsheets.csv_lines([header, *map(_row, _all())]),
        content_type=spreadsheets.CSV,
        headers={"Content-Disposition": "attachment; filename=duplicates.csv"},
    )


@orden_duplicates.post("/search")
def search() -> Any:
    """Have a worker look for duplicates anew."""
    if tk.get_action("orden_duplicates_update")({}, {})["queued"]:
        tk.h.flash_success(tk._("A worker looks for duplicates. Load this page again in a minute."))
    else:
        tk.h.flash_error(tk._("The queue of jobs does not answer. Try again later."))
    return tk.redirect_to("orden_duplicates.index")


@orden_duplicates.post("/judge")
def judge() -> Any:
    """Dismiss a pair, or show it again."""
    given = {name: tk.request.form.get(name, "") for name in ("one", "other", "dismissed")}
    try:
        judged = tk.get_action("orden_duplicate_update")({}, given)
    except (tk.ObjectNotFound, tk.ValidationError) as error:
        tk.h.flash_error(str(error))
        return tk.redirect_to("orden_duplicates.index")
    shown_again = tk._("The pair is shown again.")
    tk.h.flash_success(tk._("The pair is not shown any more.") if judged["dismissed"] else shown_again)
    return tk.redirect_to("orden_duplicates.index", **({} if judged["dismissed"] else {"dismissed": "true"}))


def _listed(dismissed: bool, limit: int, offset: int) -> dict[str, Any]:
    asked = {"dismissed": dismissed, "limit": limit, "offset": offset}
    return tk.get_action("orden_duplicates_list")({}, asked)


def _all() -> list[dict[str, Any]]:
    pairs: list[dict[str, Any]] = []
    while more := _listed(False, WHOLE, len(pairs))["pairs"]:
        pairs += more
    return pairs


def _row(pair: dict[str, Any]) -> list[object]:
    known = [dataset[name] for dataset in pair["datasets"] for name in COLUMNS]
    return [pair["near"], " ".join(pair["reasons"]), pair["apart"], *known]


def _words() -> dict[str, str]:
    """Each reason in words."""
    return {
        "identifier": tk._("Same identifier"),
        "file": tk._("Same file"),
        "page": tk._("Same page and title"),
        "title": tk._("Same title"),
        "meaning": tk._("Same meaning"),
    }
