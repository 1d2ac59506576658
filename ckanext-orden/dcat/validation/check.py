"""A graph against the shapes of a level: SHACL results become a Report."""

from __future__ import annotations

from rdflib import RDF, SH, BNode, Graph
from rdflib.term import Node

from ...types import Issue, Report, Severity
from ..namespaces import DCAT, PREFIXES
from .engine import shacl_results
from .messages import wording
from .problems import issue
from .reference import Result
from .shapes import Rule, Shapes, shapes_of

SUBJECTS = (DCAT.Dataset, DCAT.Catalog, DCAT.DatasetSeries, DCAT.DataService)
SEVERITIES: dict[Node | None, Severity] = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "info"}
LONGEST_VALUE = 200
MOST_ISSUES = 500


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
