"""Writes docs/shapes.md, our SHACL rules one by one: `python docs/make_shapes.py`; a test compares.

Of the official files it knows only their names: tests compare with them where they are beside the checkout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ckanext.orden.dcat.namespaces import ORDEN, PREFIXES
from ckanext.orden.dcat.validation.check import SEVERITIES
from ckanext.orden.dcat.validation.messages import wording
from ckanext.orden.dcat.validation.rules import Rule
from ckanext.orden.dcat.validation.shapes import FOLDER, LEVELS, Shapes
from rdflib import SH, Graph, URIRef
from rdflib.term import Node

FILE = Path(__file__).parent / "shapes.md"
NAMES = ("base", "range", "recommended", "vocabulary", "odpo", "offers")
OFFICIAL = {
    "base": "shapes.ttl",
    "range": "range.ttl",
    "recommended": "shapes_recommended.ttl",
    "vocabulary": "mdr-vocabularies.shape.ttl",
}
SHAPES = "https://w3id.org/orden/shapes/"
INTRO = """# The rules of the check

Made by `python docs/make_shapes.py` from `dcat/shapes/*.ttl`; do not edit. How to check, and what the levels are:
[dcat](dcat.md#the-check).

An issue's code is that of the rule and, behind a dot, what is wrong: `dcat.catalog.title.missing`. *Official* is the
file of DCAT-AP 3.0.1 that has the same rule for the same class and path, with its severity where ours is another.
"""
HEAD = ("code", "class", "path", "what is asked", "official", "severity", "field")
CONSTRAINTS: tuple[tuple[URIRef, URIRef, str], ...] = (
    (SH.minCount, SH.MinCountConstraintComponent, "at least {}"),
    (SH.maxCount, SH.MaxCountConstraintComponent, "at most {}"),
    (SH.nodeKind, SH.NodeKindConstraintComponent, "{}"),
    (SH.datatype, SH.DatatypeConstraintComponent, "{}"),
    (SH["class"], SH.ClassConstraintComponent, "a {}"),
    (SH.node, SH.NodeConstraintComponent, "a {}"),
    (SH.pattern, SH.PatternConstraintComponent, "`{}`"),
    (SH["in"], SH.InConstraintComponent, "one of {} codes"),
    (SH.hasValue, SH.HasValueConstraintComponent, "{} among the values"),
    (SH.disjoint, SH.DisjointConstraintComponent, "not the same as {}"),
    (SH.uniqueLang, SH.UniqueLangConstraintComponent, "one a language"),
    (SH.qualifiedMinCount, SH.QualifiedMinCountConstraintComponent, "at least {} in Japanese"),
    (SH.qualifiedMaxCount, SH.QualifiedMaxCountConstraintComponent, "no longer used"),
)
"""A constraint, the component that names what is wrong, and what it asks for."""


class Row(NamedTuple):
    """A rule, as the table shows it."""

    level: str
    rule: Rule
    target: str
    asked: str
    severity: str
    official: str
    official_severity: str

    @property
    def cells(self) -> tuple[str, ...]:
        differs = self.official_severity not in ("", self.severity)
        official = f"{self.official}{f' ({self.official_severity})' if differs else ''}" or "ours alone"
        field = f"`{self.rule.field}`" if self.rule.field else ""
        return f"`{self.rule.code}`", self.target, self.rule.path, self.asked, official, self.severity, field


def main() -> None:
    FILE.write_text(text(), encoding="utf-8")


def text() -> str:
    """The whole page."""
    parts = [INTRO, *_table(("file", "rules", "error", "warning", "info"), [_counted(name) for name in NAMES])]
    for name in NAMES:
        levels = ", ".join(f"`{level}`" for level, files in LEVELS.items() if name in files)
        parts.append(f"\n## {name}.ttl\n\nLevels {levels}.\n")
        parts += _table(HEAD, [row.cells for row in rows(name)])
    return "\n".join(parts) + "\n"


def rows(name: str) -> list[Row]:
    """The rules of one file, by code."""
    graph = Graph(bind_namespaces="none").parse(FOLDER / f"{name}.ttl")
    shapes = Shapes(graph)
    found = (_row(name, graph, shape, rule) for shape, rule in shapes.rules.items())
    return sorted(found, key=lambda row: row.rule.code)


def _row(name: str, graph: Graph, shape: URIRef, rule: Rule) -> Row:
    owner = graph.value(predicate=SH.property, object=shape)
    severity = SEVERITIES[graph.value(shape, SH.severity) or SH.Violation]
    theirs = graph.value(shape, ORDEN.officialSeverity)
    file = graph.value(shape, ORDEN.officialFile)
    return Row(
        level=name,
        rule=rule,
        target=_target(graph, owner),
        asked="; ".join(_asked(graph, shape)),
        severity=severity,
        official=f"{file}, without a constraint" if file else OFFICIAL.get(name, ""),
        official_severity=SEVERITIES[theirs] if theirs else "",
    )


def _target(graph: Graph, owner: Node | None) -> str:
    """The class that a rule is about, or the properties whose values it is about."""
    kind = graph.value(owner, SH.targetClass)
    named = sorted(_short(path) for path in graph.objects(owner, SH.targetObjectsOf))
    return _short(kind) if kind else ", ".join(f"value of {name}" for name in named)


def _asked(graph: Graph, shape: URIRef) -> Iterator[str]:
    for predicate, component, words in CONSTRAINTS:
        for value in graph.objects(shape, predicate):
            listed = len(list(graph.items(value))) if predicate == SH["in"] else _short(value)
            yield f"`{wording(component, {}, '', '')[0]}`: {words.format(listed)}"


def _short(node: Node | None) -> str:
    """A node as people write it, safe in a table."""
    text = str(node)
    for prefix, namespace in PREFIXES.items():
        if text.startswith(str(namespace)):
            return f"{prefix}:{text.removeprefix(str(namespace))}"
    if isinstance(node, URIRef) and text.startswith((str(SH), SHAPES)):
        return text.partition("#")[2]
    return text.replace("|", "\\|")


def _counted(name: str) -> tuple[str, ...]:
    found = rows(name)
    severities = Counter(row.severity for row in found)
    return f"`{name}.ttl`", str(len(found)), *(str(severities[severity]) for severity in ("error", "warning", "info"))


def _table(head: tuple[str, ...], lines: list[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in lines)


if __name__ == "__main__":
    main()
