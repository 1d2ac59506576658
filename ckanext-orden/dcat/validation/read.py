"""A foreign document in a syntax that its content tells to an rdflib graph."""

from __future__ import annotations

import pyoxigraph as ox
from rdflib import Graph

from ...rdf import RdfLimits, quads, text_of
from ...rdf.detect import syntax_of
from .convert import graph_of

FORMATS = {
    "xml": ox.RdfFormat.RDF_XML,
    "json": ox.RdfFormat.JSON_LD,
    "turtle": ox.RdfFormat.TURTLE,
}
BASE = "https://document.invalid/"
"""Stands for the document's unknown address, so that relative addresses can be read."""


def read_rdf(data: bytes, *, limits: RdfLimits) -> Graph:
    """The graph of a document in any of the four syntaxes, else `UnreadableRdf`."""
    text = text_of(data, limits)
    syntax = FORMATS[syntax_of(text.lstrip())]
    return graph_of(quads(text, syntax, base=BASE, limits=limits))
