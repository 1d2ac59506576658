"""What the data costs, as schema.org's Offer with a UnitPriceSpecification.

schema.org: Offer, UnitPriceSpecification, QuantitativeValue, Organization. A billing period is an increment in a
unit of UN/CEFACT Recommendation 20 (1 MON), the minimum term the duration for which one is billed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from rdflib import DCAT, RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ....types import Text
from ..offer import Offer
from ..terms import label, term_for
from .names import SCHEMA, Names

_PERIODS = {"M": "MON", "Y": "ANN", "W": "WEE", "D": "DAY"}
_PERIOD = re.compile(r"P(\d+)([MYWD])")
_TAX = {"included": True, "excluded": False}
_AMOUNTS = ("price", "minPrice", "maxPrice")


def write(graph: Graph, offer: Offer, names: Names, language: str = "") -> None:
    """Adds the offer to the graph; with a `language`, for a page in it: its texts alone, texts and addresses plain."""
    address = Literal if language else URIRef
    subject, dataset, seller = URIRef(names.offer), URIRef(names.dataset), URIRef(names.seller)
    graph.add((dataset, RDF.type, SCHEMA.Dataset if language else DCAT.Dataset))
    graph.add((dataset, SCHEMA.offers, subject))
    graph.add((subject, RDF.type, SCHEMA.Offer))
    graph.add((subject, SCHEMA.itemOffered, dataset))
    _texts(graph, subject, SCHEMA.name, offer.title, language)
    _texts(graph, subject, SCHEMA.description, offer.summary, language)
    for link in offer.links:
        graph.add((subject, SCHEMA.url, address(link.url)))
    for term, day in ((SCHEMA.validFrom, offer.valid_from), (SCHEMA.validThrough, offer.valid_through)):
        if day:
            graph.add((subject, term, Literal(day)))
    if offer.seller:
        graph.add((subject, SCHEMA.seller, seller))
        graph.add((seller, RDF.type, SCHEMA.Organization))
        graph.add((seller, SCHEMA.name, Literal(offer.seller)))
        _add(graph, seller, SCHEMA.url, address(offer.seller_url) if offer.seller_url else None)
    _price(graph, offer, subject, dataset)


def _price(graph: Graph, offer: Offer, subject: URIRef, dataset: URIRef) -> None:
    """Nothing of a negotiation: readers would take its guide price for the price."""
    if offer.price_mode == "free":
        graph.add((dataset, SCHEMA.isAccessibleForFree, Literal(True)))
        graph.add((subject, SCHEMA.price, Literal("0", datatype=XSD.decimal)))
        graph.add((subject, SCHEMA.priceCurrency, Literal("JPY")))
    elif offer.price_mode != "negotiation":
        _fixed_price(graph, offer, subject)


def _fixed_price(graph: Graph, offer: Offer, subject: URIRef) -> None:
    specification = BNode()
    _specify(graph, offer, specification)
    if (specification, None, None) in graph:
        graph.add((subject, SCHEMA.priceSpecification, specification))
        graph.add((specification, RDF.type, SCHEMA.UnitPriceSpecification))
    if offer.price and offer.price.exact:
        _add(graph, subject, SCHEMA.price, _decimal(offer.price.low))
        graph.add((subject, SCHEMA.priceCurrency, Literal(offer.price.currency)))


def _specify(graph: Graph, offer: Offer, node: BNode) -> None:
    """Amounts, currency, tax, unit and period of the price, as far as they are stated."""
    if offer.price:
        low, high = offer.price.low, offer.price.high
        ends = (low, None, None) if offer.price.exact else (None, low, high)
        for name, amount in zip(_AMOUNTS, ends, strict=True):
            _add(graph, node, SCHEMA[name], _decimal(amount))
        graph.add((node, SCHEMA.priceCurrency, Literal(offer.price.currency)))
    if offer.tax in _TAX:
        graph.add((node, SCHEMA.valueAddedTaxIncluded, Literal(_TAX[offer.tax])))
    if offer.unit:
        quantity = BNode()
        graph.add((node, SCHEMA.referenceQuantity, quantity))
        graph.add((quantity, RDF.type, SCHEMA.QuantitativeValue))
        graph.add((quantity, SCHEMA.value, Literal(offer.quantity)))
        graph.add((quantity, SCHEMA.unitText, Literal(label("unit", offer.unit)["en"])))
    match = _PERIOD.fullmatch(offer.period)
    if match:
        graph.add((node, SCHEMA.billingIncrement, Literal(int(match[1]))))
        graph.add((node, SCHEMA.unitCode, Literal(_PERIODS[match[2]])))
    if offer.price_mode == "subscription":
        graph.add((node, SCHEMA.priceComponentType, SCHEMA.Subscription))
    _add(graph, node, SCHEMA.billingDuration, Literal(offer.minimum_term) if offer.minimum_term else None)


def _texts(graph: Graph, subject: Node, term: URIRef, texts: Text, language: str) -> None:
    if language:
        text = texts.get(language) or texts.get("ja") or next(iter(texts.values()), "")
        _add(graph, subject, term, Literal(text) if text else None)
        return
    for tag, text in texts.items():
        graph.add((subject, term, Literal(text, lang=tag)))


def _add(graph: Graph, subject: Node, term: URIRef, value: Node | None) -> None:
    if value is not None:
        graph.add((subject, term, value))


def _decimal(amount: Decimal | None) -> Literal | None:
    return None if amount is None else Literal(format(amount, "f"), datatype=XSD.decimal)


def read(graph: Graph, names: Names) -> dict[str, Any]:
    """The values of the offer that its schema.org form states; the price mode is told from the price's parts."""
    subject = URIRef(names.offer)
    seller = graph.value(subject, SCHEMA.seller)
    specification = graph.value(subject, SCHEMA.priceSpecification)
    found = {
        "title": _read_texts(graph, subject, SCHEMA.name),
        "summary": _read_texts(graph, subject, SCHEMA.description),
        "seller": _text(graph, seller, SCHEMA.name),
        "seller_url": _text(graph, seller, SCHEMA.url),
        "valid_from": _text(graph, subject, SCHEMA.validFrom),
        "valid_through": _text(graph, subject, SCHEMA.validThrough),
        **_read_price(graph, subject, specification),
    }
    return {name: value for name, value in found.items() if value}


