"""Every kind of offer and the demo's are valid by schema.org's and ODRL's own rules, and the rules find faults."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from ckanext.orden.metadata.offers.exchange import json_ld, rdf
from ckanext.orden.metadata.offers.exchange.names import Names
from metadata.offers.cases import EVERY, MARKETS, OFFERS, offer
from metadata.offers.standards import ODRL, faults_of_odrl, faults_of_schema_org
from pyld import jsonld
from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from demo.offers import offers

SITE = "https://odpo.example.jp/dataset/x"
NAMES = Names(f"{SITE}#offer-1", SITE, f"{SITE}#offer-1-seller", "https://w3id.org/orden/ns#")
SCHEMA = Namespace("http://schema.org/")
OF_ODRL = {
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "schema": "http://schema.org/",
}
"""What ODRL's JSON-LD context (ODRL Vocabulary & Expression 2.2, JSON-LD serialisation) calls these namespaces."""
Change = Callable[[Graph], object]


def test_all_offers_of_the_demo_are_there():
    assert len(EVERY) == len(OFFERS) + sum(map(len, offers().values()))


@pytest.mark.parametrize("name", EVERY)
def test_an_offer_is_valid_odrl(name: str):
    graph = rdf.policy(EVERY[name], NAMES, MARKETS).graph
    assert faults_of_odrl(graph, URIRef(NAMES.offer)) == []
    assert faults_of_odrl(rdf.offer_graph(EVERY[name], NAMES, MARKETS), URIRef(NAMES.offer)) == []


@pytest.mark.parametrize("name", EVERY)
def test_an_offer_is_valid_schema_org(name: str):
    assert faults_of_schema_org(rdf.offer_graph(EVERY[name], NAMES, MARKETS)) == []
    assert faults_of_schema_org(rdf.priced(EVERY[name], NAMES, MARKETS).graph) == []


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", EVERY)
def test_a_page_s_json_ld_is_valid_schema_org(name: str, language: str):
    page = json.loads(json.dumps(rdf.page_document(EVERY[name], NAMES, language)))
    assert faults_of_schema_org(_dated(json_ld.graph_of(page))) == []


def _dated(graph: Graph) -> Graph:
    """The graph with days as days, for JSON has none and schema.org's context makes them so."""
    for term in (SCHEMA.validFrom, SCHEMA.validThrough):
        for subject, value in list(graph.subject_objects(term)):
            graph.set((subject, term, Literal(str(value), datatype=XSD.date)))
    return graph


@pytest.mark.parametrize("name", OFFERS)
@pytest.mark.parametrize("write", [rdf.policy_document, rdf.document])
def test_json_ld_under_odrl_s_own_prefixes_is_the_same_graph_to_another_processor(name: str, write: Any):
    document = json.loads(json.dumps(write(offer(name), NAMES, MARKETS)))
    document["@context"] = {**document["@context"], **OF_ODRL}
    told = jsonld.to_rdf(document, {"format": "application/n-quads"})
    graph = rdf.policy(offer(name), NAMES, MARKETS).graph
    if write is rdf.document:
        graph = rdf.offer_graph(offer(name), NAMES, MARKETS)
    assert isomorphic(_small(Graph().parse(data=str(told), format="nt11")), _small(graph))


def _small(graph: Graph) -> Graph:
    """The graph with tags of languages in small letters, for whose size nobody must care."""
    small = Graph()
    for subject, term, value in graph:
        language = value.language if isinstance(value, Literal) else None
        small.add((subject, term, Literal(str(value), lang=language.lower()) if language else value))
    return small


def test_the_policy_names_its_profile_and_its_strategy():
    graph = rdf.policy(offer("subscription"), NAMES, MARKETS).graph
    policy = URIRef(NAMES.offer)
    assert list(graph.objects(policy, ODRL.profile)) == [URIRef("https://w3id.org/orden/ns#odrl")]
    assert list(graph.objects(policy, ODRL.conflict)) == [ODRL.prohibit]


POLICY = URIRef(NAMES.offer)


def remove(subject: Node | None, term: URIRef, value: Node | None = None) -> Change:
    return lambda graph: graph.remove((subject, term, value))


