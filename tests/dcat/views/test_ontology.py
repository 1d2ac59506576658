"""The namespace of our own terms."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckanext.dcat.processors import RDFSerializer
from ckanext.orden.dcat.namespaces import ORDEN
from ckanext.orden.dcat.ontology import graph
from rdflib import RDF, SKOS, Graph, URIRef
from rdflib.compare import to_isomorphic

from ..examples import KINDS, example
from ..profiles.test_round_trip import stored

pytestmark = pytest.mark.usefixtures("with_plugins")
FORMATS = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld", "nt": "nt"}


@pytest.mark.parametrize("ending", FORMATS)
def test_each_syntax_holds_the_same(app: Any, ending: str):
    found = Graph().parse(data=app.get(f"/ns.{ending}").data, format=FORMATS[ending])
    assert to_isomorphic(found) == to_isomorphic(graph(str(ORDEN)))


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("", "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/rdf+xml;q=0.9,text/turtle;q=0.5", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
    ],
)
def test_one_address_answers_people_and_programs(app: Any, accept: str, media_type: str):
    answer = app.get("/ns", headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    if media_type != "text/html":
        assert "Accept" in answer.headers["Vary"]


def test_the_page_tells_each_term_in_japanese(app: Any):
    page = app.get("/ns").get_data(as_text=True)
    assert 'id="governingLaw"' in page
    assert "利用用途" in page


def test_every_term_of_a_dataset_is_described(app: Any):
    known = {str(node) for node in graph(str(ORDEN)).subjects()}
    datasets = [*map(example, KINDS), stored()]
    with app.flask_app.test_request_context():
        serializer = RDFSerializer(profiles=["orden_dcat"])
        for dataset in datasets:
            serializer.graph_from_dataset(dataset)
    used = {str(term) for triple in serializer.g for term in triple if isinstance(term, URIRef) and term in ORDEN}
    assert {term for term in used if "#municipality/" not in term} - known == set()
    assert len(used) > 40


def test_another_namespace_is_described_as_it_is_used(app: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(tk.config, "ckanext.orden.dcat.namespace", "https://terms.example.jp/#")
    found = Graph().parse(data=app.get("/ns.ttl").data, format="turtle")
    assert (URIRef("https://terms.example.jp/#axis/openness/open"), RDF.type, SKOS.Concept) in found
    assert not any(str(ORDEN) in str(term) for triple in found for term in triple)


def test_a_syntax_that_does_not_exist_is_not_found(app: Any):
    assert app.get("/ns.doc").status_code == 404
