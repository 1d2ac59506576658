"""The pages of quality: of a dataset, of an organisation, of the whole catalogue."""

from __future__ import annotations

from datetime import date
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Response
from ckanext.dcat.utils import dataset_uri
from flask import Blueprint, make_response
from rdflib import URIRef

from ... import config
from ...helpers import spreadsheets
from ..catalogue.pages import Answer
from ..quality.dqv import as_graph
from ..quality.metrics import METRICS
from ..quality.score import Score
from ..syntaxes import SYNTAXES, document, no_such_format
from .documents import respond

orden_dcat_quality = Blueprint("orden_dcat_quality", __name__)

HEADER = {
    "ja": ("データセット", "題名", "提供者", "点数", "直すと", "編集ページ"),
    "en": ("dataset", "title", "provider", "points", "gain", "edit"),
}


@orden_dcat_quality.get("/quality")
def catalogue() -> str:
    """The whole catalogue."""
    found = _called("orden_dcat_quality_summary_show", {})
    return tk.render("orden_dcat/quality.html", {"quality": found, "organization": None})


@orden_dcat_quality.get("/organization/<id>/quality")
def organization(id: str) -> str:
    """An organisation."""
    group = _called("organization_show", {"id": id, "include_users": False, "include_extras": False})
    found = _called("orden_dcat_quality_summary_show", {"organization": group["id"]})
    return tk.render("orden_dcat/quality.html", {"quality": found, "organization": group, "group_dict": group})


@orden_dcat_quality.get("/dataset/<id>/quality")
def dataset(id: str) -> str:
    """A dataset."""
    found = _called("package_show", {"id": id})
    given = {"pkg": found, "pkg_dict": found, "quality": tk.h.orden_dcat_quality(found)}
    return tk.render("orden_dcat/dataset_quality.html", given)


@orden_dcat_quality.get("/dataset/<id>/quality.<ending>")
def measurements(id: str, ending: str) -> Response:
    """A dataset's measurements as DQV."""
    if ending not in SYNTAXES:
        return tk.abort(404, no_such_format())
    found = _called("package_show", {"id": id})
    quality = _called("orden_dcat_quality_show", {"id": found["id"]})
    score = Score({metric["code"]: metric["fulfilled"] for metric in quality["metrics"]})
    day, namespace = date.fromisoformat(quality["day"]), config.dcat_namespace()
    triples = as_graph(URIRef(dataset_uri(found)), score, day, namespace).serialize(format="nt")
    text = document(triples, SYNTAXES[ending], str(namespace))
    return respond(Answer.of_graph(text, SYNTAXES[ending]), SYNTAXES[ending].media_type)


@orden_dcat_quality.get("/quality/<fix>.csv")
def to_mend(fix: str) -> Response:
    """The datasets that a fix would help, to work through."""
    asked = {"fix": fix, "organization": tk.request.args.get("organization", "")}
    rows = [
        [
            found["name"],
            found["title"],
            found["organization"],
            found["points"],
            METRICS[fix].points,
            tk.url_for("dataset.edit", id=found["name"], _external=True),
        ]
        for found in _called("orden_dcat_quality_dataset_list", asked)
    ]
    header = HEADER["ja" if tk.h.lang() == "ja" else "en"]
    response = make_response(spreadsheets.as_csv([header, *rows]))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{fix}.csv"'
    return response


def _called(action: str, asked: dict[str, Any]) -> Any:
    try:
        return tk.get_action(action)({}, asked)
    except tk.ValidationError as error:
        return tk.abort(404, str(error))
    except (tk.ObjectNotFound, tk.NotAuthorized) as error:
        return tk.abort(404, str(error) or tk._("Not found"))
