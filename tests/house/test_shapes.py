"""The page of rules is the one that the shapes give, and has every rule of DCAT-AP."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from ckanext.orden.dcat.validation.shapes import FOLDER
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

OFFICIAL = Path(__file__).parents[3] / "shared/shapes/dcat-ap-3.0.1"
DESCRIBING = {SH.path, SH.severity, SH.message, SH.description, SH.name}
Place = tuple[str, str]

there = pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official shapes are not here")


@pytest.fixture(scope="module")
def maker(root: Path) -> ModuleType:
    """docs/make_shapes.py as a module."""
    spec = importlib.util.spec_from_file_location("make_shapes", root / "docs/make_shapes.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def places(path: Path) -> dict[Place, str]:
    """The severity of each rule that asks for something, by class and path."""
    graph = Graph().parse(path)
    found: dict[Place, str] = {}
    for shape, target in graph.subject_objects(SH.targetClass):
        for rule in graph.objects(shape, SH.property):
            if set(graph.predicates(rule)) - DESCRIBING:
                found[str(target), step(graph, graph.value(rule, SH.path))] = severity(graph, rule)
        if (shape, SH["or"], None) in graph:
            found[str(target), ""] = severity(graph, shape)
    return found


def step(graph: Graph, path: Node | None) -> str:
    """The first predicate of a path; none where it offers several or goes backwards."""
    return str(path if isinstance(path, URIRef) else graph.value(path, RDF.first) or "")


def severity(graph: Graph, shape: Node) -> str:
    return str(graph.value(shape, SH.severity) or SH.Violation)


def test_the_page_is_made_from_the_shapes_as_they_are(maker: ModuleType):
    assert maker.FILE.read_text(encoding="utf-8") == maker.text(), "run python docs/make_shapes.py"


@there
@pytest.mark.parametrize("name", ["base", "range", "recommended", "vocabulary"])
def test_every_official_rule_has_a_row(maker: ModuleType, name: str):
    ours = {*places(FOLDER / "base.ttl"), *places(FOLDER / f"{name}.ttl")}
    assert set(places(OFFICIAL / maker.OFFICIAL[name])) <= ours
    assert len(maker.rows(name)) == len(list(Graph().parse(FOLDER / f"{name}.ttl").objects(None, SH.property)))


@there
@pytest.mark.parametrize("name", ["base", "range", "recommended", "vocabulary"])
def test_row_that_claims_an_official_rule_has_one_of_that_severity(maker: ModuleType, name: str):
    graph = Graph().parse(FOLDER / f"{name}.ttl")
    official = places(OFFICIAL / maker.OFFICIAL[name])
    for shape, target in graph.subject_objects(SH.targetClass):
        for rule in graph.objects(shape, SH.property):
            if graph.value(rule, maker.ORDEN.officialFile) is None:
                theirs = graph.value(rule, maker.ORDEN.officialSeverity) or severity(graph, rule)
                assert official[str(target), step(graph, graph.value(rule, SH.path))] == str(theirs), rule
