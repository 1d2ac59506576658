"""The ontology of our own terms: labels in Japanese and English, the axes as SKOS schemes, the criteria of quality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from ...types import Text
from ..namespaces import DQV, ORDEN, PROF

FILE = Path(__file__).with_name("orden.ttl")
KINDS = (
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    SKOS.ConceptScheme,
    SKOS.Concept,
    DQV.Metric,
    PROF.Profile,
)
NAMES = (RDFS.label, SKOS.prefLabel, URIRef("http://purl.org/dc/terms/title"))


@dataclass(frozen=True)
class Term:
    """A term of ours: its name in the namespace, what it is, what it is called, what it is said of."""

    name: str
    kind: str
    label: Text
    domain: str


@cache
def graph(namespace: str) -> Graph:
    """The ontology under the operator's namespace."""
    return Graph().parse(data=FILE.read_text(encoding="utf-8").replace(str(ORDEN), namespace), format="turtle")


def terms(namespace: str) -> Iterator[Term]:
    """All terms, by what they are and by name."""
    found = graph(namespace)
    for kind in KINDS:
        for node in sorted(found.subjects(RDF.type, kind), key=str):
            domain = found.value(node, RDFS.domain)
            yield Term(str(node).removeprefix(namespace), _local(kind), _label(found, node), _local(domain))


def _label(found: Graph, node: Node) -> Text:
    labels = [label for name in NAMES for label in found.objects(node, name)]
    return {label.language: str(label) for label in labels if isinstance(label, Literal) and label.language}


def _local(node: Node | None) -> str:
    return str(node or "").replace("#", "/").rsplit("/", 1)[-1]
