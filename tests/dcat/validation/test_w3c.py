"""What the engines pass of the W3C's suite; the compiled one is given only what it passes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from ckanext.orden.dcat.validation import compiled
from ckanext.orden.dcat.validation.reference import Result, reference_results
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError
from pyshacl.shapes_graph import ShapesGraph
from rdflib import Graph

from .w3c import Case, cases, download, verdict

PAGE = Path(__file__).parents[3] / "docs/shacl.md"
REFUSALS = (ConstraintLoadError, ShapeLoadError, ReportableRuntimeError, NotImplementedError, ValueError)
Engine = Callable[[Case], list[Result]]


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    return list(cases(download(tmp_path_factory.mktemp("w3c"))))


def reference(case: Case) -> list[Result]:
    return reference_results(case.data, ShapesGraph(case.shapes))


def fast(case: Case) -> list[Result]:
    assert compiled.PreparedValidator
    triples: bytes = case.shapes.serialize(format="nt", encoding="utf-8")
    return compiled.compiled_results(case.data, compiled.PreparedValidator(shapes=triples, shapes_format="ntriples"))


def trusted(case: Case) -> bool:
    return compiled.prepare(case.shapes) is not None and compiled.judges(case.data)


def passes(engine: Engine, case: Case) -> bool:
    try:
        found = Counter(verdict(result.get) for result in engine(case))
    except REFUSALS:
        return case.wanted is None
    return found == case.wanted


def test_page_says_what_each_engine_passes(suite: list[Case]):
    counts: Counter[tuple[str, str]] = Counter()
    for case in suite:
        counts[case.suite, "tests"] += 1
        for name, engine in (("pyshacl", reference), ("pyshifty", fast)):
            counts[case.suite, name] += passes(engine, case)
        counts[case.suite, "given"] += trusted(case)
    page = PAGE.read_text()
    for suite_ in ("core", "sparql"):
        row = " | ".join(str(counts[suite_, name]) for name in ("tests", "pyshacl", "pyshifty", "given"))
        assert f"| {suite_} | {row} |" in page


def test_compiled_engine_passes_all_that_it_is_given(suite: list[Case]):
    given = [case for case in suite if trusted(case)]
    assert len(given) >= 90
    assert [case.name for case in given if not passes(fast, case)] == []


def test_graph_of_one_word_beyond_the_core_is_for_pyshacl():
    start = "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://e/s> a sh:NodeShape "
    assert compiled.prepare(Graph().parse(data=f"{start}."))
    beyond = ('sh:sparql [ sh:select "" ]', 'sh:pattern "^(?!x)"', "sh:target <http://e/t>", "sh:rule <http://e/r>")
    for more in beyond:
        assert compiled.prepare(Graph().parse(data=f"{start}; {more} .")) is None
