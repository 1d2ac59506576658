"""Offers in what machines fetch: the dataset's Turtle and JSON-LD, and the JSON-LD in its page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckanext.orden.dcat.namespaces import ADMS, DCAT, DCT, ODRL, ORDEN, SCHEMA
from ckanext.orden.dcat.validation import check_graph
from ckanext.orden.metadata.offers import JDEX, PRIVATE, check, values_of
from ckanext.orden.metadata.offers.exchange import rdf
from ckanext.orden.metadata.offers.exchange.names import Names
from metadata.offers.cases import EVERY, MARKETS, OFFERS
from metadata.offers.standards import faults_of_odrl, faults_of_schema_org
from rdflib import RDF, RDFS, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from .conftest import OFFER, Act
from .test_reading import shown

Make = Callable[..., str]
KINDS = ("policy", "rule", "duty", "constraint", "offer", "unit_price")
"""The first parts of the codes of offers' rules, behind `dcat`."""
Change = Callable[[Graph], object]
RICH = {
    "summary": {"ja": "改札ごとの人数。", "en": "Persons by gate"},
    "minimum_term": "P12M",
    "allowed_use": ["commercial", "other:学会発表"],
    "forbidden_use": ["identification"],
    "disclosure": "company",
    "regions": ["JP-27"],
    "resale": False,
    "attribution": True,
    "deletion": True,
    "nda": True,
    "licence_term": "P1Y",
    "sample": "sample-1",
    "valid_through": "2099-03-31",
    "links": [{"market": "jdex", "url": "https://www.service.jdex.jp/item/1"}],
}


def fetched(app: Any, ending: str) -> Graph:
    answer = app.get(f"/dataset/footfall.{ending}")
    return Graph().parse(data=answer.body, format={"ttl": "turtle", "jsonld": "json-ld"}[ending])


def read(graph: Graph, offer_id: str) -> dict[str, Any]:
    """The values of one offer, as `check` makes them of what the graph states."""
    [dataset] = graph.subjects(ODRL.hasPolicy, None, unique=True)
    name = f"{dataset}#offer-{offer_id}"
    found = rdf.read(graph, Names(name, str(dataset), f"{name}-seller", str(ORDEN)))
    offer = check(found, {"jdex": JDEX}, draft=True).offer
    assert offer
    return values_of(offer)


@pytest.mark.parametrize("ending", ["ttl", "jsonld"])
def test_an_offer_comes_back_from_what_is_fetched_as_it_was_published(ending: str, offer: Make, act: Act, app: Any):
    offer_id = offer("published", **RICH)
    stored = act("editor", "offer_show", id=offer_id)
    read_back = read(fetched(app, ending), offer_id)
    told = {**stored, "links": [{"market": link["market"], "url": link["url"]} for link in stored["links"]]}
    assert read_back == {name: told[name] for name in read_back}
    assert set(read_back) >= set(RICH)


READERS_OF_MARKETS = (
    "logic.action.offers",
    "offers.writing",
    "offers.steps",
    "offers.showing",
    "links.showing",
    "published",
)


@pytest.mark.parametrize("name", sorted(name for name, fields in OFFERS.items() if fields["buyers"] != "named"))
@pytest.mark.parametrize("ending", ["ttl", "jsonld"])
def test_every_kind_of_offer_comes_back(
    name: str, ending: str, dataset: str, act: Act, app: Any, monkeypatch: pytest.MonkeyPatch
):
    for module in (
        "logic.action.offers",
        "offers.writing",
        "offers.steps",
        "offers.showing",
        "links.showing",
        "published",
    ):
        monkeypatch.setattr(f"ckanext.orden.market.{module}.markets", lambda: MARKETS)
    given = {**OFFERS[name], "valid_through": "2099-03-31"}
    offer_id = act("editor", "offer_create", dataset=dataset, offer=given)["id"]
    act("editor", "offer_submit", id=offer_id)
    stored = act("reviewer", "offer_publish", id=offer_id)
    graph = fetched(app, ending)
    [subject] = graph.objects(None, ODRL.hasPolicy)
    [ref] = graph.subjects(ODRL.hasPolicy, None, unique=True)
    found = rdf.read(graph, Names(str(subject), str(ref), f"{subject}-seller", str(ORDEN)))
    offer = check(found, MARKETS, draft=True).offer
    assert offer
    expected = check(given, MARKETS).offer
    assert expected
    assert values_of(offer) == {name: value for name, value in values_of(expected).items() if name not in PRIVATE}
    assert stored["state"] == "published"


