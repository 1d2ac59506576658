"""Pages of the front door for those who run the site: what is searched for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Response
from flask import Blueprint, make_response, request

from ..helpers import spreadsheets
from ..helpers.languages import orden_language
from ..helpers.links import Pages
from ..search_log import cases, sheets, visits
from ..sysadmins import only_sysadmins

PAGE = 50
MOST_CASES = 100
"""Queries that become test cases at a time: each of them is searched once."""
TABS = ("no_hits", "nearest", "no_clicks", "all")
ASKED = ("from", "to", "language", "sort")

orden_search_log = Blueprint("orden_search_log", __name__, url_prefix="/ckan-admin/orden-search")
orden_search_log.before_request(only_sysadmins)
orden_search_log.after_app_request(visits.count)


@orden_search_log.get("/")
def index() -> Response:
    """The queries of a period: those without hits, without clicks, the most asked."""
    given = _given(TABS[0])
    number = max(1, int(tk.h.get_page_number(request.args)))
    errors: Mapping[str, Any] = {}
    try:
        found = _asked({**given, "limit": PAGE, "offset": (number - 1) * PAGE})
    except tk.ValidationError as error:
        errors = error.error_dict
        kept = {name: value for name, value in given.items() if name not in errors}
        found = _asked({**kept, "limit": PAGE} if errors.keys() <= set(given) else {"limit": PAGE})
    pages = Pages(number, max(1, -(-found["count"] // PAGE)))
    shown = {"found": found, "given": given, "errors": errors, "page": pages, "tabs": TABS}
    return make_response(tk.render("orden/search_log.html", shown), 400 if errors else 200)


@orden_search_log.get("/queries.csv")
def queries_csv() -> Response:
    """All queries of a list, for a spreadsheet."""
    lang = "ja" if orden_language() == "ja" else "en"
    given = _given("all")
    try:
        body = spreadsheets.as_csv(sheets.rows(sheets.whole({}, given), lang))
    except tk.ValidationError as error:
        return tk.abort(400, str(error))
    return _download(body, spreadsheets.CSV, f"searches-{given['kind']}.csv")


@orden_search_log.get("/cases.json")
def cases_json() -> Response:
    """Suggested test cases from the most asked queries of the period."""
    try:
        found = _asked({**_given("all"), "kind": "all", "limit": MOST_CASES})
    except tk.ValidationError as error:
        return tk.abort(400, str(error))
    body = json.dumps(cases.suggested(found["queries"]), ensure_ascii=False, indent=1)
    return _download(body.encode("utf-8", "replace"), "application/json", "search-cases.json")


def _asked(given: Mapping[str, Any]) -> dict[str, Any]:
    return tk.get_action(sheets.ACTION)({}, dict(given))


def _given(kind: str) -> dict[str, Any]:
    given = {name: request.args.get(name, "") for name in ASKED}
    return {**given, "kind": request.args.get("kind") or kind}


def _download(body: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    response = make_response(body)
    response.content_type = kind
    response.headers.update(headers)
    return response
