"""Our SHACL shapes by level, parsed once per process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyshacl.shapes_graph import ShapesGraph
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from ...types import Text
from ..namespaces import ORDEN

FOLDER = Path(__file__).parents[1] / "shapes"
LEVELS = {
    "base": ("base",),
    "range": ("base", "range"),
    "recommended": ("base", "range", "recommended"),
    "vocabulary": ("base", "range", "vocabulary"),
    "full": ("base", "range", "recommended", "vocabulary"),
    "odpo": ("base", "range", "odpo"),
}
"""Each level and the files of shapes it looks at."""


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
        self.graph = graph
        self.compiled = ShapesGraph(graph)
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
        if path is not None and (path, RDF.first, None) in self.graph:
            return "/".join(map(self._path, self.graph.items(path)))
        options = self.graph.value(path, SH.alternativePath)
        return self._path(next(iter(self.graph.items(options)))) if options is not None else ""


@lru_cache(maxsize=len(LEVELS))
def shapes_of(level: str) -> Shapes:
    """The shapes of a level of LEVELS."""
    graph = Graph(bind_namespaces="none")
    for name in LEVELS[level]:
        graph.parse(FOLDER / f"{name}.ttl", format="turtle")
    return Shapes(graph)
