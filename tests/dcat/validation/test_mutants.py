"""Each broken rule is caught, by its code, by our shapes and by the official ones."""

from __future__ import annotations

import pytest
from ckanext.orden.dcat.validation import check_graph
from rdflib import Graph

from ..conftest import GOLDEN, OFFICIAL, official_results
from ..mutants import BASE, ODPO, RANGE, STRICTER, Mutant

ALL = [*BASE, *STRICTER, *RANGE, *ODPO]


@pytest.fixture()
def conforming() -> Graph:
    """A catalogue with every kind of node, as `test_orden.py` holds it to be."""
    return Graph().parse(GOLDEN)


def ids(mutants: list[Mutant]) -> list[str]:
    return [mutant.code for mutant in mutants]


def test_unchanged_graph_conforms_at_every_level(conforming: Graph):
    for level in ("base", "range", "odpo"):
        report = check_graph(conforming, level).report
        assert report.valid, report.issues
        assert report.checked >= 25


def test_there_are_enough_mutants_of_different_rules():
    assert len(ALL) >= 60
    assert len(set(ids(ALL))) == len(ALL)


@pytest.mark.parametrize("mutant", ALL, ids=ids(ALL))
def test_broken_rule_is_an_error_with_its_code(conforming: Graph, mutant: Mutant):
    mutant.change(conforming)
    report = check_graph(conforming, mutant.level).report
    issues = [issue for issue in report.issues if issue.code == mutant.code]
    assert issues, [issue.code for issue in report.issues]
    assert issues[0].severity == "error"
    for lang in ("ja", "en"):
        assert issues[0].message[lang]
        assert issues[0].hint[lang]
    assert issues[0].where
    assert issues[0].field


@pytest.mark.parametrize("mutant", ALL, ids=ids(ALL))
def test_stricter_level_makes_no_error_milder(conforming: Graph, mutant: Mutant):
    mutant.change(conforming)
    assert not check_graph(conforming, "odpo").report.valid


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official shapes are not here")
@pytest.mark.parametrize("mutant", [*BASE, *RANGE], ids=ids([*BASE, *RANGE]))
def test_broken_rule_is_an_official_violation_too(conforming: Graph, mutant: Mutant):
    mutant.change(conforming)
    assert official_results(conforming, mutant.level)


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official shapes are not here")
def test_unchanged_graph_has_no_official_violation(conforming: Graph):
    assert official_results(conforming, "range") == set()
