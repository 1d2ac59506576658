"""Pages of the front door that CKAN's own views cannot make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import plugin_loaded
from ckan.plugins import toolkit as tk
from flask import Blueprint, Response, jsonify, make_response

from ..helpers.facets import AXIS_FIELDS, THEME_FIELD
from ..helpers.languages import orden_text
from ..limiting import TooOften, count_call
from ..metadata.vocabularies import theme_for

THEME_ICONS = {
    "AGRI": "sprout",
    "ECON": "coin",
    "EDUC": "book",
    "ENER": "bolt",
    "ENVI": "leaf",
    "GOVE": "gov",
    "HEAL": "health",
    "INTR": "globe",
    "JUST": "scales",
    "REGI": "home2",
    "SOCI": "people",
    "TECH": "chip",
    "TRAN": "train",
}

MOST_USED = 5

blueprint = Blueprint("orden", __name__)


@blueprint.route("/", endpoint="home")
def home() -> str:
    """The home page: one search gives the newest data, the axes' counts, the themes and the keywords."""
    found = tk.get_action("package_search")(
        {},
        {
            "fq": "+dataset_type:dataset",
            "rows": 4,
            "sort": "metadata_modified desc",
            "facet.field": [*AXIS_FIELDS.values(), THEME_FIELD, "tags"],
            "facet.limit": 20,
        },
    )
    facets = found["search_facets"]
    figures = tk.get_action("orden_figures_show")({}, {})
    page = {
        "figures": figures,
        "facets": facets,
        "newest": found["results"],
        "most_used": _most_used(),
        "themes": _themes(facets),
        "words": [item["display_name"] for item in _most(facets, "tags")[:6]],
    }
    return tk.render("home/index.html", {"home": page})


def _most_used() -> list[dict[str, Any]]:
    """What was used most lately, where it is counted."""
    if not plugin_loaded("orden_use"):
        return []
    return tk.get_action("orden_use_statistics_show")({}, {})["most_used"][:MOST_USED]


blueprint.before_app_request(count_call)


@blueprint.app_errorhandler(TooOften)
def too_often(error: TooOften) -> Response:
    """429, and when to come again; of the API in its own form."""
    if tk.request.path.startswith("/api/"):
        answer = jsonify({"success": False, "error": {"__type": error.name, "message": error.description}})
    else:
        shown = {"code": error.code, "name": error.name, "content": error.description}
        answer = make_response(tk.render("error_document_template.html", shown))
    answer.status_code = 429
    answer.headers["Retry-After"] = str(error.wait)
    return answer


def _themes(facets: Mapping[str, Any]) -> list[dict[str, Any]]:
    known = ((item, theme_for(item["name"])) for item in _most(facets, THEME_FIELD))
    return [
        {
            "word": orden_text(theme.label),
            "icon": THEME_ICONS.get(theme.code, "tag"),
            "count": item["count"],
            "url": tk.url_for("dataset.search", **{THEME_FIELD: item["name"]}),
        }
        for item, theme in known
        if theme
    ]


def _most(facets: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    items = (facets.get(name) or {}).get("items") or []
    return sorted(items, key=lambda item: (-item["count"], item["display_name"]))
