"""What DCAT-AP has no word for: CADDE's trading terms, the five axes and our own fields, in our namespace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rdflib import RDF, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from ...metadata import axes
from ..namespaces import DCAT, SCHEMA
from .iris import safe_iri

Dict = dict[str, Any]

DATASET_TERMS = {
    "fee": "fee",
    "pricing_price_range": "priceRange",
    "pricing_notices_of_price": "noticesOfPrice",
    "trading_policy_contract_type": "contractType",
    "trading_policy_nda": "nda",
    "trading_policy_use_application": "allowedUsage",
    "usage_license_period": "usageLicensePeriod",
    "privacy_policy_contains_personal_data": "containedPersonalDataType",
    "terms_of_use_notices": "notices",
    "caddec_provider_id": "caddeProviderId",
    "caddec_dataset_id_for_detail": "caddeDatasetId",
    "orden_frequency_text": "frequencyText",
    "orden_license_text": "licenceText",
    "orden_municipality": "municipalityCode",
    "orden_kind": "kind",
    "orden_sample": "sampleData",
}
RESOURCE_TERMS = {
    "caddec_resource_type": "caddeResourceType",
    "caddec_contract_required": "caddeContractRequired",
    "caddec_required": "caddeRequired",
    "caddec_resource_id_for_provenance": "caddeResourceId",
    "ngsi_entity_type": "ngsiEntityType",
    "ngsi_tenant": "ngsiTenant",
    "ngsi_service_path": "ngsiServicePath",
    "ngsi_data_model": "ngsiDataModel",
}
SALES = "sales_info_url"
SALES_TERM = "salesInfoUrl"
AXES = "orden_axes"
FREE = {"無償": True, "有償": False}


def add_dataset_terms(graph: Graph, ns: Namespace, ref: URIRef, dataset: Dict) -> None:
    """CADDE's terms as it writes them, the axes as concepts, and whether the data is free for search engines."""
    _add_texts(graph, ns, ref, dataset, DATASET_TERMS)
    sales = safe_iri(dataset.get(SALES) or "")
    if sales is not None:
        graph.add((ref, ns[SALES_TERM], sales))
        if not dataset.get("url"):
            graph.add((ref, DCAT.landingPage, sales))
    if dataset.get("fee") in FREE:
        graph.add((ref, SCHEMA.isAccessibleForFree, Literal(FREE[dataset["fee"]])))
    for axis, found in (dataset.get(AXES) or {}).items():
        for value in found.get("values", ()):
            _add_axis(graph, ns, ref, axis, value)


def add_resource_terms(graph: Graph, ns: Namespace, ref: URIRef, resource: Dict) -> None:
    """CADDE's and NGSI's terms of a resource."""
    _add_texts(graph, ns, ref, resource, RESOURCE_TERMS)


def read_dataset_terms(graph: Graph, ns: Namespace, ref: Node) -> Dict:
    """The fields that `add_dataset_terms` wrote; the axes are derived, never read."""
    found = _texts(graph, ns, ref, DATASET_TERMS)
    sales = graph.value(ref, ns[SALES_TERM])
    return {**found, SALES: str(sales)} if sales is not None else found


def read_resource_terms(graph: Graph, ns: Namespace, ref: Node) -> Dict:
    """The fields that `add_resource_terms` wrote."""
    return _texts(graph, ns, ref, RESOURCE_TERMS)


def _add_texts(graph: Graph, ns: Namespace, ref: URIRef, data: Dict, terms: Mapping[str, str]) -> None:
    for field, term in terms.items():
        values = data.get(field)
        for value in values if isinstance(values, list) else [values]:
            if value:
                graph.add((ref, ns[term], Literal(str(value))))


def _texts(graph: Graph, ns: Namespace, ref: Node, terms: Mapping[str, str]) -> Dict:
    found = ((field, graph.value(ref, ns[term])) for field, term in terms.items())
    return {field: str(value) for field, value in found if value is not None}


def _add_axis(graph: Graph, ns: Namespace, ref: URIRef, axis: str, value: str) -> None:
    concept = ns[f"axis/{axis}/{value}"]
    graph.add((ref, ns[axis], concept))
    graph.add((concept, RDF.type, SKOS.Concept))
    for lang, label in axes.LABELS[axis][value].items():
        graph.add((concept, SKOS.prefLabel, Literal(label, lang=lang)))