def without_rules(graph: Graph) -> None:
    for kind in (ODRL.permission, ODRL.prohibition):
        graph.remove((POLICY, kind, None))


def of(kind: URIRef, term: URIRef, value: Node) -> Change:
    """Adds a statement to whatever stands as this property's value."""
    return lambda graph: [graph.add((node, term, value)) for node in set(graph.objects(None, kind))]


def instead(term: URIRef, old: Node, new: Node) -> Change:
    def change(graph: Graph) -> None:
        for subject in list(graph.subjects(term, old)):
            graph.remove((subject, term, old))
            graph.add((subject, term, new))

    return change


WRONG_ODRL: dict[str, Change] = {
    "#policy-offer: an Offer": remove(POLICY, RDF.type),
    "#policy: one uid": remove(POLICY, ODRL.uid),
    "#policy: at least one": without_rules,
    "#profile": remove(POLICY, ODRL.profile),
    "#conflict": remove(POLICY, ODRL.conflict),
    "#policy-offer: one assigner": remove(None, ODRL.assigner),
    "#permission, #prohibition: one target": of(ODRL.permission, ODRL.target, URIRef("https://other.example/")),
    "#permission: only": of(ODRL.prohibition, ODRL.duty, BNode()),
    "#duty": lambda graph: [of(ODRL.duty, ODRL.assignee, URIRef(name))(graph) for name in ("https://a/", "https://b/")],
    "#rule": remove(None, ODRL.action, ODRL.use),
    "#action: an action": instead(ODRL.action, ODRL.use, ODRL.utilise),
    "#constraint-action: rdf:value": remove(None, RDF.value),
    "#action: one includedIn": remove(None, ODRL.includedIn),
    "#constraint-action: a refinement": remove(None, ODRL.refinement),
    "#constraint-class: one leftOperand": remove(None, ODRL.operator),
    "#constraint-class: at most one unit": of(ODRL.refinement, ODRL.unit, URIRef("https://other.example/")),
    "rightOperand": instead(ODRL.operator, ODRL.isAnyOf, ODRL.eq),
    "payAmount: the unit": remove(None, ODRL.unit),
    "payAmount: the right": of(ODRL.refinement, ODRL.rightOperand, Literal("5万円")),
    "timeInterval: not with": instead(ODRL.operator, ODRL.eq, ODRL.lteq),
    "http://www.w3.org/ns/odrl/2/utilise": instead(ODRL.action, ODRL.use, ODRL.utilise),
}


@pytest.mark.parametrize("fault", WRONG_ODRL)
def test_a_fault_in_odrl_is_found(fault: str):
    graph = rdf.policy(offer("subscription"), NAMES, MARKETS).graph
    WRONG_ODRL[fault](graph)
    assert any(told.startswith(fault) for told in faults_of_odrl(graph, POLICY)), faults_of_odrl(graph, POLICY)


WRONG_SCHEMA_ORG: dict[str, Change] = {
    "cost: no such": lambda graph: graph.add((POLICY, SCHEMA.cost, Literal("1"))),
    "billingIncrement: not of": lambda graph: graph.add((POLICY, SCHEMA.billingIncrement, Literal(1))),
    "minPrice": lambda graph: graph.add((BNode(), SCHEMA.minPrice, Literal("5"))),
    "priceComponentType": instead(SCHEMA.priceComponentType, SCHEMA.Subscription, SCHEMA.InStock),
    "validFrom": lambda graph: graph.set((POLICY, SCHEMA.validFrom, Literal("4月"))),
    "seller": remove(URIRef(NAMES.seller), RDF.type),
    "itemOffered": remove(URIRef(SITE), RDF.type),
}


@pytest.mark.parametrize("fault", WRONG_SCHEMA_ORG)
def test_a_fault_in_schema_org_is_found(fault: str):
    graph = rdf.offer_graph(offer("subscription"), NAMES, MARKETS)
    WRONG_SCHEMA_ORG[fault](graph)
    assert any(told.startswith(fault) for told in faults_of_schema_org(graph)), faults_of_schema_org(graph)
