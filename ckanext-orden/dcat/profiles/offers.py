"""The offers of a dataset: policies (ODRL), prices (schema.org), samples, and the conditions in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ckanext.dcat.utils import resource_uri
from rdflib import RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from ...metadata.offers.exchange import rdf
from ...metadata.vocabularies import licence_for
from ...types import Text
from ..namespaces import ADMS, DCT
from ..offers import Shown

Dict = dict[str, Any]
CONDITIONS: Mapping[str, Text] = {
    "free": {"ja": "無償で自由に使える", "en": "Free to use"},
    "licence": {"ja": "無償、利用条件あり", "en": "Free of charge, under a licence"},
    "contract": {"ja": "有償、契約による", "en": "For a price, by contract"},
    "individual": {"ja": "個別に取り決める", "en": "By individual agreement"},
}
"""What stands between a reader and the data, the least first."""
_LANGUAGES = ("ja", "en")
_SEPARATORS = {"ja": "／", "en": " / "}


def access_right(offers: Sequence[Shown]) -> str:
    """The access right of a dataset that states none but has offers: for everybody if one of them costs nothing."""
    if not offers:
        return ""
    return "PUBLIC" if any(shown.offer.price_mode == "free" for shown in offers) else "RESTRICTED"


def add_offers(graph: Graph, ns: Namespace, ref: URIRef, dataset: Dict, offers: Sequence[Shown]) -> None:
    """All that a dataset's offers say, but what is private."""
    for shown in offers:
        for triple in rdf.offer_graph(shown.offer, shown.names(str(ref), str(ns)), shown.markets):
            graph.add(triple)
        if any(resource.get("id") == shown.offer.sample for resource in dataset.get("resources") or ()):
            sample = resource_uri({"package_id": dataset.get("id"), "id": shown.offer.sample})
            graph.add((ref, ADMS.sample, URIRef(sample)))
    if offers and not dataset.get("rights"):
        _add_conditions(graph, ns, ref, offers)


def condition(shown: Shown) -> str:
    """Which of the conditions an offer sets."""
    if shown.offer.price_mode == "negotiation":
        return "individual"
    if shown.offer.price_mode != "free":
        return "contract"
    licence = licence_for(shown.offer.licence)
    return "free" if licence and licence.open else "licence"


def _add_conditions(graph: Graph, ns: Namespace, ref: URIRef, offers: Sequence[Shown]) -> None:
    """The least that is asked for, and every price."""
    asked = {condition(shown) for shown in offers}
    least = next(code for code in CONDITIONS if code in asked)
    statement, kind = URIRef(f"{ref}#conditions"), ns[f"condition-{least}"]
    graph.add((ref, DCT.rights, statement))
    graph.add((statement, RDF.type, DCT.RightsStatement))
    graph.add((statement, DCT.type, kind))
    for language in _LANGUAGES:
        prices = dict.fromkeys(filter(None, (shown.price.get(language) for shown in offers)))
        text = _SEPARATORS[language].join(prices) or CONDITIONS[least][language]
        graph.add((statement, RDFS.label, Literal(text, lang=language)))
        graph.add((kind, SKOS.prefLabel, Literal(CONDITIONS[least][language], lang=language)))
