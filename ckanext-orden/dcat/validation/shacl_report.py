"""SHACL results as SHACL's own validation report (SHACL 3.6)."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import RDF, SH, BNode, Graph, Literal
from rdflib.term import Node

from ..namespaces import PREFIXES
from .reference import Result

MOST_RESULTS = 1000
ORDER = (SH.Violation, SH.Warning, SH.Info)


def shacl_report(results: list[Result], shapes: Graph) -> str:
    """The report in Turtle, with the worst results first in line where there are too many."""
    report, graph = BNode(), Graph()
    for prefix, name in {**PREFIXES, "sh": SH}.items():
        graph.bind(prefix, name)
    graph.add((report, RDF.type, SH.ValidationReport))
    graph.add((report, SH.conforms, Literal(not results)))
    for result in sorted(results, key=_order)[:MOST_RESULTS]:
        node = BNode()
        graph.add((report, SH.result, node))
        for triple in _said(node, result, shapes):
            graph.add(triple)
    left = f"# {MOST_RESULTS} of {len(results)} results\n" if len(results) > MOST_RESULTS else ""
    return left + graph.serialize(format="turtle")


def _said(node: BNode, result: Result, shapes: Graph) -> Iterator[tuple[Node, Node, Node]]:
    for predicate, value in result.items():
        if predicate not in (SH.resultMessage, SH.detail, SH.sourceConstraint):
            yield node, predicate, value
    shape = result[SH.sourceShape]
    for message in shapes.objects(shape, SH.message):
        yield node, SH.resultMessage, message
    path = shapes.value(shape, SH.path)
    if isinstance(path, BNode):
        yield node, SH.resultPath, path
        yield from shapes.cbd(path)


def _order(result: Result) -> int:
    severity = result.get(SH.resultSeverity, SH.Violation)
    return ORDER.index(severity) if severity in ORDER else 0
