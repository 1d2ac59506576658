"""Records as nodes of a graph and back, by tables: which field is which property, and what kind of value it has."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import rdflib
from rdflib import FOAF, PROV, RDF, RDFS, SKOS, XSD, BNode, Graph, URIRef
from rdflib.term import Node

from ...metadata.parsing.text import split_list
from ..namespaces import DCAT, DCATAP, DCT, VCARD
from .iris import mail_iri, safe_iri, web_iri

Dict = dict[str, Any]
Kind = Literal["text", "words", "iri", "node", "date", "mail"]
"""`words` is a text with commas, one literal each; `node` an address, else a text that gets a node of its own."""

NAMES = (SKOS.notation, DCT.title, SKOS.prefLabel, RDFS.label, FOAF.name)
DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


@dataclass(frozen=True)
class Part:
    """One property of a record; `shape` tells the records in it."""

    predicate: URIRef
    kind: Kind = "text"
    many: bool = False
    shape: Shape | None = None


@dataclass(frozen=True)
class Shape:
    """A kind of record: its class, and its fields as properties; `uri` is the node itself."""

    type: URIRef
    parts: Mapping[str, Part]


AGENT = Shape(
    FOAF.Agent,
    {
        "name": Part(FOAF.name),
        "email": Part(FOAF.mbox, "mail"),
        "url": Part(FOAF.homepage, "iri"),
        "type": Part(DCT.type, "node"),
        "identifier": Part(DCT.identifier),
    },
)
CONTACT = Shape(
    VCARD.Kind,
    {
        "name": Part(VCARD.fn),
        "email": Part(VCARD.hasEmail, "mail"),
        "url": Part(VCARD.hasURL, "iri"),
        "identifier": Part(VCARD.hasUID, "node"),
    },
)
ACTIVITY = Shape(
    PROV.Activity,
    {
        "label": Part(RDFS.label),
        "seeAlso": Part(RDFS.seeAlso, "iri"),
        "dct_type": Part(DCT.type, "node"),
        "startedAtTime": Part(PROV.startedAtTime, "date"),
        "wasAssociatedWith": Part(PROV.wasAssociatedWith, shape=AGENT),
    },
)
ATTRIBUTION = Shape(PROV.Attribution, {"agent": Part(PROV.agent, shape=AGENT), "role": Part(DCAT.hadRole, "iri")})


def relation(ns: rdflib.Namespace) -> Shape:
    """A relation with its role: in our namespace, because DCAT-AP asks for the other dataset's whole description."""
    return Shape(ns["Relation"], {"relation": Part(ns["relatedTo"], "iri"), "role": Part(DCAT.hadRole, "iri")})


def service(ns: rdflib.Namespace) -> Shape:
    """A data service; the datasets that it serves beside this one are only named."""
    return Shape(
        DCAT.DataService,
        {
            "title": Part(DCT.title),
            "description": Part(DCT.description),
            "endpoint_url": Part(DCAT.endpointURL, "iri", many=True),
            "endpoint_description": Part(DCAT.endpointDescription, "node"),
            "serves_dataset": Part(ns["servesDataset"], "iri", many=True),
            "access_rights": Part(DCT.accessRights, "node"),
            "license": Part(DCT.license, "node"),
            "rights": Part(DCT.rights, "node", many=True),
            "format": Part(DCT["format"], "node", many=True),
            "language": Part(DCT.language, "node", many=True),
            "theme": Part(DCAT.theme, "iri", many=True),
            "keyword": Part(DCAT.keyword, "words"),
            "conforms_to": Part(DCT.conformsTo, "node", many=True),
            "applicable_legislation": Part(DCATAP.applicableLegislation, "iri", many=True),
            "landing_page": Part(DCAT.landingPage, "iri", many=True),
            "modified": Part(DCT.modified, "date"),
            "identifier": Part(DCT.identifier),
            "contact": Part(DCAT.contactPoint, shape=CONTACT),
            "publisher": Part(DCT.publisher, shape=AGENT),
            "creator": Part(DCT.creator, shape=AGENT),
        },
    )


def write(graph: Graph, ref: Node, part: Part, records: Any) -> Iterator[Node]:
    """Adds a node for each record that says something; the nodes."""
    for record in records if isinstance(records, list) else []:
        if part.shape and isinstance(record, dict) and any(record.values()):
            node = web_iri(record.get("uri")) or BNode()
            graph.add((ref, part.predicate, node))
            graph.add((node, RDF.type, part.shape.type))
            write_parts(graph, node, record, part.shape.parts)
            yield node


def write_parts(graph: Graph, ref: Node, record: Mapping[str, Any], parts: Mapping[str, Part]) -> None:
    """Adds the fields of a record to its node; what its property cannot hold is left out."""
    for name, part in parts.items():
        value = record.get(name)
        if part.shape:
            list(write(graph, ref, part, value))
            continue
        for text in split_list(value) if part.kind == "words" else _texts(value):
            term = _term(part.kind, text)
            if term is not None:
                graph.add((ref, part.predicate, term))


def read(graph: Graph, ref: Node, part: Part, without: Iterable[Node] = ()) -> list[Dict]:
    """The records that `write` wrote, or another catalogue, in one order."""
    nodes = [node for node in graph.objects(ref, part.predicate) if node not in set(without)]
    parts = part.shape.parts if part.shape else {}
    found = [{**_iri_of(node), **read_parts(graph, node, parts)} for node in nodes]
    return sorted((record for record in found if record), key=lambda record: json.dumps(record, sort_keys=True))


def read_parts(graph: Graph, ref: Node, parts: Mapping[str, Part]) -> Dict:
    """The fields of a record by its node."""
    found: Dict = {}
    for name, part in parts.items():
        if part.shape:
            found[name] = read(graph, ref, part)
            continue
        texts = sorted(filter(None, (_said(graph, part.kind, term) for term in graph.objects(ref, part.predicate))))
        found[name] = texts if part.many else ",".join(texts) if part.kind == "words" else next(iter(texts), "")
    return {name: value for name, value in found.items() if value}


def shown(graph: Graph, node: Node) -> str:
    """A node by its address or text, else by what it is called."""
    if not isinstance(node, BNode):
        return str(node)
    names = (graph.value(node, predicate, any=True) for predicate in NAMES)
    return str(next((name for name in names if name is not None), ""))


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for item in values if isinstance(item, (str, int, float)) and (text := str(item).strip())]


def _term(kind: Kind, text: str) -> Node | None:
    if kind in ("text", "words"):
        return rdflib.Literal(text)
    if kind == "date":
        return rdflib.Literal(text, datatype=DATE_TYPES.get(len(text), XSD.dateTime))
    if kind == "mail":
        return mail_iri(text)
    iri = safe_iri(text)
    return rdflib.Literal(text) if iri is None and kind == "node" else iri


def _said(graph: Graph, kind: Kind, term: Node) -> str:
    if kind == "mail":
        return str(term).removeprefix("mailto:")
    if kind == "iri":
        return str(term) if isinstance(term, URIRef) else ""
    return shown(graph, term)


def _iri_of(node: Node) -> Dict:
    return {"uri": str(node)} if isinstance(node, URIRef) else {}
