"""The compiled engine (pyshifty), for what it judges as pyshacl does: core shapes, literals written plainly.

`docs/shacl.md` has its results in the W3C suite; `tests/dcat/validation/test_compiled.py` compares it with pyshacl.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pyoxigraph as ox
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef

from .convert import node_of
from .reference import Result

try:
    from shifty._shifty import PreparedValidator  # the public class takes a text for an address or a path, too
except ImportError:  # a wheel that not every machine has
    PreparedValidator = None

WORDS = """
NodeShape PropertyShape Shape IRI BlankNode Literal BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral
Violation Warning Info targetClass targetNode targetSubjectsOf targetObjectsOf path inversePath alternativePath
zeroOrMorePath oneOrMorePath zeroOrOnePath property node severity message name description order group defaultValue
deactivated class datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive maxInclusive
minLength maxLength pattern flags languageIn uniqueLang equals disjoint lessThan lessThanOrEquals not and or xone
qualifiedValueShape qualifiedValueShapesDisjoint qualifiedMinCount qualifiedMaxCount closed ignoredProperties
hasValue in declare prefix namespace PropertyGroup
"""
MODE = {"data_format": "ntriples", "graph_mode": "data", "run_infer": False, "on_unsupported": "error"}
CORE = frozenset(SH[word] for word in WORDS.split())
"""The words of SHACL's core."""
SAID = frozenset((SH.message, SH.name, SH.description))
"""What shapes say to people: the engine would write it into each result."""
ODD_PATTERN = re.compile(r"\(\?|\\[1-9]")
"""What a regular expression of SPARQL does not have, and Python's has."""
DIGITS = r"\d{1,18}"
PLAIN = {
    kind: re.compile(pattern, re.ASCII)
    for kinds, pattern in (
        ((XSD.string, RDF.langString), r"(?s:.*[^\n])?"),
        ((XSD.boolean,), r"true|false"),
        ((XSD.integer, XSD.long), rf"-?{DIGITS}"),
        ((XSD.nonNegativeInteger, XSD.unsignedLong), DIGITS),
        ((XSD.positiveInteger,), r"[1-9]\d{0,17}"),
        ((XSD.int, XSD.unsignedInt), r"\d{1,9}"),
        ((XSD.decimal,), rf"-?{DIGITS}(\.{DIGITS})?"),
        ((XSD.double, XSD.float), r"-?\d{1,15}(\.\d{1,15})?([eE]-?\d{1,2})?"),
        ((XSD.gYear,), r"[1-9]\d{3}"),
        ((XSD.gYearMonth,), r"[1-9]\d{3}-(0[1-9]|1[0-2])"),
        ((XSD.date,), r"[1-9]\d{3}-\d\d-\d\d"),
        (
            (XSD.dateTime,),
            r"[1-9]\d{3}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-](0\d|1[0-3]):[0-5]\d)?",
        ),
        ((XSD.duration,), r"P[1-9]\d{0,3}[YMD]|PT[1-9]\d{0,3}[HMS]"),
        ((XSD.hexBinary,), r"([0-9a-fA-F]{2})+"),
        ((XSD.anyURI,), r"https?://[\w.~:/?#@!$&'()*+,;=%-]+"),
    )
    for kind in kinds
}
"""Literals that every engine reads alike, by datatype."""


def prepare(shapes: Graph) -> Any:
    """The shapes made ready for the engine; None where it is absent, or they ask for more than it is trusted with."""
    if PreparedValidator is None or not _is_core(shapes):
        return None
    judged = Graph()
    judged += (triple for triple in shapes if triple[1] not in SAID)
    return PreparedValidator(shapes=_triples(judged), shapes_format="ntriples")


def judges(graph: Graph) -> bool:
    """Whether the engine reads all literals of a graph as pyshacl does."""
    return all(_is_plain(node) for node in graph.objects() if isinstance(node, Literal))


def compiled_verdict(graph: Graph, prepared: Any) -> bool:
    """Whether a graph is without violations, in a tenth of the time of the results."""
    return prepared.validate_algebra(data=_triples(graph), minimum_severity="violation", **MODE).conforms


def compiled_results(graph: Graph, prepared: Any) -> list[Result]:
    """The SHACL results, with the blank nodes of the graph."""
    report = prepared.validate_w3c(data=_triples(graph), **MODE)
    if report.conforms:
        return []
    results: dict[Any, Result] = {}
    for quad in ox.parse(report.report_turtle, format=ox.RdfFormat.TURTLE):
        results.setdefault(quad.subject, {})[_iri(quad.predicate)] = node_of(quad.object)
    return [result for result in results.values() if result.get(RDF.type) == SH.ValidationResult]


def _iri(node: ox.NamedNode) -> URIRef:
    return URIRef(node.value)


def _is_core(shapes: Graph) -> bool:
    """Whether shapes say nothing in SHACL's words but what its core knows, in patterns that engines agree on."""
    used = {node for triple in shapes for node in triple if isinstance(node, URIRef) and node.startswith(str(SH))}
    odd = any(ODD_PATTERN.search(str(pattern)) for pattern in shapes.objects(None, SH.pattern))
    one = any(isinstance(node, Literal) and not _is_plain(node) for node in shapes.objects(None, SH.uniqueLang))
    return used <= CORE and not odd and not one


def _is_plain(literal: Literal) -> bool:
    kind = RDF.langString if literal.language else literal.datatype or XSD.string
    pattern = PLAIN.get(kind)
    if pattern is None:
        return not str(kind).startswith((str(XSD), str(RDF)))
    return bool(pattern.fullmatch(literal)) and (kind not in (XSD.date, XSD.dateTime) or _is_day(literal[:10]))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _triples(graph: Graph) -> bytes:
    return graph.serialize(format="nt", encoding="utf-8")
