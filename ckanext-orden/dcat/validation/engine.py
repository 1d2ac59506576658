"""Which engine judges: the compiled one wherever it says what pyshacl says, else pyshacl."""

from __future__ import annotations

from rdflib import SH, Graph

from .compiled import compiled_results, compiled_verdict, judges
from .reference import Result, reference_results
from .shapes import Shapes


def shacl_results(graph: Graph, shapes: Shapes) -> list[Result]:
    """The SHACL results of a graph, each as its properties."""
    if shapes.prepared is not None and judges(graph):
        return compiled_results(graph, shapes.prepared)
    return reference_results(graph, shapes.compiled)


def conforms(graph: Graph, shapes: Shapes) -> bool:
    """Whether a graph is without violations."""
    if shapes.prepared is not None and judges(graph):
        return compiled_verdict(graph, shapes.prepared)
    results = reference_results(graph, shapes.compiled)
    return not any(result.get(SH.resultSeverity, SH.Violation) == SH.Violation for result in results)
