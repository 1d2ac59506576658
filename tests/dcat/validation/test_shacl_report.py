"""SHACL's own validation report."""

from __future__ import annotations

from ckanext.orden.dcat.validation import check_bytes, check_graph
from ckanext.orden.dcat.validation.shacl_report import MOST_RESULTS
from rdflib import RDF, SH, Graph, Literal

from ..conftest import GOLDEN
from ..mutants import BASE

NO_ACCESS = b"""@prefix dcat: <http://www.w3.org/ns/dcat#> .
<http://e/1> a dcat:Dataset ; dcat:distribution <http://e/2> .
<http://e/2> a dcat:Distribution .
"""


def read(turtle: str) -> Graph:
    return Graph().parse(data=turtle, format="turtle")


def test_report_holds_each_result_with_its_messages():
    graph = Graph().parse(GOLDEN)
    BASE[0].change(graph)
    checked = check_graph(graph, "base")
    report = read(checked.shacl)
    results = list(report.subjects(RDF.type, SH.ValidationResult))
    assert len(results) == len(checked.report.issues) >= 1
    assert set(report.objects(None, SH.conforms)) == {Literal(False)}
    for result in results:
        for name in (SH.focusNode, SH.resultPath, SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent):
            assert report.value(result, name) is not None
        languages = {text.language for text in report.objects(result, SH.resultMessage) if isinstance(text, Literal)}
        assert languages == {"ja", "en"}


def test_conforming_graph_has_a_report_that_says_so():
    report = read(check_graph(Graph().parse(GOLDEN), "range").shacl)
    assert set(report.objects(None, SH.conforms)) == {Literal(True)}
    assert list(report.objects(None, SH.result)) == []


def test_path_that_is_no_property_is_written_out():
    report = read(check_bytes(NO_ACCESS, "odpo").shacl)
    (path,) = (
        path for path in report.objects(None, SH.resultPath) if report.value(path, SH.alternativePath) is not None
    )
    assert len(list(report.items(report.value(path, SH.alternativePath)))) == 2  # pyright: ignore[reportArgumentType]


def test_document_that_cannot_be_read_has_no_shacl_report():
    assert check_bytes(b"a,b\nc,d\n", "odpo").shacl == ""


def test_long_report_begins_with_the_worst_and_says_how_many_there_are():
    many = "".join(f"<http://e/{i}> a <http://www.w3.org/ns/dcat#Dataset> .\n" for i in range(200))
    text = check_bytes(many.encode(), "odpo").shacl
    assert text.startswith(f"# {MOST_RESULTS} of ")
    report = read(text)
    assert len(list(report.objects(None, SH.result))) == MOST_RESULTS
    kinds = list(report.objects(None, SH.resultSeverity))
    assert kinds.count(SH.Violation) == 800
