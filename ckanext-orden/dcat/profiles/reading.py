"""From RDF to a dataset: what ckanext-dcat's parser leaves out or reads differently from how it is written."""

from __future__ import annotations

import json
from typing import Any

from ckanext.dcat.utils import catalog_uri
from rdflib import FOAF, OWL, RDFS, BNode, Graph, Namespace, URIRef
from rdflib.term import Node

from ...metadata import vocabularies
from ...metadata.vocabularies.file_types import IANA
from ..namespaces import ADMS, DCAT, DCATAP, DCT
from .distributions import SERVICE
from .own_terms import (
    SALES,
    dataset_parts,
    read_dataset_terms,
    read_resource_terms,
    read_services,
    resource_parts,
)
from .places import read_places
from .records import shown

Dict = dict[str, Any]
LISTS = {"conforms_to": DCT.conformsTo, "documentation": FOAF.page, "alternate_identifier": ADMS.identifier}
AGENTS = ("contact", "publisher", "creator")
TERMS = {
    "status": ADMS.status,
    "availability": DCATAP.availability,
    "compress_format": DCAT.compressFormat,
    "package_format": DCAT.packageFormat,
}
NOT_STORED = ("distribution_ref",)


def completed(dataset: Dict, graph: Graph, ref: Node, ns: Namespace) -> Dict:
    """The parsed dataset with our fields, in the values that our schema stores."""
    ours = dataset_parts(ns)
    stock = {name: value for name, value in dataset.items() if name not in ours}
    result = {**stock, **_lists(graph, ref), **read_dataset_terms(graph, ns, ref)}
    result |= _vocabulary_values(result)
    result["spatial_coverage"] = read_places(graph, ns, ref)
    result["uri"] = _source(graph, ref)
    _settle_licences(result, graph, ref)
    for name in AGENTS:
        result[name] = sorted(map(_agent, result.get(name) or ()), key=str)
    result["tags"] = sorted(result.get("tags") or (), key=str)
    if result.get("identifier") == str(ref).rsplit("/", 1)[-1]:
        del result["identifier"]  # only its id here: no identifier of the publisher's
    if result.get("url") and result.get("url") == result.get(SALES):
        del result["url"]
    result["resources"] = [_resource(resource, graph, ns) for resource in _in_order(dataset, graph, ref)]
    known = {*LISTS, "related_resource"} if result.get("qualified_relation") else LISTS
    result["extras"] = [extra for extra in dataset.get("extras", []) if extra["key"] not in known]
    return _filled(_numbers(result)) | {"resources": result["resources"]}


def _filled(record: Dict) -> Dict:
    return {key: value for key, value in record.items() if value not in (None, "", [], {})}


def _numbers(record: Dict) -> Dict:
    """Numbers without a fraction that says nothing: ckanext-dcat reads 10 as 10.0."""
    return {key: f"{value:g}" if isinstance(value, float) else value for key, value in record.items()}


def _source(graph: Graph, ref: Node) -> str:
    """The URI where the thing comes from: of a record of this site the one it names, else its own."""
    named = sorted(map(str, graph.objects(ref, OWL.sameAs)))
    if named and str(ref).startswith(f"{catalog_uri().rstrip('/')}/"):
        return named[0]
    return "" if isinstance(ref, BNode) else str(ref)


def _in_order(dataset: Dict, graph: Graph, ref: Node) -> list[Dict]:
    return sorted(dataset.get("resources", []), key=lambda resource: resource.get("uri") or "")


def _lists(graph: Graph, ref: Node) -> Dict:
    found = {
        field: sorted(filter(None, (shown(graph, node) for node in graph.objects(ref, predicate))))
        for field, predicate in LISTS.items()
    }
    return {field: values for field, values in found.items() if values}


def _agent(agent: Dict) -> Dict:
    known = {key: value for key, value in agent.items() if value and key != "name_translated"}
    return {key: value for key, value in known.items() if key != "type" or value.startswith("http")}


def _list(value: Any) -> list[str]:
    """A list, which ckanext-dcat gives as JSON where the schema's field is not its own multiple text."""
    return json.loads(value) if isinstance(value, str) else value


