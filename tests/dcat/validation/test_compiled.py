"""The compiled engine says what pyshacl says, and is not asked where the two may differ."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from ckanext.orden.dcat.validation import LEVELS, RdfLimits, UnreadableRdf, check_graph, compiled, engine, read_rdf
from ckanext.orden.dcat.validation.compiled import compiled_results, compiled_verdict, judges
from ckanext.orden.dcat.validation.reference import reference_results
from ckanext.orden.dcat.validation.shapes import shapes_of
from pyshacl.shapes_graph import ShapesGraph
from rdflib import RDF, SH, XSD, Graph, Literal, URIRef

from ..conftest import GOLDEN, WHOLE
from ..mutants import BASE, FORMER, ODPO, RANGE, RECOMMENDED, STRICTER, VOCABULARY, Mutant

FILES = sorted((Path(__file__).parents[4] / "shared/feeds/dcat").glob("*.*"))
MUTANTS = [
    *((GOLDEN, mutant) for mutant in (*BASE, *STRICTER, *RANGE, *ODPO)),
    *((WHOLE, mutant) for mutant in (*RECOMMENDED, *VOCABULARY, *FORMER)),
]
"""Rules broken one at a time, each in a catalogue that keeps it."""
SAID = (SH.focusNode, SH.resultPath, SH.value, SH.sourceShape, SH.sourceConstraintComponent, SH.resultSeverity)
WIDEST = [level for level, files in LEVELS.items() if not any(set(files) < set(more) for more in LEVELS.values())]
"""The levels whose rules no other level has all of."""
SUBJECT, PREDICATE = URIRef("http://e/s"), URIRef("http://e/p")


def said(results: list[dict[URIRef, Any]]) -> Counter[tuple[Any, ...]]:
    """Results by all that our reports are made of; a path that is no IRI is the shape's."""
    return Counter(
        tuple(value if isinstance(value := result.get(name), (URIRef, Literal)) else "" for name in SAID)
        if isinstance(result[SH.focusNode], URIRef)
        else tuple(str(result.get(name)) for name in SAID if name != SH.resultPath)
        for result in results
    )


def agree(graph: Graph, level: str) -> None:
    shapes = shapes_of(level)
    results = reference_results(graph, shapes.compiled)
    assert said(compiled_results(graph, shapes.prepared)) == said(results)
    broken = any(result[SH.resultSeverity] == SH.Violation for result in results)
    assert compiled_verdict(graph, shapes.prepared) is not broken


@pytest.mark.parametrize("level", LEVELS)
def test_engine_takes_the_shapes_of_every_level(level: str):
    assert shapes_of(level).prepared is not None


@pytest.mark.parametrize(("path", "mutant"), MUTANTS, ids=[mutant.code for _, mutant in MUTANTS])
def test_broken_rule_gets_the_same_results(path: Path, mutant: Mutant):
    graph = Graph().parse(path)
    mutant.change(graph)
    for level in WIDEST:
        agree(graph, level)


@pytest.mark.skipif(not FILES, reason="the captured catalogues are not here")
@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_published_catalogue_gets_the_same_results(path: Path):
    try:
        graph = read_rdf(path.read_bytes(), limits=RdfLimits())
    except UnreadableRdf as error:
        pytest.skip(str(error))
    if judges(graph):
        for level in WIDEST:
            agree(graph, level)


def odd(text: str, kind: URIRef | None) -> Graph:
    graph = Graph()
    graph.add((SUBJECT, PREDICATE, Literal(text, datatype=kind, normalize=False)))
    return graph


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2026-13-01", XSD.date),
        ("2026-02-30", XSD.date),
        ("0000-01-01", XSD.date),
        ("2026-04-01", XSD.dateTime),
        ("2026-04-01T24:00:00", XSD.dateTime),
        ("0000", XSD.gYear),
        ("abc", XSD.hexBinary),
        ("1 000", XSD.decimal),
        ("-1", XSD.nonNegativeInteger),
        ("1", XSD.boolean),
        ("ends with a line\n", None),
        ("12:00:00", XSD.time),
        ("<b>", RDF.XMLLiteral),
    ],
)
def test_literal_that_engines_may_read_differently_is_for_pyshacl(text: str, kind: URIRef | None):
    assert not judges(odd(text, kind))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2026-02-28", XSD.date),
        ("2028-02-29", XSD.date),
        ("2026-04-01T12:00:00+09:00", XSD.dateTime),
        ("2026-04-01T12:00:00.123456Z", XSD.dateTime),
        ("2026", XSD.gYear),
        ("12.5", XSD.decimal),
        ("0", XSD.nonNegativeInteger),
        ("P1D", XSD.duration),
        ("0aFF", XSD.hexBinary),
        ("two\nlines", None),
        ("anything", URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")),
    ],
)
def test_plain_literal_is_read_alike_by_both(text: str, kind: URIRef | None):
    graph = odd(text, kind)
    assert judges(graph)
    datatype = kind or XSD.string
    other = XSD.anyURI
    for wanted in (datatype, other):
        shapes = Graph().parse(
            data=f"@prefix sh: <{SH}> . <http://e/n> a sh:NodeShape ; sh:targetSubjectsOf <{PREDICATE}> ;"
            f" sh:property <http://e/q> . <http://e/q> sh:path <{PREDICATE}> ; sh:datatype <{wanted}> ."
        )
        found = compiled_results(graph, compiled.prepare(shapes))
        assert said(found) == said(reference_results(graph, ShapesGraph(shapes)))
        assert bool(found) == (wanted != datatype)


def test_report_is_the_same_where_the_engine_is_absent(monkeypatch: pytest.MonkeyPatch):
    graph = Graph().parse(GOLDEN)
    for mutant in BASE[:10]:
        mutant.change(graph)
    with_it = check_graph(graph, "odpo").report
    monkeypatch.setattr(compiled, "PreparedValidator", None)
    shapes_of.cache_clear()
    try:
        assert shapes_of("odpo").prepared is None
        assert check_graph(graph, "odpo").report == with_it
    finally:
        shapes_of.cache_clear()


def test_one_odd_literal_hands_the_graph_to_pyshacl(monkeypatch: pytest.MonkeyPatch):
    graph = Graph().parse(GOLDEN) + odd("0000", XSD.gYear)
    asked: list[Graph] = []
    monkeypatch.setattr(engine, "reference_results", lambda graph, shapes: asked.append(graph) or [])
    engine.shacl_results(graph, shapes_of("base"))
    assert asked == [graph]
