"""Offers in RDF: ODRL and schema.org by their own terms, read back whole, and the same through CADDE's keys."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from typing import Any

import pytest
from ckanext.orden.metadata.offers import PRIVATE, Offer, check, values_of
from ckanext.orden.metadata.offers.exchange import cadde, json_ld, rdf
from ckanext.orden.metadata.offers.exchange.cadde_reading import read as read_keys
from ckanext.orden.metadata.offers.exchange.names import ODRL, PREFIXES, SCHEMA, Names
from metadata.offers.cases import MARKETS, OFFERS, offer
from rdflib import RDF, Graph, URIRef, namespace
from rdflib.compare import isomorphic

SITE = "https://odpo.example.jp"
NAMES = Names(f"{SITE}/offer/1", f"{SITE}/dataset/x", f"{SITE}/organization/osaka", "https://w3id.org/orden/ns#")
SUBJECT, DATASET, SELLER = URIRef(NAMES.offer), URIRef(NAMES.dataset), URIRef(NAMES.seller)


def public(found: Offer) -> Offer:
    """The offer as others may see it."""
    return replace(found, buyer_organizations=())


def read(graph: Graph) -> Offer:
    found = check(rdf.read(graph, NAMES), MARKETS, draft=True)
    assert found.offer, [issue.text("en") for issue in found.report.issues]
    return found.offer


@pytest.mark.parametrize("syntax", ["turtle", "json-ld", "nt11"])
@pytest.mark.parametrize("name", OFFERS)
def test_offer_survives_every_syntax_whole_but_for_what_is_private(name: str, syntax: str):
    written = rdf.write(offer(name), NAMES, MARKETS)
    graph = Graph().parse(data=written.graph.serialize(format=syntax), format=syntax)
    assert read(graph) == public(offer(name))
    assert {issue.field for issue in written.issues} == PRIVATE & set(OFFERS[name])


@pytest.mark.parametrize("name", OFFERS)
def test_cadde_keys_offer_and_rdf_say_the_same_in_a_circle(name: str):
    keys = cadde.write(offer(name), MARKETS).keys
    first = check(read_keys(keys, MARKETS).values, MARKETS, draft=True).offer
    assert first
    back = read(rdf.write(first, NAMES, MARKETS).graph)
    assert back == first
    assert cadde.write(back, MARKETS).keys == keys
    assert cadde.write(read(rdf.write(offer(name), NAMES, MARKETS).graph), MARKETS).keys == keys


@pytest.mark.parametrize("name", OFFERS)
def test_json_ld_tree_says_what_the_graph_says(name: str):
    graph = rdf.write(offer(name), NAMES, MARKETS).graph
    document = json.loads(json.dumps(rdf.document(offer(name), NAMES, MARKETS)))
    assert isomorphic(json_ld.graph_of(document), graph)
    policy = rdf.policy(offer(name), NAMES, MARKETS).graph
    assert isomorphic(json_ld.graph_of(rdf.policy_document(offer(name), NAMES, MARKETS)), policy)


@pytest.mark.parametrize("name", OFFERS)
def test_json_ld_is_the_same_each_time(name: str):
    first, second = (json.dumps(rdf.document(offer(name), NAMES, MARKETS)) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", OFFERS)
def test_terms_of_odrl_and_schema_org_exist_there(name: str):
    for subject, term, value in rdf.write(offer(name), NAMES, MARKETS).graph:
        for iri in (subject, term, value):
            if str(iri).startswith(str(ODRL)):
                assert str(iri).removeprefix(str(ODRL)) in namespace.ODRL2
            elif str(iri).startswith(str(SCHEMA)):
                assert str(iri).removeprefix(str(SCHEMA)) in namespace.SDO


@pytest.mark.parametrize("name", OFFERS)
def test_policy_is_an_odrl_offer_whose_rules_have_action_target_and_assigner(name: str):
    graph = rdf.policy(offer(name), NAMES, MARKETS).graph
    assert (SUBJECT, RDF.type, ODRL.Offer) in graph
    assert list(graph.objects(SUBJECT, ODRL.uid)) == [SUBJECT]
    assert (DATASET, ODRL.hasPolicy, SUBJECT) in graph
    assert list(graph.objects(SUBJECT, ODRL.permission))
    for kind in (ODRL.permission, ODRL.prohibition):
        for rule in graph.objects(SUBJECT, kind):
            assert len(list(graph.objects(rule, ODRL.action))) == 1
            assert list(graph.objects(rule, ODRL.target)) == [DATASET]
            assert list(graph.objects(rule, ODRL.assigner)) == [SELLER]
    for constraint in {*graph.objects(None, ODRL.constraint), *graph.objects(None, ODRL.refinement)}:
        assert len(list(graph.objects(constraint, ODRL.leftOperand))) == 1
        assert len(list(graph.objects(constraint, ODRL.operator))) == 1
        assert list(graph.objects(constraint, ODRL.rightOperand))


def duties(name: str, **changes: Any) -> list[dict[str, Any]]:
    """The duties of the permission to use, in JSON-LD."""
    document = rdf.policy_document(offer(name, **changes), NAMES, MARKETS)
    permissions = document["odrl:permission"]
    rules = permissions if isinstance(permissions, list) else [permissions]
    found = next(rule for rule in rules if rule["odrl:action"] == {"@id": "odrl:use"}).get("odrl:duty", [])
    return found if isinstance(found, list) else [found]


def test_payment_is_a_duty_refined_by_amount_and_currency_in_each_period():
    assert {
        "odrl:action": {
            "odrl:refinement": {
                "odrl:leftOperand": {"@id": "odrl:payAmount"},
                "odrl:operator": {"@id": "odrl:eq"},
                "odrl:rightOperand": {"@value": "50000", "@type": "xsd:decimal"},
                "odrl:unit": {"@id": "http://publications.europa.eu/resource/authority/currency/JPY"},
            },
            "odrl:includedIn": {"@id": "odrl:use"},
            "rdf:value": {"@id": "odrl:compensate"},
        },
        "odrl:constraint": {
            "odrl:leftOperand": {"@id": "odrl:timeInterval"},
            "odrl:operator": {"@id": "odrl:eq"},
            "odrl:rightOperand": {"@value": "P1M", "@type": "xsd:duration"},
        },
    } in duties("subscription")


def test_payment_of_what_is_bought_once_comes_before_the_use():
    assert duties("one_off")[0]["odrl:constraint"] == {
        "odrl:leftOperand": {"@id": "odrl:event"},
        "odrl:operator": {"@id": "odrl:lt"},
        "odrl:rightOperand": {"@id": "odrl:policyUsage"},
    }


def test_free_offer_asks_for_no_payment_and_a_negotiated_one_for_no_amount():
    assert duties("free") == []
    assert duties("negotiation") == [{"odrl:action": {"@id": "odrl:compensate"}}]


@pytest.mark.parametrize(
    ("resale", "permitted", "prohibited"),
    [
        (True, {"sell", "distribute", "use"}, set()),
        (False, {"use"}, {"sell", "distribute"}),
        (None, {"use"}, set()),
    ],
)
def test_resale_is_permitted_prohibited_or_not_spoken_of(
    resale: bool | None, permitted: set[str], prohibited: set[str]
):
    graph = rdf.policy(offer("one_off", resale=resale), NAMES, MARKETS).graph
    for kind, actions in ((ODRL.permission, permitted), (ODRL.prohibition, prohibited)):
        found = {graph.value(rule, ODRL.action) for rule in graph.objects(SUBJECT, kind)}
        assert found == {ODRL[action] for action in actions}


def test_uses_regions_and_terms_bind_the_permission():
    graph = rdf.policy(offer("subscription"), NAMES, MARKETS).graph
    use = next(rule for rule in graph.objects(SUBJECT, ODRL.permission) if (rule, ODRL.action, ODRL.use) in graph)
    limits = {
        str(graph.value(limit, ODRL.leftOperand)).removeprefix(str(ODRL)): {
            str(value) for value in graph.objects(limit, ODRL.rightOperand)
        }
        for limit in graph.objects(use, ODRL.constraint)
    }
    assert limits == {
        "purpose": {f"{NAMES.namespace}use-commercial", f"{NAMES.namespace}use-research", "other:学会発表, 論文"},
        "spatial": {
            "https://www.iso.org/obp/ui/#iso:code:3166:JP",
            "https://www.iso.org/obp/ui/#iso:code:3166:JP-27",
        },
        "recipient": {f"{NAMES.namespace}disclosure-company"},
        "elapsedTime": {"P1Y"},
    }


@pytest.mark.parametrize(
    ("name", "held"),
    [
        (
            "subscription",
            {
                *("price", "currency", "period", "allowed_use", "forbidden_use", "disclosure", "regions"),
                *("resale", "derivatives", "attribution", "deletion", "licence_term"),
            },
        ),
        (
            "subscription_per_user",
            {
                *("min_price", "max_price", "currency", "period", "allowed_use", "disclosure", "regions"),
                *("resale", "derivatives", "exclusive"),
            },
        ),
        ("one_off_per_file", {"price", "currency", "allowed_use", "licence_term"}),
        ("free", {"licence"}),
    ],
)
def test_odrl_alone_holds_the_conditions_and_the_amount(name: str, held: set[str]):
    found = rdf.odrl.read(rdf.policy(offer(name), NAMES, MARKETS).graph, NAMES)
    assert set(found) - {"licence_term"} == held - {"licence_term"}
    back = check(found, MARKETS, draft=True).offer
    assert back
    assert {key: values_of(back)[key] for key in held} == {key: values_of(offer(name))[key] for key in held}


def test_duty_without_an_action_takes_nothing_from_another_duty():
    graph = rdf.policy(offer("one_off"), NAMES, MARKETS).graph
    paying = next(duty for duty in graph.objects(None, ODRL.duty))
    graph.remove((paying, ODRL.action, None))
    assert "price" not in rdf.odrl.read(graph, NAMES)


def test_weeks_are_days_in_odrl_for_xsd_has_none():
    written = rdf.policy(offer("subscription_per_user", licence_term="P2W"), NAMES, MARKETS)
    assert rdf.odrl.read(written.graph, NAMES)["licence_term"] == "P14D"
    assert ("offer.lossy_changed", "licence_term") in {(issue.code, issue.field) for issue in written.issues}


@pytest.mark.parametrize("name", OFFERS)
def test_what_odrl_and_schema_org_alone_do_not_hold_is_named(name: str):
    before = values_of(offer(name))
    for write, reader in ((rdf.policy, rdf.odrl.read), (rdf.priced, rdf.schemaorg.read)):
        written = write(offer(name), NAMES, MARKETS)
        back = check(reader(written.graph, NAMES), MARKETS, draft=True).offer
        assert back
        kept = {field for field, value in values_of(back).items() if before.get(field) == value}
        assert {issue.field for issue in written.issues} == set(before) - kept
        assert all(issue.severity == "info" for issue in written.issues)


@pytest.mark.parametrize(
    "name", ["free", "one_off", "subscription", "subscription_per_user", "usage", "usage_from", "negotiation"]
)
def test_schema_org_alone_gives_the_price_back(name: str):
    price = {"price_mode", "price", "min_price", "max_price", "currency", "unit", "quantity", "period", "minimum_term"}
    found = check(rdf.schemaorg.read(rdf.priced(offer(name), NAMES, MARKETS).graph, NAMES), MARKETS, draft=True).offer
    assert found
    before, after = values_of(offer(name)), values_of(found)
    assert {key: after.get(key) for key in price} == {key: before.get(key) for key in price}


def test_page_carries_schema_org_in_its_own_words():
    page = rdf.page_document(offer("subscription"), NAMES, "en")
    assert page == {
        "@context": "https://schema.org/",
        "@id": NAMES.offer,
        "@type": "Offer",
        "description": "大阪市内の人流。\n毎月更新。",
        "itemOffered": {"@id": NAMES.dataset, "@type": "Dataset", "offers": {"@id": NAMES.offer}},
        "name": "Footfall, monthly",
        "price": 50000,
        "priceCurrency": "JPY",
        "priceSpecification": {
            "@type": "UnitPriceSpecification",
            "billingDuration": "P12M",
            "billingIncrement": 1,
            "price": 50000,
            "priceComponentType": {"@id": "http://schema.org/Subscription"},
            "priceCurrency": "JPY",
            "unitCode": "MON",
            "valueAddedTaxIncluded": True,
        },
        "seller": {
            "@id": NAMES.seller,
            "@type": "Organization",
            "name": "株式会社大阪データ",
            "url": "https://data.example.jp/id/seller",
        },
        "url": ["https://market.example.jp/items/42", "https://www.service.jdex.jp/item/1"],
        "validFrom": "2026-04-01",
        "validThrough": "2027-03-31",
    }


@pytest.mark.parametrize("name", OFFERS)
def test_page_is_read_back_as_the_offer_it_was_made_of(name: str):
    graph = json_ld.graph_of(rdf.page_document(offer(name), NAMES, "ja"))
    found = check(rdf.schemaorg.read(graph, NAMES), MARKETS, draft=True).offer
    direct = check(rdf.schemaorg.read(rdf.priced(offer(name), NAMES, MARKETS, "ja").graph, NAMES), MARKETS, draft=True)
    assert found
    assert found == direct.offer


def test_guide_price_of_a_negotiation_is_never_told_as_a_price():
    found = offer("negotiation_with_guide")
    assert duties("negotiation_with_guide") == [{"odrl:action": {"@id": "odrl:compensate"}}]
    assert "2000000" not in json.dumps(rdf.page_document(found, NAMES, "ja"))
    assert read(rdf.write(found, NAMES, MARKETS).graph).price == found.price


def test_free_offer_says_so_at_the_dataset_and_costs_nothing():
    page = rdf.page_document(offer("free"), NAMES, "ja")
    assert (page["price"], page["itemOffered"]["isAccessibleForFree"]) == (0, True)
    assert "isAccessibleForFree" not in rdf.page_document(offer("usage"), NAMES, "ja")["itemOffered"]


def test_offer_without_a_price_has_none_in_schema_org():
    page = rdf.page_document(offer("negotiation"), NAMES, "ja")
    assert not {"price", "priceCurrency", "priceSpecification"} & set(page)


@pytest.mark.parametrize("context", ["https://remote.example/context", ["https://remote.example/"], {"@import": "x"}])
def test_context_that_lies_elsewhere_is_never_asked_for(context: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("a connection was opened"))
    document = {
        "@context": context,
        "@id": NAMES.offer,
        "seller": {"@context": "https://remote.example/", "@id": NAMES.seller, "name": "甲"},
    }
    assert rdf.schemaorg.read(json_ld.graph_of(document), NAMES)["seller"] == "甲"


def test_what_is_no_json_object_is_no_json_ld():
    with pytest.raises(ValueError, match="JSON object"):
        json_ld.graph_of(["x"])


def test_named_buyers_never_stand_in_rdf():
    text = rdf.write(offer("negotiation_with_guide"), NAMES, MARKETS).graph.serialize(format="nt11")
    assert "sakai-city" not in text
    assert "buyer_organizations" not in text


def test_property_of_a_stranger_cannot_name_private_or_unknown_fields():
    graph = Graph()
    for name in ("buyer_organizations", "state", "trial"):
        rdf._add_property(graph, NAMES, name, "P14D")
    assert rdf.read(graph, NAMES) == {"trial": "P14D", "price_mode": "negotiation"}


def test_prefixes_are_those_of_the_documents():
    text = rdf.write(offer("subscription"), NAMES, MARKETS).graph.serialize(format="turtle")
    for prefix in ("odrl", "schema", "orden"):
        assert f"@prefix {prefix}:" in text
    assert set(PREFIXES) < set(rdf.document(offer("free"), NAMES, MARKETS)["@context"])
