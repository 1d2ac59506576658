"""The namespace of our own terms: a page for people, RDF for programs, at one address."""

from __future__ import annotations

from ckan.plugins import toolkit as tk
from ckan.types import Response
from flask import Blueprint, request

from ... import config
from ..catalogue.pages import Answer
from ..ontology import graph, terms
from ..syntaxes import SYNTAXES, Syntax, document, no_such_format
from .documents import respond

orden_dcat_ontology = Blueprint("orden_dcat_ontology", __name__)

HTML = "text/html"


@orden_dcat_ontology.get("/ns")
def namespace() -> Response | str:
    """The page, or what the request would rather have."""
    by_type = {syntax.media_type: syntax for syntax in reversed(SYNTAXES.values())}
    wanted = request.accept_mimetypes.best_match([HTML, *by_type], HTML)
    if wanted in by_type:
        return _written(by_type[wanted])
    own = str(config.dcat_namespace())
    return tk.render(
        "orden_dcat/ontology.html", {"namespace": own, "terms": list(terms(own)), "endings": list(SYNTAXES)}
    )


@orden_dcat_ontology.get("/ns.<ending>")
def written(ending: str) -> Response:
    """The ontology in a syntax."""
    if ending not in SYNTAXES:
        return tk.abort(404, no_such_format())
    return _written(SYNTAXES[ending])


def _written(syntax: Syntax) -> Response:
    own = str(config.dcat_namespace())
    text = document(graph(own).serialize(format="nt"), syntax, own)
    response = respond(Answer.of_graph(text, syntax), syntax.media_type)
    response.vary.add("Accept")
    return response
