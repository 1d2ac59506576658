"""pyoxigraph's quads to an rdflib graph. Never through its store, which changes datatypes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

STRING = "http://www.w3.org/2001/XMLSchema#string"


def graph_of(quads: Iterable[ox.Quad]) -> Graph:
    """One graph of all quads, named graphs merged; the costly part begins when all are there."""
    found = list(quads)
    graph = Graph(bind_namespaces="none")
    node = lru_cache(maxsize=10_000)(node_of)
    for quad in found:
        graph.add((node(quad.subject), node(quad.predicate), node(quad.object)))
    return graph


def node_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """A term of pyoxigraph as one of rdflib."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Triple):
        raise TypeError("rdflib knows no triple terms")
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    return Literal(term.value, datatype=None if datatype == STRING else URIRef(datatype), normalize=False)
