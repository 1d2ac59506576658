"""What DCAT-AP has no word for: CADDE's trading terms, the five axes and our own fields, in our namespace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from rdflib import FOAF, OWL, PROV, RDF, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from ...metadata import axes
from ..namespaces import DCAT, DCT, SCHEMA, VOID
from .iris import safe_iri, web_iri
from .records import ACTIVITY, ATTRIBUTION, Part, read, read_parts, relation, service, write, write_parts

Dict = dict[str, Any]

DATASET_TERMS = {
    "fee": "fee",
    "pricing_price_range": "priceRange",
    "pricing_notices_of_price": "noticesOfPrice",
    "trading_policy_contract_type": "contractType",
    "trading_policy_nda": "nda",
    "trading_policy_use_application": "allowedUsage",
    "scope_of_disclosure": "scopeOfDisclosure",
    "terms_of_use_permissible_region": "permissibleRegion",
    "data_effective_period": "dataEffectivePeriod",
    "usage_license_period": "usageLicensePeriod",
    "warranty_express_warranty": "expressWarranty",
    "warranty_legal_compliance": "governingLaw",
    "privacy_policy_contains_personal_data": "containedPersonalDataType",
    "terms_of_use_notices": "notices",
    "caddec_provider_id": "caddeProviderId",
    "caddec_dataset_id_for_detail": "caddeDatasetId",
    "orden_category_text": "categoryText",
    "orden_contact_extension": "contactExtension",
    "orden_contact_phone": "contactPhone",
    "orden_contact_remarks": "contactRemarks",
    "orden_frequency_text": "frequencyText",
    "orden_kind": "kind",
    "orden_license_text": "licenceText",
    "orden_municipality": "municipalityCode",
    "orden_remarks": "remarks",
    "orden_sample": "sampleData",
    "orden_universal_menu": "universalMenu",
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
    "orden_api": "servedByApi",
    "orden_file_id": "fileId",
    "orden_terms": "termsOfUse",
    "schema_type": "schemaType",
}
SALES = "sales_info_url"
AXES = "orden_axes"
FREE = {"無償": True, "有償": False}


@cache
def dataset_parts(ns: Namespace) -> Mapping[str, Part]:
    """Fields of a dataset that ckanext-dcat does not know, as properties: ours, and some of the standards."""
    return {
        **{field: Part(ns[term]) for field, term in DATASET_TERMS.items()},
        SALES: Part(ns["salesInfoUrl"], "iri"),
        "term": Part(ns["term"], many=True),
        "homepage": Part(FOAF.homepage, "iri"),
        "in_series": Part(DCAT.inSeries, "iri", many=True),
        "orden_subtitle": Part(DCT.alternative),
        "rights": Part(DCT.rights, "node"),
        "vocabulary": Part(VOID.vocabulary, "iri"),
        "provenance_activity": Part(PROV.wasGeneratedBy, shape=ACTIVITY),
        "qualified_attribution": Part(PROV.qualifiedAttribution, shape=ATTRIBUTION),
        "qualified_relation": Part(ns["qualifiedRelation"], shape=relation(ns)),
    }


@cache
def resource_parts(ns: Namespace) -> Mapping[str, Part]:
    """The same of a resource."""
    return {
        **{field: Part(ns[term]) for field, term in RESOURCE_TERMS.items()},
        "access_rights": Part(DCT.accessRights, "node"),
        "explain_url": Part(ns["explainUrl"], "iri"),
        "schema": Part(ns["schema"], "iri"),
    }


def add_dataset_terms(graph: Graph, ns: Namespace, ref: URIRef, dataset: Dict) -> None:
    """CADDE's terms as it writes them, the axes as concepts, and whether the data is free for search engines."""
    write_parts(graph, ref, dataset, dataset_parts(ns))
    sales = safe_iri(dataset.get(SALES) or "")
    if sales is not None and not dataset.get("url"):
        graph.add((ref, DCAT.landingPage, sales))
    for relation_ in dataset.get("qualified_relation") or ():
        related = safe_iri(str(relation_.get("relation") or ""))
        if related is not None:
            graph.add((ref, DCT.relation, related))
    if dataset.get("fee") in FREE:
        graph.add((ref, SCHEMA.isAccessibleForFree, Literal(FREE[dataset["fee"]])))
    for axis, found in (dataset.get(AXES) or {}).items():
        for value in found.get("values", ()):
            _add_axis(graph, ns, ref, axis, value)


def add_resource_terms(graph: Graph, ns: Namespace, ref: URIRef, resource: Dict) -> None:
    """CADDE's and NGSI's terms of a resource, and what else ckanext-dcat does not know of it."""
    write_parts(graph, ref, resource, resource_parts(ns))


def add_services(graph: Graph, ns: Namespace, refs: tuple[URIRef, URIRef], resource: Dict) -> None:
    """The data services of a distribution (dataset and distribution are `refs`)."""
    dataset, distribution = refs
    for node in write(
        graph, distribution, Part(DCAT.accessService, shape=service(ns)), resource.get("access_services")
    ):
        graph.add((node, DCAT.servesDataset, dataset))


def read_services(graph: Graph, ns: Namespace, ref: Node, without: Iterable[Node]) -> list[Dict]:
    """The services that `add_services` wrote."""
    return read(graph, ref, Part(DCAT.accessService, shape=service(ns)), without)


def add_source(graph: Graph, ref: URIRef, record: Dict) -> None:
    """Where else the same thing has a URI: in the catalogue that it comes from."""
    source = web_iri(record.get("uri"))
    if source is not None and source != ref:
        graph.add((ref, OWL.sameAs, source))


def read_dataset_terms(graph: Graph, ns: Namespace, ref: Node) -> Dict:
    """The fields that `add_dataset_terms` wrote; the axes are derived, never read."""
    return read_parts(graph, ref, dataset_parts(ns))


def read_resource_terms(graph: Graph, ns: Namespace, ref: Node) -> Dict:
    """The fields that `add_resource_terms` wrote."""
    return read_parts(graph, ref, resource_parts(ns))


def _add_axis(graph: Graph, ns: Namespace, ref: URIRef, axis: str, value: str) -> None:
    concept = ns[f"axis/{axis}/{value}"]
    graph.add((ref, ns[axis], concept))
    graph.add((concept, RDF.type, SKOS.Concept))
    for lang, label in axes.LABELS[axis][value].items():
        graph.add((concept, SKOS.prefLabel, Literal(label, lang=lang)))