def test_offers_conform_to_the_rules(offer: Make, app: Any):
    offer("published", **RICH)
    offer("published", price_mode="free", price="", tax="", period="", licence="CC-BY-4.0")
    offer("published", price_mode="negotiation", price="", tax="", period="")
    offer("published", price_mode="usage", period="", price="", min_price="1", max_price="3", unit="request")
    graph = fetched(app, "ttl")
    assert len(list(graph.subjects(RDF.type, ODRL.Offer))) == 4
    wrong = [issue for issue in check_graph(graph, "odpo").report.issues if issue.severity == "error"]
    assert [issue for issue in wrong if issue.code.split(".")[1] in KINDS] == []
    assert check_graph(graph, "range").report.issues == ()


def test_every_kind_of_offer_and_the_demo_s_conform_to_the_rules():
    graph = Graph()
    for name, made in EVERY.items():
        ref = f"https://odpo.example.jp/dataset/{name}"
        names = Names(f"{ref}#offer-1", ref, f"{ref}#offer-1-seller", str(ORDEN))
        graph += rdf.offer_graph(made, names, MARKETS)
    wrong = [issue for issue in check_graph(graph, "odpo").report.issues if issue.severity == "error"]
    assert len(set(graph.subjects(RDF.type, ODRL.Offer))) == len(EVERY)
    assert [issue for issue in wrong if issue.code.split(".")[1] in KINDS] == []


def drop(kind: Node, predicate: Node) -> Change:
    return lambda graph: graph.remove((min(graph.subjects(RDF.type, kind), key=str), predicate, None))


def values(predicate: Node, lost: Node) -> Change:
    """Takes a property from what another points to."""

    def change(graph: Graph) -> None:
        for value in list(graph.objects(None, predicate)):
            graph.remove((value, lost, None))

    return change


def put(kind: Node, predicate: Node, value: Node) -> Change:
    return lambda graph: graph.set((min(graph.subjects(RDF.type, kind), key=str), predicate, value))


def without_rules(graph: Graph) -> None:
    for kind in (ODRL.permission, ODRL.prohibition):
        graph.remove((None, kind, None))


UNIT = SCHEMA.UnitPriceSpecification
WRONG: list[tuple[str, Change]] = [
    ("dcat.policy.uid.missing", drop(ODRL.Offer, ODRL.uid)),
    ("dcat.policy.rule.missing", without_rules),
    ("dcat.rule.action.missing", values(ODRL.permission, ODRL.action)),
    ("dcat.rule.assigner.missing", values(ODRL.permission, ODRL.assigner)),
    ("dcat.rule.target.missing", values(ODRL.permission, ODRL.target)),
    ("dcat.duty.action.missing", values(ODRL.duty, ODRL.action)),
    ("dcat.constraint.left.missing", values(ODRL.constraint, ODRL.leftOperand)),
    ("dcat.constraint.operator.missing", values(ODRL.refinement, ODRL.operator)),
    ("dcat.constraint.right.missing", values(ODRL.refinement, ODRL.rightOperand)),
    ("dcat.offer.name.missing", drop(SCHEMA.Offer, SCHEMA.name)),
    ("dcat.offer.seller.missing", drop(SCHEMA.Offer, SCHEMA.seller)),
    ("dcat.offer.item.missing", drop(SCHEMA.Offer, SCHEMA.itemOffered)),
    ("dcat.offer.price", put(SCHEMA.Offer, SCHEMA.price, Literal("-1", datatype=XSD.decimal))),
    ("dcat.offer.currency", put(SCHEMA.Offer, SCHEMA.priceCurrency, Literal("円"))),
    ("dcat.offer.specification", put(SCHEMA.Offer, SCHEMA.priceSpecification, Literal("50000"))),
    ("dcat.offer.starts", put(SCHEMA.Offer, SCHEMA.validFrom, Literal("4月"))),
    ("dcat.offer.ends", put(SCHEMA.Offer, SCHEMA.validThrough, Literal("来年"))),
    ("dcat.unit_price.price", put(UNIT, SCHEMA.price, Literal("5万円"))),
    ("dcat.unit_price.lowest", put(UNIT, SCHEMA.minPrice, Literal("-5", datatype=XSD.decimal))),
    ("dcat.unit_price.highest", put(UNIT, SCHEMA.maxPrice, Literal("-5", datatype=XSD.decimal))),
    ("dcat.unit_price.tax", put(UNIT, SCHEMA.valueAddedTaxIncluded, Literal("込み"))),
    ("dcat.unit_price.period", put(UNIT, SCHEMA.unitCode, Literal("MONTH"))),
]


