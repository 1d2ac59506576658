"""SHACL shapes by level, read once per process: ours, and those of the operator's folder."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from pyshacl.shapes_graph import ShapesGraph
from rdflib import SH, BNode, Graph, URIRef
from rdflib.term import Node

from .compiled import prepare
from .rules import FOLDER, Rule, rule

LEVELS = {
    "base": ("base",),
    "range": ("base", "range"),
    "recommended": ("base", "range", "recommended"),
    "vocabulary": ("base", "range", "vocabulary"),
    "full": ("base", "range", "recommended", "vocabulary"),
    "odpo": ("base", "range", "odpo", "offers"),
}
"""Each level of ours and the files of shapes it looks at."""
BLANK = "urn:orden:shape:"
"""Names those shapes that have no IRI."""


class Shapes:
    """The shapes of one level, ready to validate with."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph = _named(graph)
        self.compiled = ShapesGraph(graph)
        self.targeting = [shape for shape in self.compiled.shapes if any(map(list, shape.target()))]
        self.prepared = prepare(graph)
        self.rules = {shape: rule(graph, shape) for shape in graph.subjects(SH.path) if isinstance(shape, URIRef)}

    def rule(self, shape: Node) -> Rule:
        """What a shape says about itself."""
        return self.rules.get(shape) or rule(self.graph, shape)  # pyright: ignore[reportArgumentType]


def levels(folder: str) -> dict[str, tuple[Path, ...]]:
    """Each level and its files; in the operator's folder a file is a level, and so is a folder of files."""
    found = {name: tuple(FOLDER / f"{file}.ttl" for file in files) for name, files in LEVELS.items()}
    for path in sorted(Path(folder).iterdir()) if folder else ():
        files = tuple(sorted(path.glob("*.ttl"))) if path.is_dir() else (path,) * (path.suffix == ".ttl")
        if files:
            found.setdefault(path.stem, files)
    return found


@lru_cache(maxsize=32)
def shapes_of(level: str, folder: str = "") -> Shapes:
    """The shapes of one of the levels."""
    graph = Graph(bind_namespaces="none")
    for path in levels(folder)[level]:
        graph.parse(path, format="turtle")
    return Shapes(graph)


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
