"""The catalogue and its datasets as RDF: ckanext-dcat's addresses, answered with an ETag and compressed."""

from __future__ import annotations

from typing import Any, cast

from ckan.plugins import toolkit as tk
from ckan.types import Response
from ckanext.dcat.processors import RDFProfileException
from flask import Blueprint, jsonify, make_response, request, send_file

from ..catalogue import dump, pages
from ..catalogue.dump import Dump
from ..catalogue.pages import Answer
from ..syntaxes import SYNTAXES, no_such_format

CATALOGUE, DATASETS = "dcat.read_catalog", ("dcat.read_dataset", "dcat.read_dataset_series")

orden_dcat_documents = Blueprint("orden_dcat_documents", __name__)


@orden_dcat_documents.before_app_request
def answer_for_stock() -> Response | None:
    """The document in place of ckanext-dcat's view, which is left its pages and its negotiation."""
    endpoint, given = request.endpoint, request.view_args or {}
    format_ = given.get("_format")
    if format_ is None or endpoint not in (CATALOGUE, *DATASETS):
        return None
    if format_ not in SYNTAXES:
        return tk.abort(404, no_such_format())
    try:
        found = _catalogue(format_) if endpoint == CATALOGUE else _dataset(given["_id"], format_)
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("Dataset not found"))
    except tk.NotAuthorized:
        return tk.abort(403)
    except (tk.ValidationError, RDFProfileException) as error:
        return tk.abort(409, str(error))
    return respond(found, SYNTAXES[format_].media_type)


@orden_dcat_documents.get("/catalog/dump.<ending>.gz")
def dump_file(ending: str) -> Response:
    """The whole catalogue in a syntax."""
    made = _dump()
    file = made.files.get(ending)
    if file is None:
        return tk.abort(404, tk._("There is no such format: {formats}").format(formats=", ".join(sorted(made.files))))
    name = f"catalog-{made.made_at[:10]}.{ending}.gz"
    response = send_file(
        dump.folder() / file.name,
        mimetype="application/gzip",
        as_attachment=True,
        download_name=name,
        conditional=True,
        etag=file.sha256,
    )
    return cast(Response, response)


@orden_dcat_documents.get("/catalog/dump.json")
def dump_facts() -> Response:
    """When the dump was written, how much it holds, its files with size and checksum."""
    made = _dump()
    files = [
        {"url": distribution["url"], "size": distribution["size"], "sha256": distribution["hash"]}
        for distribution in dump.as_distributions(made)
    ]
    return jsonify({"date": made.made_at, "datasets": made.datasets, "triples": made.triples, "files": files})


def respond(found: Answer, media_type: str) -> Response:
    """The document, or 304 to one who has it; compressed for one who takes that."""
    if tk.current_user.is_authenticated:
        request.environ["__no_cache__"] = True  # CKAN then says `private`
    zipped = request.accept_encodings.quality("gzip") > 0
    response = make_response(found.zipped if zipped else found.body)
    response.mimetype = media_type
    response.set_etag(found.mark, weak=True)
    response.vary.update(("Accept-Encoding", "Authorization", "Cookie"))
    if zipped:
        response.content_encoding = "gzip"
    response.make_conditional(request)
    return response


def _dump() -> Dump:
    """The dump that stands, for one who may read the catalogue."""
    try:
        tk.check_access("dcat_catalog_show", {}, {})
    except tk.NotAuthorized:
        return tk.abort(403)
    made = dump.current()
    return made if made.made_at else tk.abort(404, tk._("The dump of the catalogue has not been written yet"))


def _catalogue(format_: str) -> Answer:
    tk.check_access("dcat_catalog_show", {}, {})
    return pages.answer({}, request.args, format_)


def _dataset(id_: str, format_: str) -> Answer:
    profiles = request.args.get("profiles")
    asked: dict[str, Any] = {"id": id_, "format": format_, "profiles": profiles.split(",") if profiles else None}
    return Answer.of_graph(tk.get_action("dcat_dataset_show")({}, asked), SYNTAXES[format_])