def _vocabulary_values(data: Dict) -> Dict:
    """Terms as our schema stores them: the EU's IRIs."""
    values: Dict = {}
    if data.get("theme"):
        themes = [vocabularies.theme_for(text) for text in _list(data["theme"])]
        values["theme"] = sorted({theme.iri for theme in themes if theme})
    if data.get("language"):
        languages = [vocabularies.language_for(text) for text in _list(data["language"])]
        values["language"] = sorted({language.iri for language in languages if language})
    if data.get("frequency"):
        frequency = vocabularies.frequency_for(data["frequency"])
        values["frequency"] = frequency.iri if frequency else ""
        if not frequency and not data.get("orden_frequency_text"):
            values["orden_frequency_text"] = data["frequency"]
    if data.get("access_rights"):
        rights = vocabularies.access_right_for(data["access_rights"])
        values["access_rights"] = rights.iri if rights else ""
    return values


def _settle_licences(dataset: Dict, graph: Graph, ref: Node) -> None:
    """One licence for the dataset; resources keep only one that differs."""
    nodes = list(graph.objects(ref, DCT.license))
    for distribution in graph.objects(ref, DCAT.distribution):
        nodes.extend(graph.objects(distribution, DCT.license))
    texts = [text for node in nodes for text in _licence_texts(graph, node)]
    licence = next(filter(None, map(vocabularies.licence_for, texts)), None)
    if licence:
        dataset["license_id"] = licence.id
    elif texts and not dataset.get("orden_license_text"):
        dataset["orden_license_text"] = texts[-1]
    for resource in dataset["resources"]:
        own = vocabularies.licence_for(resource.get("license") or "")
        if own is None or own == licence:
            resource.pop("license", None)
        else:
            resource["license"] = own.url or own.id


def _licence_texts(graph: Graph, node: Node) -> list[str]:
    names = [
        str(name) for predicate in (DCT.identifier, DCT.title, RDFS.label) for name in graph.objects(node, predicate)
    ]
    return names if isinstance(node, BNode) else [str(node), *names]


def _resource(resource: Dict, graph: Graph, ns: Namespace) -> Dict:
    reference = resource.get("distribution_ref", "")
    ref = URIRef(reference) if resource.get("uri") else BNode(reference)
    ours = resource_parts(ns)
    stock = {name: value for name, value in resource.items() if name not in ours}
    result = {**stock, **_lists(graph, ref), **read_resource_terms(graph, ns, ref), **_format(resource, graph, ref)}
    result["uri"] = _source(graph, ref)
    for name in ("access_url", "download_url"):
        if result.get(name) == result.get("url"):
            result.pop(name, None)
    _read_services(result, graph, ns, ref)
    result |= _vocabulary_values(result)
    for name, predicate in TERMS.items():
        node = graph.value(ref, predicate, any=True)
        found = vocabularies.coded_for(name, shown(graph, node)) if node is not None else None
        result[name] = found.value if found else ""
    algorithm = vocabularies.coded_for("hash_algorithm", result.get("hash_algorithm"))
    result["hash_algorithm"] = algorithm.value if algorithm else ""
    return {key: value for key, value in _filled(_numbers(result)).items() if key not in NOT_STORED}


def _read_services(result: Dict, graph: Graph, ns: Namespace, ref: Node) -> None:
    """The services of a distribution; the one that stands for an NGSI resource is the resource itself."""
    ngsi = URIRef(str(ref) + SERVICE)
    result["access_services"] = read_services(graph, ns, ref, [ngsi])
    if ngsi in graph.objects(ref, DCAT.accessService):
        result.setdefault("explain_url", str(graph.value(ngsi, DCAT.endpointDescription) or ""))


def _format(resource: Dict, graph: Graph, ref: Node) -> Dict:
    node = graph.value(ref, DCT.format)
    text = "" if node is None else shown(graph, node)
    media_type = str(resource.get("mimetype") or "").replace("https://", "http://").removeprefix(IANA)
    file_type = vocabularies.file_type_for(text) or vocabularies.file_type_for(media_type)
    label = file_type.label if file_type else text.rsplit("/", 1)[-1]
    return {"format": label, "mimetype": media_type}
