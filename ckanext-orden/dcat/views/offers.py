"""An offer that stands, for programs: its policy and its price at an address that its versions share."""

from __future__ import annotations

from ckan.plugins import plugin_loaded
from ckan.plugins import toolkit as tk
from ckan.types import Response
from ckanext.dcat.utils import catalog_uri
from flask import Blueprint

from ... import config
from ...metadata.offers.exchange import rdf
from ..catalogue.pages import Answer
from ..offers import as_shown
from ..syntaxes import SYNTAXES, document, no_such_format
from ..uris import dataset_uri
from .documents import respond

orden_dcat_offers = Blueprint("orden_dcat_offers", __name__)


@orden_dcat_offers.get("/market/offer/<id>.<ending>")
def written(id: str, ending: str) -> Response:
    """The offer in a syntax, for those who may see it."""
    syntax = SYNTAXES.get(ending)
    if syntax is None:
        return tk.abort(404, no_such_format())
    own = str(config.dcat_namespace())
    text = document(_triples(id, own), syntax, own)
    return respond(Answer.of_graph(text, syntax), syntax.media_type)


def _triples(id: str, own: str) -> str:
    if not plugin_loaded("orden_market"):
        return tk.abort(404)
    try:
        told = tk.get_action("orden_market_offer_show")({}, {"id": id, "standing": True})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return tk.abort(404, tk._("Offer not found"))
    shown = as_shown(told)
    if shown is None:
        return tk.abort(404, tk._("Offer not found"))
    names = shown.names(dataset_uri(catalog_uri(), {"id": told["dataset"]}, ""), own)
    return rdf.offer_graph(shown.offer, names, shown.markets).serialize(format="nt11")
