"""Graphs as JSON-LD trees, and back: never with a context that lies elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from .names import SCHEMA

Tree = dict[str, Any]

_LOCAL = {"@vocab": str(SCHEMA)}
_PLAIN = {XSD.boolean, XSD.integer}


def tree(graph: Graph, root: str, prefixes: Mapping[str, str]) -> Tree:
    """All that the graph says from `root` on, each node inside the one that speaks of it first (JSON-LD 1.1)."""
    return {"@context": dict(prefixes), **_Planter(graph, prefixes).node(URIRef(root))}


def page(graph: Graph, root: str) -> Tree:
    """The same in schema.org's own words, as search engines read them in a page."""
    found = _Planter(graph, {"": str(SCHEMA)}, typed=False).node(URIRef(root))
    return {"@context": "https://schema.org/", **found}


def graph_of(document: Any) -> Graph:
    """The graph of such a tree; a context that is no list of prefixes counts as schema.org's words.

    Raises ValueError for what is no JSON object.
    """
    if not isinstance(document, Mapping):
        raise ValueError("a JSON-LD document is a JSON object")
    context = document.get("@context")
    local = context if isinstance(context, Mapping) and all(map(_is_prefix, context.items())) else _LOCAL
    return Graph().parse(data=json.dumps({**_without_contexts(document), "@context": local}), format="json-ld")


def _is_prefix(entry: tuple[Any, Any]) -> bool:
    return isinstance(entry[1], str) and not str(entry[0]).startswith("@")


def _without_contexts(found: Any) -> Any:
    """Contexts may name documents elsewhere, at any depth."""
    if isinstance(found, Mapping):
        return {key: _without_contexts(value) for key, value in found.items() if key != "@context"}
    return [_without_contexts(item) for item in found] if isinstance(found, list) else found


def _number(amount: Decimal) -> int | float:
    """As JSON knows numbers; schema.org wants no text where it says Number."""
    return int(amount) if amount == int(amount) else float(amount)


class _Planter:
    """Walks a graph once; a node that stands in the tree already is only named."""

    def __init__(self, graph: Graph, prefixes: Mapping[str, str], *, typed: bool = True) -> None:
        self.graph = graph
        self.prefixes = prefixes
        self.typed = typed
        self.seen: set[Node] = set()

    def node(self, subject: Node) -> Tree:
        self.seen.add(subject)
        found: Tree = {} if isinstance(subject, BNode) else {"@id": str(subject)}
        types = sorted(self.short(kind) for kind in self.graph.objects(subject, RDF.type))
        if types:
            found["@type"] = types[0] if len(types) == 1 else types
        for term in sorted(set(self.graph.predicates(subject)) - {RDF.type}, key=str):
            values = [self.value(value) for value in sorted(self.graph.objects(subject, term), key=self.order)]
            found[self.short(term)] = values[0] if len(values) == 1 else values
        return found

    def value(self, value: Node) -> Any:
        if isinstance(value, Literal):
            return self.literal(value)
        is_new = value not in self.seen and (value, None, None) in self.graph
        if is_new:
            return self.node(value)
        return {"@id": self.short(value) if self.typed else str(value)}

    def literal(self, value: Literal) -> Any:
        if value.language:
            return {"@value": str(value), "@language": value.language}
        if value.datatype in _PLAIN:
            return value.toPython()
        if value.datatype == XSD.decimal and not self.typed:
            return _number(value.toPython())
        if self.typed and value.datatype and value.datatype != XSD.string:
            return {"@value": str(value), "@type": self.short(value.datatype)}
        return str(value)

    def short(self, iri: Node) -> str:
        """An IRI with its prefix; as it is where no prefix fits."""
        for prefix, start in self.prefixes.items():
            if str(iri).startswith(start):
                return f"{prefix}:{str(iri)[len(start) :]}" if prefix else str(iri)[len(start) :]
        return str(iri)

    def order(self, value: Node) -> str:
        """Blank nodes have other names each time: they stand where what they say puts them."""
        if not isinstance(value, BNode):
            return str(value)
        return " ".join(sorted(f"{term} {self.order(item)}" for term, item in self.graph.predicate_objects(value)))