def test_each_broken_rule_of_an_offer_is_told_by_its_code(offer: Make, app: Any):
    offer("published", **RICH)
    good = fetched(app, "ttl")
    for code, change in WRONG:
        graph = Graph()
        graph += good
        change(graph)
        issues = check_graph(graph, "odpo").report.issues
        told = [issue for issue in issues if issue.severity == "error" and issue.code.startswith(code)]
        assert told, (code, [issue.code for issue in issues])
        assert told[0].field
        assert {"ja", "en"} <= set(told[0].message)


def test_conditions_samples_and_access_are_said_of_the_dataset(offer: Make, app: Any):
    file = {"package_id": "footfall", "url": "https://data.example.jp/sample.csv", "name": "見本", "format": "CSV"}
    offer("published", **RICH)
    offer("published", sample=tk.get_action("resource_create")({"user": "editor"}, file)["id"], title={"ja": "別"})
    graph = fetched(app, "ttl")
    [ref] = graph.subjects(ODRL.hasPolicy, None, unique=True)
    [rights] = graph.objects(ref, DCT.rights)
    labels = {text.language: str(text) for text in graph.objects(rights, RDFS.label) if isinstance(text, Literal)}
    assert labels["ja"] == "月額 50,000円（税込）"
    assert graph.value(rights, DCT.type) == ORDEN["condition-contract"]
    assert str(graph.value(ref, DCT.accessRights)).endswith("/RESTRICTED")
    [sample] = graph.objects(ref, ADMS.sample)
    assert (ref, DCAT.distribution, sample) in graph


def test_what_the_provider_says_of_access_and_rights_stands(dataset: str, offer: Make, app: Any):
    said = {"access_rights": "http://publications.europa.eu/resource/authority/access-right/NON_PUBLIC"}
    tk.get_action("package_patch")({"user": "editor"}, {"id": dataset, **said, "rights": "要相談"})
    offer("published")
    graph = fetched(app, "ttl")
    [ref] = graph.subjects(ODRL.hasPolicy, None, unique=True)
    assert str(graph.value(ref, DCT.accessRights)).endswith("/NON_PUBLIC")
    assert ORDEN["condition-contract"] not in set(graph.objects())


@pytest.mark.parametrize("state", ["draft", "suspended", "withdrawn"])
def test_an_offer_that_does_not_stand_is_in_no_form(state: str, offer: Make, app: Any):
    offer(state)
    assert "odrl" not in app.get("/dataset/footfall.jsonld").body.replace('"odrl": "http', "")
    assert not list(fetched(app, "ttl").objects(None, ODRL.hasPolicy))


def test_the_page_tells_search_engines_what_the_data_costs(offer: Make, app: Any):
    offer("published", **RICH)
    page = app.get("/dataset/footfall").body
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    [about] = [found for found in map(json.loads, scripts) if found.get("@type") == "Dataset"]
    [told] = about["offers"]
    assert (told["@type"], told["price"], told["priceCurrency"]) == ("Offer", 50000, "JPY")
    assert told["priceSpecification"]["@type"] == "UnitPriceSpecification"
    assert told["seller"]["name"] == "なにわ研究所"
    assert "itemOffered" not in told


def test_a_made_up_title_cannot_break_out_of_the_page(offer: Make, app: Any):
    offer("published", title={"ja": "</script><script>alert(1)</script>"})
    assert "<script>alert(1)" not in app.get("/dataset/footfall").body


def test_the_catalogue_follows_the_offer(offer: Make, act: Act, app: Any):
    offer_id = offer("published")
    assert f"offer-{offer_id}" in app.get("/catalog.ttl").body
    act("admin", "offer_withdraw", id=offer_id, reason="終了")
    assert f"offer-{offer_id}" not in app.get("/catalog.ttl").body
    assert "orden_market" not in shown()


