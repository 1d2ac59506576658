"""A graph against the shapes of a level: SHACL results become a Report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyshacl.graph_abstraction import DataGraph
from pyshacl.rdfutil.stringify import stringify_blank_node
from pyshacl.validator import Validator
from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.term import Node

from ...types import Issue, Report, Severity
from ..namespaces import DCAT, PREFIXES
from .messages import wording
from .problems import issue
from .shapes import Rule, Shapes, shapes_of

SUBJECTS = (DCAT.Dataset, DCAT.Catalog, DCAT.DatasetSeries, DCAT.DataService)
SEVERITIES: dict[Node | None, Severity] = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "info"}
LONGEST_VALUE = 200
MOST_ISSUES = 500
Result = dict[URIRef, Any]


def check_graph(graph: Graph, level: str, *, subject: str = "") -> Report:
    """The Report of a graph at a level of LEVELS."""
    if not any((None, RDF.type, kind) in graph for kind in SUBJECTS):
        return Report((issue("dcat.nothing", found=len(graph)),), subject=subject, level=level)
    shapes = shapes_of(level)
    results = shacl_results(graph, shapes)
    issues = sorted((_issue(graph, shapes, result) for result in results), key=_order)
    whole = Report(_once(issues), subject=subject, level=level, checked=_focus_nodes(graph, shapes))
    return whole.shortened(MOST_ISSUES)


def _once(issues: list[Issue]) -> tuple[Issue, ...]:
    """Each issue once, as the worst; a value of the wrong kind is of the wrong class too, which need not be said."""
    found: dict[tuple[str, str, str], Issue] = {}
    for one in issues:  # the worst come first
        found.setdefault((one.code, one.where, one.value), one)
    kinds = {(code.rpartition(".")[0], where, value) for code, where, value in found if code.endswith(".kind")}
    told = {(f"{code}.range", where, value) for code, where, value in kinds}
    return tuple(issue for key, issue in found.items() if key not in told)


def shacl_results(graph: Graph, shapes: Shapes) -> list[Result]:
    """The SHACL results, each as its properties; pyshacl's shapes are kept, its report graph is never made."""
    data = DataGraph.from_rdflib_graph(graph)
    executor = Validator(data, shacl_graph=Graph(), options={"inplace": True}).make_executor()
    # pyshacl writes out each blank node with all that it holds, quadratic in its values, into texts that nobody reads,
    # and keeps what it wrote for ever under an id() that is used again: what it finds there it takes.
    written = vars(stringify_blank_node)["dict_cache"]
    written.update({(id(graph), str(node)): "[]" for node in graph.all_nodes() if isinstance(node, BNode)})
    found = [result for shape in shapes.compiled.shapes for result in shape.validate(executor, data)[1]]
    written.clear()
    return [dict(_properties(top, triples)) for _, top, triples in found]


def _properties(top: Node, triples: Any) -> Iterator[tuple[Any, Any]]:
    """What is said of the result itself; pyshacl gives nodes of the data together with their graph."""
    for node, predicate, value in triples:
        if node == top:
            yield predicate, value[1] if isinstance(value, tuple) else value


def _issue(graph: Graph, shapes: Shapes, result: Result) -> Issue:
    rule: Rule = shapes.rules[result[SH.sourceShape]]
    value = _shown(graph, result.get(SH.value))
    suffix, message = wording(result[SH.sourceConstraintComponent], rule.name, rule.path, value)
    return Issue(
        code=f"{rule.code}.{suffix}",
        severity=SEVERITIES[result.get(SH.resultSeverity, SH.Violation)],
        field=rule.field or rule.path,
        message=message,
        hint=rule.hint,
        where=_shown(graph, result[SH.focusNode]),
        value=value,
        link=rule.link,
    )


def _shown(graph: Graph, node: Node | None) -> str:
    """A node for a person: a blank one by what points to it."""
    if not isinstance(node, BNode):
        return "" if node is None else str(node)[:LONGEST_VALUE]
    steps: list[str] = []
    holder: Node = node
    while isinstance(holder, BNode) and len(steps) < 3:
        arrow = next(iter(graph.subject_predicates(holder)), None)
        if arrow is None:
            break
        holder = arrow[0]
        steps.append(_short(arrow[1]))
    start = "[]" if isinstance(holder, BNode) else str(holder)[:LONGEST_VALUE]
    return " / ".join([start, *reversed(steps)])


def _short(predicate: Node) -> str:
    """A predicate as people write it."""
    for prefix, namespace in PREFIXES.items():
        if str(predicate).startswith(str(namespace)):
            return f"{prefix}:{str(predicate).removeprefix(str(namespace))}"
    return str(predicate)


def _order(issue: Issue) -> tuple[int, str, str, str]:
    return list(SEVERITIES.values()).index(issue.severity), issue.where, issue.code, issue.value


def _focus_nodes(graph: Graph, shapes: Shapes) -> int:
    return len({node for target in shapes.targets for node in graph.subjects(RDF.type, target)})