def _read_price(graph: Graph, subject: Node, specification: Node | None) -> dict[str, Any]:
    amounts = [_text(graph, specification, SCHEMA[name]) for name in _AMOUNTS]
    whole = _text(graph, subject, SCHEMA.price)
    if not any(amounts):
        amounts[0] = whole
    if amounts[0] and not amounts[0].strip("0."):
        return {"price_mode": "free"}
    found: dict[str, Any] = dict(zip(("price", "min_price", "max_price"), amounts, strict=True))
    found["currency"] = _text(graph, specification or subject, SCHEMA.priceCurrency)
    taxed = _text(graph, specification, SCHEMA.valueAddedTaxIncluded).lower()
    found["tax"] = {"true": "included", "false": "excluded"}.get(taxed, "")
    found["period"] = _read_period(graph, specification)
    found["minimum_term"] = _text(graph, specification, SCHEMA.billingDuration)
    found |= _read_unit(graph, specification)
    subscribed = _text(graph, specification, SCHEMA.priceComponentType).endswith("Subscription")
    if subscribed or found["period"]:
        mode = "subscription"
    elif found.get("unit"):
        mode = "usage"
    else:
        mode = "one_off" if any(amounts) else "negotiation"
    return {**found, "price_mode": mode}


def _read_period(graph: Graph, specification: Node | None) -> str:
    letters = {code: letter for letter, code in _PERIODS.items()}
    letter = letters.get(_text(graph, specification, SCHEMA.unitCode))
    count = _text(graph, specification, SCHEMA.billingIncrement) or "1"
    return f"P{count}{letter}" if letter and count.isdecimal() else ""


def _read_unit(graph: Graph, specification: Node | None) -> dict[str, str]:
    quantity = graph.value(specification, SCHEMA.referenceQuantity) if specification else None
    unit = term_for("unit", _text(graph, quantity, SCHEMA.unitText))
    return {"unit": unit.code, "quantity": _text(graph, quantity, SCHEMA.value) or "1"} if unit else {}


def _read_texts(graph: Graph, subject: Node, term: URIRef) -> dict[str, str]:
    texts = sorted(graph.objects(subject, term), key=str)
    return {getattr(text, "language", None) or "ja": str(text) for text in texts}


def _text(graph: Graph, subject: Node | None, term: URIRef) -> str:
    """One value as a text, the first by its letters where there are several."""
    return min(map(str, graph.objects(subject, term)), default="") if subject is not None else ""