def at_own_address(app: Any, offer_id: str, ending: str = "ttl", **asked: Any) -> Any:
    return app.get(f"/market/offer/{offer_id}.{ending}", **asked)


TYPES = {"ttl": ("text/turtle", "turtle"), "jsonld": ("application/ld+json", "json-ld")}


@pytest.mark.parametrize("ending", TYPES)
def test_an_offer_stands_at_an_address_of_its_own_as_in_its_dataset(ending: str, offer: Make, app: Any):
    offer_id = offer("published", **RICH)
    answer = at_own_address(app, offer_id, ending)
    media_type, syntax = TYPES[ending]
    assert answer.headers["Content-Type"].startswith(media_type)
    alone = Graph().parse(data=answer.body, format=syntax)
    assert read(alone, offer_id) == read(fetched(app, "ttl"), offer_id)
    [policy] = alone.objects(None, ODRL.hasPolicy)
    assert faults_of_odrl(alone, URIRef(str(policy))) == []
    assert faults_of_schema_org(alone) == []


def test_the_address_stays_when_a_next_version_is_published(offer: Make, act: Act, app: Any):
    first = offer("published")
    second = act("editor", "offer_revise", id=first)["id"]
    assert at_own_address(app, second).headers["ETag"] == at_own_address(app, first).headers["ETag"]
    content = {**OFFER, "price": "60000"}
    act("editor", "offer_update", id=second, offer=content)
    assert "60000" not in at_own_address(app, first).body
    act("editor", "offer_submit", id=second)
    act("reviewer", "offer_publish", id=second)
    assert "60000" in at_own_address(app, first).body
    assert f"offer-{second}" in at_own_address(app, first).body


@pytest.mark.parametrize("state", ["draft", "in_review", "suspended", "withdrawn"])
def test_what_does_not_stand_has_no_document_even_for_its_people(state: str, offer: Make, app: Any):
    offer_id = offer(state)
    token = tk.get_action("api_token_create")({"user": "editor"}, {"user": "editor", "name": "x"})["token"]
    for headers in ({}, {"Authorization": token}):
        assert at_own_address(app, offer_id, headers=headers, expect_errors=True).status_code == 404


def test_an_offer_to_named_buyers_has_a_document_for_them_alone(offer: Make, app: Any):
    offer_id = offer("published", buyers="named", buyer_organizations=["sakai"])
    assert at_own_address(app, offer_id, expect_errors=True).status_code == 404
    token = tk.get_action("api_token_create")({"user": "stranger"}, {"user": "stranger", "name": "x"})["token"]
    answer = at_own_address(app, offer_id, headers={"Authorization": token})
    assert "50000" in answer.body
    assert "sakai" not in answer.body


@pytest.mark.parametrize("address", ["nothing.ttl", "nothing.jsonld"])
def test_an_unknown_offer_has_no_document(address: str, dataset: str, app: Any):
    assert app.get(f"/market/offer/{address}", expect_errors=True).status_code == 404


def test_page_and_cadde_s_key_lead_to_the_document(offer: Make, app: Any):
    offer_id = offer("published")
    address = shown()["haspolicy_url"]
    assert address.endswith(f"/market/offer/{offer_id}.jsonld")
    page = app.get("/dataset/footfall").body
    assert 'title="ODRL: ' in page
    assert page.count(f"/market/offer/{offer_id}.jsonld") == 2
    assert f'id="offer-{offer_id}"' in page
    cadde = tk.get_action("orden_schema_cadde_show")({"user": "stranger"}, {"id": "footfall"})["package"]
    assert {"key": "haspolicy_url", "value": address} in cadde["extras"]
    offer("published", title={"ja": "別"})
    assert shown()["haspolicy_url"].endswith("/dataset/footfall.jsonld")


def test_what_a_provider_has_stated_of_policies_comes_back(offer: Make, act: Act):
    own = "https://data.example.jp/policy"
    stated = {"key": "haspolicy_url", "value": own}
    tk.get_action("package_patch")({"user": "editor"}, {"id": "footfall", "extras": [stated]})
    offer_id = offer("published")
    dataset = tk.get_action("package_show")({"user": "editor"}, {"id": "footfall"})
    tk.get_action("package_update")({"user": "editor"}, dataset)
    act("admin", "offer_withdraw", id=offer_id, reason="終了")
    assert stated in shown()["extras"]
