"""A graph against the shapes of a level: SHACL results become a Report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from pyparsing import ParseException
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError
from pyshacl.graph_abstraction import DataGraph
from rdflib import RDF, SH, BNode, Graph
from rdflib.term import Node

from ...types import Issue, Report, Severity, Text
from ..namespaces import DCAT
from .engine import shacl_results
from .groups import Groups
from .messages import wording
from .problems import issue
from .reference import Result
from .rules import short
from .shacl_report import shacl_report
from .shapes import Shapes, shapes_of

SUBJECTS = (DCAT.Dataset, DCAT.Catalog, DCAT.DatasetSeries, DCAT.DataService)
SEVERITIES: dict[Node | None, Severity] = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "info"}
UNUSABLE = (ConstraintLoadError, ReportableRuntimeError, ShapeLoadError, ParseException)
LONGEST_VALUE = 200
MOST_ISSUES = 500


@dataclass(frozen=True)
class Checked:
    """What a check found: its report, the same by rule, and as SHACL's validation report in Turtle.

    The latter is empty where shapes were not asked: the document could not be read, or there are many datasets.
    """

    report: Report
    groups: Groups
    shacl: str = ""

    @classmethod
    def only(cls, issue: Issue, *, subject: str, level: str) -> Checked:
        """Why there was nothing to check."""
        return cls(Report((issue,), subject=subject, level=level), Groups((issue,)))

    def with_issues(self, more: Iterable[Issue]) -> Checked:
        issues = tuple(more)
        self.groups.add(Groups(issues))
        return replace(self, report=self.report.with_issues(issues))

    def as_dict(self) -> dict[str, Any]:
        """The JSON face."""
        return {**self.report.as_dict(), "groups": self.groups.as_list()}


def check_graph(graph: Graph, level: str, *, subject: str = "", folder: str = "") -> Checked:
    """The check of a graph at one of the levels; `folder` is the operator's, of more shapes."""
    if not any((None, RDF.type, kind) in graph for kind in SUBJECTS):
        return Checked.only(issue("dcat.nothing", found=len(graph)), subject=subject, level=level)
    shapes = shapes_of(level, folder)
    try:
        results = shacl_results(graph, shapes)
    except UNUSABLE as error:
        reason = str(error)[:LONGEST_VALUE]
        return Checked.only(issue("shacl.unusable", level=level, found=reason), subject=subject, level=level)
    issues = _once(sorted((_issue(graph, shapes, result) for result in results), key=_order))
    report = Report(issues, subject=subject, level=level, checked=_focus_nodes(graph, shapes))
    return Checked(report.shortened(MOST_ISSUES), Groups(issues), shacl_report(results, shapes.graph))


def _once(issues: list[Issue]) -> tuple[Issue, ...]:
    """Each issue once, as the worst; a value of the wrong kind is of the wrong class too, which need not be said."""
    found: dict[tuple[str, str, str], Issue] = {}
    for one in issues:  # the worst come first
        found.setdefault((one.code, one.where, one.value), one)
    kinds = {(code.rpartition(".")[0], where, value) for code, where, value in found if code.endswith(".kind")}
    told = {(f"{code}.range", where, value) for code, where, value in kinds}
    return tuple(issue for key, issue in found.items() if key not in told)


def _issue(graph: Graph, shapes: Shapes, result: Result) -> Issue:
    rule = shapes.rule(result[SH.sourceShape])
    value = _shown(graph, result.get(SH.value))
    suffix, message = wording(result[SH.sourceConstraintComponent], rule.name, rule.path, value)
    return Issue(
        code=f"{rule.code}.{suffix}",
        severity=SEVERITIES.get(result.get(SH.resultSeverity, SH.Violation), "error"),
        field=rule.field or rule.path,
        message=message,
        hint=rule.hint or _sparql_message(result),
        where=_shown(graph, result[SH.focusNode]),
        value=value,
        link=rule.link,
    )


def _sparql_message(result: Result) -> Text:
    """What a constraint in SPARQL says itself; its shape does not."""
    return {"en": str(result[SH.resultMessage])} if SH.sourceConstraint in result else {}


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
        steps.append(short(arrow[1]))
    start = "[]" if isinstance(holder, BNode) else str(holder)[:LONGEST_VALUE]
    return " / ".join([start, *reversed(steps)])


def _order(issue: Issue) -> tuple[int, str, str, str]:
    return list(SEVERITIES.values()).index(issue.severity), issue.where, issue.code, issue.value


def _focus_nodes(graph: Graph, shapes: Shapes) -> int:
    data = DataGraph.from_rdflib_graph(graph)
    return len({node for shape in shapes.targeting for node in shape.focus_nodes(data)})
