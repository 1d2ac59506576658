"""Our shapes and the official ones, rule by rule, over catalogues of many publishers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ckanext.orden.dcat.namespaces import DCAT, DCT, SCHEMA, SPDX
from ckanext.orden.dcat.validation import LEVELS, RdfLimits, UnreadableRdf, read_rdf
from ckanext.orden.dcat.validation.engine import shacl_results
from ckanext.orden.dcat.validation.shapes import Shapes, shapes_of
from rdflib import OWL, RDF, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from ..conftest import OFFICIAL, WHOLE, official_results, official_verdicts
from ..mutants import RECOMMENDED, VOCABULARY, Mutant

CORPUS = Path(__file__).parents[4] / "shared/feeds/dcat"
OURS_ALONE = {str(predicate) for predicate in (DCT.issued, DCT.modified, DCAT.startDate, DCAT.endDate)}
"""Dates: the official file asks for them in words that no engine knows."""
FORMER = {str(path) for path in (DCT.hasVersion, DCT.isVersionOf, OWL.versionInfo, SCHEMA.startDate, SCHEMA.endDate)}
"""Ways to write that are no longer used: the official file names them without a constraint."""
THEIRS_ALONE = {str(SPDX.algorithm)}
"""The official file wants `https://spdx.org/…`; SPDX's terms, in its own prefix too, begin with `http://`."""
FILES = sorted(CORPUS.glob("*.*"))
NEWER = ["recommended", "vocabulary"]

pytestmark = pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official shapes are not here")


def our_results(graph: Graph, level: str) -> set[tuple[str, str, str]]:
    return {
        (
            str(result[SH.focusNode]),
            str(result[SH.resultPath]),
            str(result[SH.sourceConstraintComponent]).partition("#")[2],
        )
        for result in shacl_results(graph, shapes_of(level))
        if result[SH.resultSeverity] == SH.Violation
    }


def our_verdicts(graph: Graph, level: str) -> set[tuple[str, str]]:
    """(focus node, path) of each result of any severity."""
    shapes = shapes_of(level)
    return {
        (str(result[SH.focusNode]), first_step(shapes, shapes.graph.value(result[SH.sourceShape], SH.path)))
        for result in shacl_results(graph, shapes)
    }


def first_step(shapes: Shapes, path: Node | None) -> str:
    """Where a path begins; one of several predicates stands for a rule of the whole node."""
    if isinstance(path, URIRef):
        return str(path)
    return str(shapes.graph.value(path, RDF.first) or "")


def with_lists(graph: Graph) -> Graph:
    """The graph with what the EU's lists would say of the values that are in ours."""
    shapes = shapes_of("vocabulary").graph
    listed = {term for codes in shapes.objects(None, SH["in"]) for term in shapes.items(codes)}
    forms = [re.compile(str(form)) for form in shapes.objects(None, SH.pattern)]
    known = {term for term in graph.objects() if isinstance(term, URIRef)}
    background = Graph() + graph
    for term in known:
        if term in listed or any(form.search(term) for form in forms):
            scheme = URIRef(term.rpartition("/")[0] + ("/1.0" if "purl.org/adms" in term else ""))
            background.add((term, SKOS.inScheme, scheme))
            background.add((scheme, RDF.type, SKOS.ConceptScheme))
            background.add((scheme, DCT.title, Literal("list")))
    return background


def assert_agreement(graph: Graph, level: str) -> None:
    known = with_lists(graph) if level == "vocabulary" else graph
    ours, theirs = our_verdicts(known, level), official_verdicts(known, LEVELS[level])
    assert {path for _, path in theirs - ours} <= THEIRS_ALONE, theirs - ours
    assert {path for _, path in ours - theirs} <= OURS_ALONE | FORMER, ours - theirs


def read(path: Path) -> Graph:
    try:
        return read_rdf(path.read_bytes(), limits=RdfLimits())
    except UnreadableRdf as error:
        pytest.skip(str(error))


@pytest.mark.parametrize("level", ["base", "range"])
@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_verdicts_agree_on_a_published_catalogue(path: Path, level: str):
    graph = read(path)
    ours, theirs = our_results(graph, level), official_results(graph, level)
    assert theirs - ours == set()
    assert {path for _, path, _ in ours - theirs} <= OURS_ALONE


@pytest.mark.parametrize("level", NEWER)
@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_advice_and_lists_agree_on_a_published_catalogue(path: Path, level: str):
    assert_agreement(read(path), level)


@pytest.mark.parametrize("level", NEWER)
def test_whole_catalogue_is_as_good_for_the_official_shapes(level: str):
    assert_agreement(Graph().parse(WHOLE), level)


@pytest.mark.parametrize("mutant", [*RECOMMENDED, *VOCABULARY], ids=[m.code for m in (*RECOMMENDED, *VOCABULARY)])
def test_broken_rule_of_the_newer_levels_is_an_official_result_too(mutant: Mutant):
    graph = Graph().parse(WHOLE)
    mutant.change(graph)
    assert official_verdicts(with_lists(graph), LEVELS[mutant.level])
    assert_agreement(graph, mutant.level)
