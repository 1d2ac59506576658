"""Each broken rule is caught, by its code, by our shapes and by the official ones."""

from __future__ import annotations

import pytest
from ckanext.orden.dcat.validation import LEVELS, check_graph
from ckanext.orden.dcat.validation.shapes import shapes_of
from rdflib import Graph

from ..conftest import GOLDEN, OFFICIAL, WHOLE, official_results
from ..mutants import BASE, FORMER, ODPO, RANGE, RECOMMENDED, STRICTER, VOCABULARY, Mutant

ERRORS = [*BASE, *STRICTER, *RANGE, *ODPO]
OF_THE_WHOLE = [*RECOMMENDED, *VOCABULARY, *FORMER]
ALL = [*ERRORS, *OF_THE_WHOLE]


@pytest.fixture()
def conforming() -> Graph:
    """A catalogue with every kind of node, as `test_orden.py` holds it to be."""
    return Graph().parse(GOLDEN)


@pytest.fixture()
def whole() -> Graph:
    """A catalogue with all that is recommended."""
    return Graph().parse(WHOLE)


def ids(mutants: list[Mutant]) -> list[str]:
    return [f"{mutant.level}: {mutant.code}" for mutant in mutants]


def test_unchanged_graph_conforms_at_every_level(conforming: Graph):
    for level in LEVELS:
        report = check_graph(conforming, level).report
        assert report.valid, report.issues
        assert report.checked >= 25


@pytest.mark.parametrize("level", LEVELS)
def test_catalogue_with_all_that_is_recommended_has_no_issue(whole: Graph, level: str):
    assert check_graph(whole, level).report.issues == ()


def test_there_are_enough_mutants_of_different_rules():
    assert len(ALL) >= 60
    assert len(set(ids(ALL))) == len(ALL)


@pytest.mark.parametrize("level", ["recommended", "vocabulary"])
def test_every_rule_of_the_newer_levels_has_a_mutant(level: str):
    rules = {rule.code for shape, rule in shapes_of(level).rules.items() if f"/{level}#" in shape}
    assert rules == {mutant.code.rpartition(".")[0] for mutant in ALL if mutant.level == level}


@pytest.mark.parametrize("mutant", ERRORS, ids=ids(ERRORS))
def test_broken_rule_is_an_error_with_its_code(conforming: Graph, mutant: Mutant):
    mutant.change(conforming)
    assert_told(conforming, mutant)


@pytest.mark.parametrize("mutant", OF_THE_WHOLE, ids=ids(OF_THE_WHOLE))
def test_what_the_whole_catalogue_loses_is_told_with_its_severity(whole: Graph, mutant: Mutant):
    mutant.change(whole)
    assert_told(whole, mutant)


def assert_told(graph: Graph, mutant: Mutant) -> None:
    report = check_graph(graph, mutant.level).report
    issues = [issue for issue in report.issues if issue.code == mutant.code]
    assert issues, [issue.code for issue in report.issues]
    assert issues[0].severity == mutant.severity
    for lang in ("ja", "en"):
        assert issues[0].message[lang]
        assert issues[0].hint[lang]
    assert issues[0].where
    assert issues[0].field


@pytest.mark.parametrize("mutant", ERRORS, ids=ids(ERRORS))
def test_stricter_level_makes_no_error_milder(conforming: Graph, mutant: Mutant):
    mutant.change(conforming)
    assert not check_graph(conforming, "odpo").report.valid
    assert mutant in ODPO or not check_graph(conforming, "full").report.valid


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official shapes are not here")
@pytest.mark.parametrize("mutant", [*BASE, *RANGE], ids=ids([*BASE, *RANGE]))
def test_broken_rule_is_an_official_violation_too(conforming: Graph, mutant: Mutant):
    mutant.change(conforming)
    assert official_results(conforming, mutant.level)


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official shapes are not here")
def test_unchanged_graph_has_no_official_violation(conforming: Graph):
    assert official_results(conforming, "range") == set()
