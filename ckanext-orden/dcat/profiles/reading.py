"""From RDF to a dataset: what ckanext-dcat's parser leaves out or reads differently from how it is written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rdflib import FOAF, RDFS, SKOS, BNode, Graph, Namespace, URIRef
from rdflib.term import Node

from ...metadata import vocabularies
from ...metadata.vocabularies.file_types import IANA
from ..namespaces import ADMS, DCAT, DCT, SPDX
from .distributions import SERVICE
from .own_terms import SALES, read_dataset_terms, read_resource_terms
from .places import read_places

Dict = dict[str, Any]
LISTS = {"conforms_to": DCT.conformsTo, "documentation": FOAF.page, "alternate_identifier": ADMS.identifier}
NAMES = (SKOS.notation, DCT.title, SKOS.prefLabel, RDFS.label, FOAF.name)
AGENTS = ("contact", "publisher", "creator")
TERMS = ("status", "availability", "compress_format", "package_format")
NOT_STORED = ("distribution_ref",)


def completed(dataset: Dict, graph: Graph, ref: Node, ns: Namespace) -> Dict:
    """The parsed dataset with our fields, in the values that our schema stores."""
    result = {**dataset, **_lists(graph, ref), **read_dataset_terms(graph, ns, ref)}
    result |= _vocabulary_values(result)
    result["spatial_coverage"] = read_places(graph, ns, ref)
    _settle_licences(result, graph, ref)
    for name in AGENTS:
        result[name] = sorted(map(_agent, result.get(name) or ()), key=str)
    result["tags"] = sorted(result.get("tags") or (), key=str)
    if result.get("identifier") == str(ref).rsplit("/", 1)[-1]:
        del result["identifier"]  # only its id here: no identifier of the publisher's
    if result.get("url") and result.get("url") == result.get(SALES):
        del result["url"]
    result["resources"] = [_resource(resource, graph, ns) for resource in _in_order(dataset, graph, ref)]
    result["extras"] = [extra for extra in dataset.get("extras", []) if extra["key"] not in ("homepage", *LISTS)]
    return {key: value for key, value in result.items() if value not in (None, "", [], {})} | {
        "resources": result["resources"]
    }


def _in_order(dataset: Dict, graph: Graph, ref: Node) -> list[Dict]:
    return sorted(dataset.get("resources", []), key=lambda resource: resource.get("uri") or "")


def _lists(graph: Graph, ref: Node) -> Dict:
    found = {field: sorted(_shown(graph, graph.objects(ref, predicate))) for field, predicate in LISTS.items()}
    return {field: values for field, values in found.items() if values}


def _shown(graph: Graph, nodes: Iterable[Node]) -> list[str]:
    """Each node by its address, else by what it is called."""
    return [text for text in (_text_of(graph, node) for node in nodes) if text]


def _text_of(graph: Graph, node: Node) -> str:
    if not isinstance(node, BNode):
        return str(node)
    names = (graph.value(node, predicate, any=True) for predicate in NAMES)
    return str(next((name for name in names if name is not None), ""))


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
    result = {**resource, **_lists(graph, ref), **read_resource_terms(graph, ns, ref), **_format(resource, graph, ref)}
    checksum = graph.value(ref, SPDX.checksum)
    if checksum is not None:
        result.pop("hash_algorithm", None)
    for name in ("access_url", "download_url"):
        if result.get(name) == result.get("url"):
            result.pop(name, None)
    service = URIRef(str(ref) + SERVICE)
    if service in graph.objects(ref, DCAT.accessService):
        result.pop("access_services", None)
        result["explain_url"] = str(graph.value(service, DCAT.endpointDescription) or "")
    if result.get("language"):
        result |= _vocabulary_values({"language": result["language"]})
    for name in TERMS:
        if not str(result.get(name, "")).startswith("http"):
            result.pop(name, None)  # the name of a blank node
    return {key: value for key, value in result.items() if value not in (None, "", []) and key not in NOT_STORED}


def _format(resource: Dict, graph: Graph, ref: Node) -> Dict:
    node = graph.value(ref, DCT.format)
    text = "" if node is None else _text_of(graph, node)
    media_type = str(resource.get("mimetype") or "").replace("https://", "http://").removeprefix(IANA)
    file_type = vocabularies.file_type_for(text) or vocabularies.file_type_for(media_type)
    label = file_type.label if file_type else text.rsplit("/", 1)[-1]
    return {"format": label, "mimetype": media_type}
