"""The statistics as a page, as tables for a spreadsheet and as JSON; and where requests are counted."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, jsonify

from ..helpers import spreadsheets
from . import figures, visits

orden_use = Blueprint("orden_use", __name__)
orden_use.after_app_request(visits.count)


@orden_use.get("/statistics")
def statistics() -> str:
    """What is there, how it has grown, how it is used: each figure as a chart and a table."""
    found = _found()
    given = {"found": found, "plan": figures.goal(found), "sections": figures.sections(found)}
    return tk.render("orden_use/statistics.html", given)


@orden_use.get("/statistics.json")
def statistics_json() -> Response:
    """All figures at once."""
    return jsonify(_found())


@orden_use.get("/statistics/<name>.csv")
def statistics_csv(name: str) -> Response:
    """The table of one figure."""
    for section in figures.sections(_found()):
        for figure in section.figures:
            if figure.name == name:
                body = spreadsheets.as_csv([figure.header, *figure.rows])
                headers = {"Content-Disposition": f'attachment; filename="statistics-{name}.csv"'}
                return Response(body, headers=headers, content_type=spreadsheets.CSV)
    return tk.abort(404, tk._("There is no such table"))


def _found() -> dict[str, Any]:
    return tk.get_action("orden_use_statistics_show")({}, {})
