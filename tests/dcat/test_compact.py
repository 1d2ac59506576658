"""A dataset's JSON-LD for people: the same triples as in the other syntaxes, plainly written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckanext.orden.dcat.compact import document
from ckanext.orden.dcat.serializer import Serializer
from ckanext.orden.dcat.syntaxes import JSON_LD, N_TRIPLES, canonical, prefixes
from hypothesis import HealthCheck, given, settings
from rdflib import Graph

from .examples import KINDS, example
from .profiles.test_property import NAMESPACE, datasets

pytestmark = pytest.mark.usefixtures("with_plugins", "non_clean_db", "with_request_context")
Dict = dict[str, Any]


def written(dataset: Dict) -> tuple[str, str]:
    """The dataset's N-Triples, and its document."""
    serializer = Serializer(profiles=["orden_dcat"])
    ref = serializer.graph_from_dataset(dataset)
    triples = serializer.g.serialize(format="nt")
    return triples, document(triples, str(ref), prefixes(NAMESPACE))


def assert_same(triples: str, text: str) -> None:
    expected = canonical(triples.encode(), N_TRIPLES)
    assert canonical(text.encode(), JSON_LD) == expected
    other_reader = Graph().parse(data=text, format="json-ld").serialize(format="nt")
    assert canonical(other_reader.encode(), N_TRIPLES) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_are_the_same_graph_for_two_readers(kind: str):
    assert_same(*written(example(kind)))


@settings(
    max_examples=60,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=tuple(HealthCheck.__members__.values()),
)
@given(dataset=datasets())
def test_any_dataset_is_the_same_graph_for_two_readers(dataset: Dict):
    assert_same(*written(dataset))


def test_values_stand_plainly_with_the_dataset_on_top():
    found = json.loads(written(example("rich"))[1])
    assert found["@type"] == "dcat:Dataset"
    assert list(found)[:4] == ["@context", "@id", "@type", "dct:title"]
    assert found["dct:title"] == {"ja": "指定緊急避難場所一覧"}
    assert found["dcat:keyword"] == {"ja": ["防災", "ＡＥＤ"]}
    assert found["dct:publisher"]["foaf:name"] == {"ja": "豊中市"}
    assert found["schema:isAccessibleForFree"] is True
    csv = next(file for file in found["dcat:distribution"] if "dcat:byteSize" in file)
    assert csv["dcat:byteSize"] == 2048
    assert csv["dcat:downloadURL"] == "https://data.example.jp/files/避難所2026.csv"


def test_the_context_stands_within_and_names_only_what_is_used():
    text = written(example("minimal"))[1]
    context = json.loads(text)["@context"]
    assert all(isinstance(entry, dict) or entry.startswith("http") for entry in context.values())
    assert "spdx" not in context
    assert context["dct:title"] == {"@container": "@language"}


def test_one_distribution_is_a_list_too():
    found = json.loads(written(example("ngsi"))[1])
    assert len(found["dcat:distribution"]) == 1


LOOP = """<https://a.example/1> <http://purl.org/dc/terms/relation> _:x .
_:x <http://purl.org/dc/terms/relation> <https://a.example/1> .
_:x <http://purl.org/dc/terms/relation> _:x .
_:y <http://purl.org/dc/terms/relation> _:z .
_:z <http://purl.org/dc/terms/relation> _:y .
<https://a.example/1> <http://purl.org/dc/terms/title> "a" .
<https://a.example/1> <http://purl.org/dc/terms/title> "b"@en .
<https://a.example/1> <http://purl.org/dc/terms/issued> "2026"^^<http://www.w3.org/2001/XMLSchema#gYear> .
<https://a.example/1> <http://purl.org/dc/terms/issued> <https://a.example/when> .
<https://a.example/1> <http://purl.org/dc/terms/extent> "-7"^^<http://www.w3.org/2001/XMLSchema#integer> .
"""


def test_loops_and_mixed_values_keep_their_triples():
    assert_same(LOOP, document(LOOP, "https://a.example/1", prefixes(NAMESPACE)))


def test_a_root_of_which_nothing_is_said_loses_no_triple():
    assert_same(LOOP, document(LOOP, "https://a.example/other", prefixes(NAMESPACE)))
