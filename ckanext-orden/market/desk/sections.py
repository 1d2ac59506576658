"""The order of the form: which fields stand in which part of it, at once or under a fold."""

from __future__ import annotations

from dataclasses import dataclass

from ckan.plugins import toolkit as tk


@dataclass(frozen=True)
class Section:
    """One part of the form: `main` fields are always seen, `more` under a fold."""

    name: str
    main: tuple[str, ...]
    more: tuple[str, ...] = ()


SECTIONS = (
    Section("what", ("title", "summary"), ("kind",)),
    Section(
        "price",
        ("price_mode", "price", "tax", "unit", "quantity", "period"),
        ("min_price", "max_price", "currency", "minimum_term", "trial", "price_note"),
    ),
    Section("delivery", ("delivery",), ("sample", "availability", "response_time", "support")),
    Section("contract", ("licence", "contract"), ("licence_url", "nda", "licence_term", "law", "warranty")),
    Section(
        "use",
        ("allowed_use", "forbidden_use"),
        ("disclosure", "regions", "resale", "derivatives", "attribution", "deletion", "exclusive", "notices"),
    ),
    Section("people", ("seller", "buyers", "inquiry"), ("buyer_organizations", "seller_url")),
    Section("when", (), ("valid_from", "valid_through", "links")),
)


def title(section: Section) -> str:
    """What a part of the form is called."""
    return {
        "what": tk._("What is offered"),
        "price": tk._("What it costs"),
        "delivery": tk._("How it is handed over"),
        "contract": tk._("Contract and licence"),
        "use": tk._("What may be done with it"),
        "people": tk._("Who offers, who may buy"),
        "when": tk._("Dates and links to markets"),
    }[section.name]


def hint(name: str) -> str:
    """How to fill in a field, where that is not plain."""
    return _hints().get(name, "")


def _hints() -> dict[str, str]:
    return {
        "title": tk._("What buyers look for: the data and the plan, such as “Footfall around stations, monthly”."),
        "kind": tk._("A teaser may do without a price, but must say how to inquire."),
        "price": tk._("Digits without a currency sign, such as 50000."),
        "min_price": tk._("For a range of prices; leave the one price empty then."),
        "max_price": tk._("For a range of prices; leave the one price empty then."),
        "currency": tk._("Three letters, such as JPY or USD. Empty means JPY."),
        "quantity": tk._("For how many units the price is, such as 1000 for each 1,000 requests. Empty means 1."),
        "period": tk._("How often the price is due."),
        "sample": tk._("A resource of this dataset that shows what buyers get."),
        "availability": tk._("Such as 99.9."),
        "licence_url": tk._("Where the terms can be read, from https://"),
        "licence_term": tk._("A length of time such as P1Y, or the last day such as 2027-03-31."),
        "law": tk._("The code of the country, such as JP."),
        "regions": tk._("Codes by commas, such as JP or JP-27 (Osaka); 001 is the whole world."),
        "seller": tk._("The name that buyers make the contract with."),
        "seller_url": tk._("An address that stands for the seller, from https://"),
        "buyer_organizations": tk._("Names of organizations as in the addresses of their pages, by commas."),
        "valid_from": tk._("Empty: as soon as it is published."),
        "valid_through": tk._("The last day. Empty: until it is withdrawn."),
        "links": tk._("Only pages of registered markets are linked."),
    }
