"""Our SHACL shapes by level, parsed once per process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pyshacl.shapes_graph import ShapesGraph
from rdflib import RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ...types import Text
from ..namespaces import ORDEN
from .compiled import prepare

FOLDER = Path(__file__).parents[1] / "shapes"
LEVELS = {"base": ("base",), "range": ("base", "range"), "odpo": ("base", "range", "odpo")}
"""Each level and the files of shapes it looks at."""
BLANK = "urn:orden:shape:"
"""Names those shapes that have no IRI."""


@dataclass(frozen=True)
class Rule:
    """What a property shape says about itself."""

    code: str
    name: Text
    path: str
    hint: Text
    field: str
    link: str


class Shapes:
    """The shapes of one level, ready to validate with."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph = _named(graph)
        self.compiled = ShapesGraph(graph)
        self.prepared = prepare(graph)
        self.targets = frozenset(graph.objects(None, SH.targetClass))
        self.rules = {shape: self._rule(shape) for shape in graph.subjects(SH.path) if isinstance(shape, URIRef)}

    def _rule(self, shape: URIRef) -> Rule:
        owner = self.graph.value(predicate=SH.property, object=shape)
        link = self.graph.value(owner, RDFS.seeAlso) if owner else None
        return Rule(
            code=f"dcat.{shape.partition('#')[2]}",
            name=self._texts(shape, SH.name),
            path=self._path(self.graph.value(shape, SH.path)),
            hint=self._texts(shape, SH.message),
            field=str(self.graph.value(shape, ORDEN.field) or ""),
            link=str(link or ""),
        )

    def _texts(self, shape: URIRef, predicate: URIRef) -> Text:
        texts = self.graph.objects(shape, predicate)
        return {text.language: str(text) for text in texts if isinstance(text, Literal) and text.language}

    def _path(self, path: Node | None) -> str:
        if isinstance(path, URIRef):
            return self.graph.qname(path)
        inverse = self.graph.value(path, SH.inversePath)
        if inverse is not None:
            return "^" + self._path(inverse)
        options = self.graph.value(path, SH.alternativePath)
        return self._path(next(iter(self.graph.items(options)))) if options is not None else ""


def _named(graph: Graph) -> Graph:
    """The shapes with an IRI for each that has none: a result says by it which shape it is of."""
    shapes = {*graph.subjects(SH.path), *graph.objects(None, SH.property), *graph.objects(None, SH.node)}
    blank = sorted(str(shape) for shape in shapes if isinstance(shape, BNode))
    names: dict[Any, Node] = {BNode(label): URIRef(f"{BLANK}{number}") for number, label in enumerate(blank)}
    named = Graph()
    for prefix, name in graph.namespaces():
        named.bind(prefix, name, replace=True)
    named += ((names.get(s, s), p, names.get(o, o)) for s, p, o in graph)
    return named


@lru_cache(maxsize=len(LEVELS))
def shapes_of(level: str) -> Shapes:
    """The shapes of a level of LEVELS."""
    graph = Graph()
    for name in LEVELS[level]:
        graph.parse(FOLDER / f"{name}.ttl", format="turtle")
    return Shapes(graph)
