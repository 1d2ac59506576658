"""pyoxigraph's quads to an rdflib graph, counted on the way. Never through its store, which changes datatypes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ...types import Issue
from .limits import RdfLimits
from .problems import issue

STRING = "http://www.w3.org/2001/XMLSchema#string"


class OverLimit(Exception):  # noqa: N818 - a verdict on the document
    """A limit was passed; `issue` says which."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.code)
        self.issue = issue


def graph_of(quads: Iterable[ox.Quad], limits: RdfLimits) -> Graph:
    """One graph of all quads, named graphs merged; what is too much is refused before the costly part."""
    found = list(islice(quads, limits.triples + 1))
    if len(found) > limits.triples:
        most = f"{limits.triples:,} triples"
        raise OverLimit(issue("rdf.too_large", found=f"> {most}", limit=most))
    _check_literals(found, limits)
    graph = Graph(bind_namespaces="none")
    node = lru_cache(maxsize=10_000)(node_of)
    for quad in found:
        graph.add((node(quad.subject), node(quad.predicate), node(quad.object)))
    return graph


def _check_literals(quads: list[ox.Quad], limits: RdfLimits) -> None:
    for quad in quads:
        if isinstance(quad.object, ox.Literal) and len(quad.object.value) > limits.literal:
            place = f"{quad.subject} {quad.predicate}"
            length = len(quad.object.value)
            raise OverLimit(issue("rdf.long_literal", where=place, place=place, found=length, limit=limits.literal))


def node_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """A term of pyoxigraph as one of rdflib; a triple within a triple is refused."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Triple):
        raise OverLimit(issue("rdf.too_deep"))
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    return Literal(term.value, datatype=None if datatype == STRING else URIRef(datatype), normalize=False)
