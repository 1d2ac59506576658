"""The European metrics: points and bands as published, each metric by what it asks for."""

from __future__ import annotations

import pytest
from ckanext.orden.dcat.quality.european import european
from ckanext.orden.dcat.quality.metrics import BEST, EUROPEAN, JAPANESE, METRICS, band
from ckanext.orden.dcat.quality.score import Score
from rdflib import Graph, URIRef

PREFIXES = """
@prefix : <http://e/> . @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix eu: <http://publications.europa.eu/resource/authority/> .
@prefix iana: <http://www.iana.org/assignments/media-types/> .
"""
WHOLE = """
:d a dcat:Dataset ; dcat:keyword "防災"@ja ;
  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/GOVE> ;
  dct:spatial [] ; dct:temporal [] ; dcat:contactPoint [] ; dct:publisher [] ; dct:issued "2026" ; dct:modified "2026" ;
  dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ; dcat:distribution :f .
:f dcat:accessURL <http://e/a> ; dcat:downloadURL <http://e/f.csv> ; dct:rights [] ; dcat:byteSize 1 ;
  dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;
  dcat:mediaType <http://www.iana.org/assignments/media-types/text/csv> ;
  dct:license <https://creativecommons.org/licenses/by/4.0/> .
"""


def score(turtle: str, *, opens: bool | None = True, conforms: bool = True) -> Score:
    graph = Graph().parse(data=PREFIXES + turtle, format="turtle")
    return Score(european(graph, URIRef("http://e/d"), lambda _: opens, conforms=conforms))


def test_points_are_those_of_the_published_method():
    sums: dict[str, int] = {}
    for metric in EUROPEAN:
        sums[metric.dimension] = sums.get(metric.dimension, 0) + metric.points
    assert sums == {
        "findability": 100,
        "accessibility": 100,
        "interoperability": 110,
        "reusability": 75,
        "contextuality": 20,
    }
    assert BEST == 405
    assert sum(metric.points for metric in JAPANESE) == 100


@pytest.mark.parametrize(
    ("points", "code"),
    [(405, "excellent"), (351, "excellent"), (350.9, "good"), (221, "good"), (220, "sufficient"), (121, "sufficient"),
     (120, "bad"), (0, "bad")],
)  # fmt: skip
def test_bands_begin_where_the_method_says(points: float, code: str):
    assert band(points).code == code


def test_a_whole_description_has_all_points_and_an_empty_one_none():
    best, worst = score(WHOLE), score(":d a dcat:Dataset .", conforms=False)
    assert (best.points, best.missing) == (405, [])
    assert worst.points == 0
    assert {metric.code for metric in worst.missing} == {metric.code for metric in EUROPEAN}


@pytest.mark.parametrize(
    ("removed", "missing"),
    [
        ('dcat:keyword "防災"@ja ;', {"keywordAvailability"}),
        ("dcat:theme <http://publications.europa.eu/resource/authority/data-theme/GOVE> ;", {"categoryAvailability"}),
        ("dct:spatial [] ;", {"spatialAvailability"}),
        ("dct:temporal [] ;", {"temporalAvailability"}),
        ("dcat:contactPoint [] ;", {"contactPointAvailability"}),
        ("dct:publisher [] ;", {"publisherAvailability"}),
        ('dct:issued "2026" ;', {"dateIssuedAvailability"}),
        ('dct:modified "2026" ;', {"dateModifiedAvailability"}),
        ("dcat:accessURL <http://e/a> ;", {"accessUrlStatusCode"}),
        ("dcat:downloadURL <http://e/f.csv> ;", {"downloadUrlAvailability", "downloadUrlStatusCode"}),
        ("dct:rights [] ;", {"rightsAvailability"}),
        ("dcat:byteSize 1 ;", {"byteSizeAvailability"}),
        ("dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;", {"formatAvailability"}),
        ("dcat:mediaType <http://www.iana.org/assignments/media-types/text/csv> ;", {"mediaTypeAvailability"}),
        (
            "dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;",
            {"accessRightsAvailability", "accessRightsVocabularyAlignment"},
        ),
        (
            ";\n  dct:license <https://creativecommons.org/licenses/by/4.0/>",
            {"licenceAvailability", "knownLicence"},
        ),
    ],
)
def test_each_part_of_a_description_has_its_points(removed: str, missing: set[str]):
    assert removed in WHOLE
    found = score(WHOLE.replace(removed, ""))
    assert {metric.code for metric in found.missing} == missing
    assert found.points == 405 - sum(METRICS[code].points for code in missing)


def test_words_of_ones_own_have_fewer_points():
    turtle = WHOLE.replace(
        "<http://publications.europa.eu/resource/authority/access-right/PUBLIC>", '[ dct:title "x" ]'
    )
    turtle = turtle.replace("<https://creativecommons.org/licenses/by/4.0/>", '[ dct:title "市の規約" ]')
    turtle = turtle.replace("<http://publications.europa.eu/resource/authority/file-type/CSV>", '[ dct:title "表" ]')
    missing = {metric.code for metric in score(turtle).missing}
    assert missing == {"accessRightsVocabularyAlignment", "knownLicence", "formatMediaTypeVocabularyAlignment"}


@pytest.mark.parametrize(("kind", "missing"), [
    ("XLSX", {"formatMediaTypeNonProprietary"}),
    ("PDF", {"formatMediaTypeMachineInterpretable"}),
    ("DOCX", {"formatMediaTypeNonProprietary", "formatMediaTypeMachineInterpretable"}),
    ("GEOJSON", set()),
])  # fmt: skip
def test_formats_are_judged_by_what_they_need(kind: str, missing: set[str]):
    turtle = WHOLE.replace("file-type/CSV", f"file-type/{kind}").replace("text/csv", "application/x-unknown")
    assert {metric.code for metric in score(turtle).missing} == missing


def test_the_best_distribution_counts():
    worse = ":d dcat:distribution :g . :g dcat:accessURL <http://e/b> ."
    assert score(WHOLE + worse).points == 405


def test_addresses_that_were_not_asked_for_are_neither_points_nor_faults():
    found = score(WHOLE, opens=None)
    assert found.points == 325
    assert found.missing == []
    assert {metric.code for metric in found.unknown} == {"accessUrlStatusCode", "downloadUrlStatusCode"}
    assert score(WHOLE, opens=False).points == 325
    assert {metric.code for metric in score(WHOLE, opens=False).missing} == {
        "accessUrlStatusCode",
        "downloadUrlStatusCode",
    }


def test_the_fix_worth_most_comes_first_and_the_japanese_ones_last():
    found = Score({"ja.standard": False, "rightsAvailability": False, "keywordAvailability": False, "ja.kana": None})
    assert [metric.code for metric in found.missing] == ["keywordAvailability", "rightsAvailability", "ja.standard"]
    assert found.japan == 0
    assert Score({"ja.kana": None}).japan is None
