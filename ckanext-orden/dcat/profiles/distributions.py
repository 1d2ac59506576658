"""Distributions and data services: addresses, format, size, checksum, licence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from rdflib import RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ...metadata import vocabularies
from ...metadata.vocabularies import FileType, Licence
from ...metadata.vocabularies.file_types import IANA
from ..namespaces import DCAT, DCT, LICENCE_KINDS, SPDX
from .iris import safe_iri, web_iri
from .terms import LICENCE_TYPES

Dict = dict[str, Any]
HASHES = {32: "md5", 40: "sha1", 56: "sha224", 64: "sha256", 96: "sha384", 128: "sha512"}
ALGORITHMS = frozenset(str(SPDX[f"checksumAlgorithm_{name}"]) for name in HASHES.values())
HEX = re.compile(r"[0-9a-fA-F]+")
MEDIA_TYPE = re.compile(r"[a-zA-Z0-9][\w!#$&^.+-]*/[a-zA-Z0-9][\w!#$&^.+-]*")
SERVICE = "#service"
API = "api/"
OF_THE_DATASET = (DCT.publisher, DCAT.contactPoint, DCAT.theme, DCAT.keyword)
"""What is as true of the service that an API is as of its dataset."""


def add_distribution(graph: Graph, dataset_ref: URIRef, ref: URIRef, resource: Dict, page: str) -> None:
    """All of a resource that ckanext-dcat's profile does not say as DCAT-AP asks; `page` is its page on the site."""
    file_type = vocabularies.file_type_for(resource.get("format") or "", resource.get("url") or "")
    _add_addresses(graph, ref, resource, page)
    _add_format(graph, ref, resource, file_type)
    _add_size(graph, ref, resource)
    _add_checksum(graph, ref, resource)
    if str(resource.get("caddec_resource_type") or "").startswith(API):
        _add_service(graph, dataset_ref, ref, resource)


def add_licence(graph: Graph, refs: Iterable[URIRef], licence: Licence | None, text: str) -> None:
    """The licence of datasets or distributions: a document with an address, else with its name."""
    node = licence_node(graph, licence, text)
    if node is not None:
        for ref in refs:
            graph.add((ref, DCT.license, node))


def licence_node(graph: Graph, licence: Licence | None, text: str) -> URIRef | BNode | None:
    """The node of a licence: its IRI where it has one, else a blank node with its name."""
    iri = web_iri(licence.url) if licence else web_iri(text)
    if iri is None and not licence and not text:
        return None
    node = iri or BNode()
    graph.add((node, RDF.type, DCT.LicenseDocument))
    if licence:
        graph.add((node, DCT.identifier, Literal(licence.id)))
        if licence.id in LICENCE_TYPES:
            graph.add((node, DCT.type, LICENCE_KINDS[LICENCE_TYPES[licence.id]]))
        for lang, title in licence.title.items():
            graph.add((node, DCT.title, Literal(title, lang=lang)))
    elif iri is None:
        graph.add((node, DCT.title, Literal(text)))
    return node


def _add_addresses(graph: Graph, ref: URIRef, resource: Dict, page: str) -> None:
    url = safe_iri(resource.get("url") or "")
    page_of_file = safe_iri(resource.get("access_url") or "")
    is_file = _is_file(resource) or page_of_file not in (None, url)
    download = safe_iri(resource.get("download_url") or "") or (url if is_file else None)
    access = page_of_file or url or download or safe_iri(page)
    for predicate, iri in ((DCAT.accessURL, access), (DCAT.downloadURL, download)):
        if iri is not None:
            graph.add((ref, predicate, iri))


def _is_file(resource: Dict) -> bool:
    kind = str(resource.get("caddec_resource_type") or "")
    if kind:
        return kind.startswith("file/")
    return resource.get("url_type") == "upload" or bool(vocabularies.file_type_of_url(resource.get("url") or ""))


def _add_format(graph: Graph, ref: URIRef, resource: Dict, file_type: FileType | None) -> None:
    label = str(resource.get("format") or "").strip()
    if label:
        node = URIRef(file_type.eu_iri) if file_type and file_type.eu_iri else BNode()
        named = SKOS.prefLabel if isinstance(node, URIRef) else RDFS.label
        graph.add((ref, DCT.format, node))
        graph.add((node, RDF.type, DCT.MediaTypeOrExtent))
        graph.add((node, named, Literal(file_type.label, lang="en") if file_type else Literal(label)))
    media_type = str(resource.get("mimetype") or "").strip().removeprefix(IANA)
    if not MEDIA_TYPE.fullmatch(media_type):
        media_type = file_type.media_type if file_type else ""
    if media_type:
        graph.add((ref, DCAT.mediaType, URIRef(IANA + media_type.lower())))


def _add_size(graph: Graph, ref: URIRef, resource: Dict) -> None:
    size = str(resource.get("size") or "").strip()
    if size.isascii() and size.isdigit():
        graph.add((ref, DCAT.byteSize, Literal(str(int(size)), datatype=XSD.nonNegativeInteger)))


def _add_checksum(graph: Graph, ref: URIRef, resource: Dict) -> None:
    value = str(resource.get("hash") or "").strip().rpartition(":")[2]
    if not HEX.fullmatch(value) or len(value) not in HASHES:
        return
    checksum = BNode()
    graph.add((ref, SPDX.checksum, checksum))
    graph.add((checksum, RDF.type, SPDX.Checksum))
    said = str(resource.get("hash_algorithm") or "")
    algorithm = URIRef(said) if said in ALGORITHMS else SPDX[f"checksumAlgorithm_{HASHES[len(value)]}"]
    graph.add((checksum, SPDX.algorithm, algorithm))
    graph.add((checksum, SPDX.checksumValue, Literal(value.lower(), datatype=XSD.hexBinary)))


def _add_service(graph: Graph, dataset_ref: URIRef, ref: URIRef, resource: Dict) -> None:
    service = URIRef(ref + SERVICE)
    graph.add((ref, DCAT.accessService, service))
    graph.add((service, RDF.type, DCAT.DataService))
    graph.add((service, DCAT.servesDataset, dataset_ref))
    for predicate in OF_THE_DATASET:
        for value in list(graph.objects(dataset_ref, predicate)):
            graph.add((service, predicate, _own(graph, value)))
    description = safe_iri(resource.get("explain_url") or "")
    if description is not None:
        graph.add((service, DCAT.endpointDescription, description))


def _own(graph: Graph, value: Node) -> Node:
    """The value, or a copy of a blank node: RDF/XML as rdflib writes it cannot point at one twice."""
    if not isinstance(value, BNode):
        return value
    copy = BNode()
    for predicate, said in list(graph.predicate_objects(value)):
        graph.add((copy, predicate, said))
    return copy
