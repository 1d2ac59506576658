"""The syntaxes that we publish in: the endings of addresses, media types, and what writes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import IO

import pyoxigraph as ox
from ckan.plugins import toolkit as tk

from .namespaces import PREFIXES


@dataclass(frozen=True)
class Syntax:
    """How a graph is written."""

    media_type: str
    format: ox.RdfFormat
    name: str


TURTLE = Syntax("text/turtle", ox.RdfFormat.TURTLE, "Turtle")
RDF_XML = Syntax("application/rdf+xml", ox.RdfFormat.RDF_XML, "RDF/XML")
SYNTAXES = {
    "ttl": TURTLE,
    "rdf": RDF_XML,
    "xml": RDF_XML,
    "jsonld": Syntax("application/ld+json", ox.RdfFormat.JSON_LD, "JSON-LD"),
    "nt": Syntax("application/n-triples", ox.RdfFormat.N_TRIPLES, "N-Triples"),
    "n3": Syntax("text/n3", ox.RdfFormat.N3, "Notation3"),
}
"""By the ending of the address."""


def serialize(triples: Iterable[ox.Quad], syntax: Syntax, namespace: str) -> bytes:
    """The triples in a syntax, with our short names; `namespace` is that of our own terms."""
    file = BytesIO()
    write(triples, syntax, namespace, file)
    return file.getvalue()


def write(triples: Iterable[ox.Quad], syntax: Syntax, namespace: str, file: IO[bytes]) -> None:
    """The same into a file, one triple after the other."""
    prefixes = {**{prefix: str(name) for prefix, name in PREFIXES.items()}, "orden": namespace}
    ox.serialize((quad.triple for quad in triples), file, syntax.format, prefixes=prefixes)


def canonical(document: bytes, syntax: Syntax) -> str:
    """The same text for the same graph, however it is written."""
    graph = ox.Dataset(ox.parse(document, format=syntax.format))
    graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return "\n".join(sorted(map(str, graph)))


def no_such_format() -> str:
    """What there is, for one who asks for something else."""
    return tk._("There is no such format: {formats}").format(formats=", ".join(sorted(SYNTAXES)))
