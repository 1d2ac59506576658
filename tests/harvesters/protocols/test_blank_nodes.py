"""Blank nodes get the same names each time the same is said of them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from ckanext.orden.harvesters.protocols import rdf_document

HEAD = "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix : <urn:x:> .\n"
TWINS = """<urn:d> a dcat:Dataset ; dcat:distribution :one, :two ; dcat:contactPoint [ :fn "課" ], [ :fn "課" ] .
:one dct:rights [ :label "同じ" ; :of [ :name "市" ] ] . :two dct:rights [ :label "同じ" ; :of [ :name "市" ] ] ."""
RING = """<urn:d> a dcat:Dataset ; :first _:a . _:a :next _:b . _:b :next _:c . _:c :next _:a ."""


def described(turtle: str) -> str:
    document = rdf_document.read((HEAD + turtle).encode(), "text/turtle", "http://127.0.0.1/")
    (dataset,) = document.datasets()
    return document.description(dataset)


@pytest.mark.parametrize("turtle", [TWINS, RING])
def test_the_same_document_read_many_times_is_described_by_the_same_text(turtle: str):
    assert len({described(turtle) for _ in range(20)}) == 1


@pytest.mark.parametrize("turtle", [TWINS, RING])
def test_the_named_graph_is_the_graph_that_was_read(turtle: str):
    def canonical(text: str, form: ox.RdfFormat) -> ox.Dataset:
        graph = ox.Dataset(ox.parse(text, format=form))
        graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        return graph

    assert canonical(described(turtle), ox.RdfFormat.N_TRIPLES) == canonical(HEAD + turtle, ox.RdfFormat.TURTLE)


def test_another_word_inside_a_blank_node_makes_another_text():
    assert described(TWINS) != described(TWINS.replace("市", "府"))


def test_two_nodes_that_say_the_same_stay_two():
    assert described(TWINS).count("urn:x:fn") == 2
