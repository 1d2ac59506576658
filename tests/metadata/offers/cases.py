"""Offers of every kind, as forms and programs write them."""

from __future__ import annotations

from typing import Any

from ckanext.orden.metadata.offers import JDEX, Market, Offer, check

from demo.offers import offers

ICHIBA = Market("ichiba", {"ja": "市場"}, ("market.example.jp",), ("/items/{id}",))
MARKETS = {"jdex": JDEX, "ichiba": ICHIBA}

PLAIN: dict[str, Any] = {
    "title": "人流データ",
    "delivery": ["api_pull"],
    "contract": "license",
    "licence": "other-closed",
    "allowed_use": ["commercial"],
    "seller": "株式会社大阪データ",
    "buyers": "anyone",
}
"""What every offer must or should have, but for its price."""

OFFERS: dict[str, dict[str, Any]] = {
    "free": {**PLAIN, "price_mode": "free", "licence": "CC-BY-4.0", "allowed_use": ["unlimited"], "regions": ["001"]},
    "one_off": {**PLAIN, "price_mode": "one_off", "price": "100000", "currency": "JPY", "tax": "included"},
    "one_off_per_file": {
        **PLAIN,
        "price_mode": "one_off",
        "price": "49.90",
        "currency": "USD",
        "tax": "excluded",
        "unit": "file",
        "quantity": 1,
        "delivery": ["file_once"],
        "contract": "transfer",
        "licence_term": "2030-03-31",
    },
    "subscription": {
        **PLAIN,
        "title": {"ja": "人流データ 月次", "en": "Footfall, monthly", "zh-Hans": "人流数据"},
        "summary": {"ja": "大阪市内の人流。\n毎月更新。"},
        "price_mode": "subscription",
        "price": "50000",
        "currency": "JPY",
        "tax": "included",
        "period": "P1M",
        "minimum_term": "P12M",
        "trial": "P14D",
        "price_note": {"ja": "研究機関は半額。", "en": "Half price for research."},
        "sample": "3f1c-sample",
        "delivery": ["file_recurring", "api_pull"],
        "nda": True,
        "licence_url": "https://data.example.jp/terms",
        "allowed_use": ["commercial", "research", "other:学会発表, 論文"],
        "forbidden_use": ["identification", "military", "other:転載"],
        "disclosure": "company",
        "regions": ["JP", "JP-27"],
        "resale": False,
        "derivatives": True,
        "attribution": True,
        "deletion": True,
        "exclusive": False,
        "licence_term": "P1Y",
        "law": "JP",
        "warranty": ["consent", "rights_cleared", "other:欠測の補完"],
        "notices": {"ja": "再配布はできません。"},
        "availability": "99.9",
        "response_time": "PT4H",
        "support": {"ja": "平日9時から17時"},
        "seller_url": "https://data.example.jp/id/seller",
        "inquiry": "form",
        "valid_from": "2026-04-01",
        "valid_through": "2027-03-31",
        "links": [
            {"market": "jdex", "url": "https://www.service.jdex.jp/item/1"},
            {"market": "ichiba", "url": "https://market.example.jp/items/42", "external_id": "42"},
        ],
    },
    "subscription_per_user": {
        **PLAIN,
        "price_mode": "subscription",
        "min_price": "9.50",
        "max_price": "120.00",
        "currency": "EUR",
        "tax": "excluded",
        "period": "P3M",
        "unit": "user",
        "quantity": 5,
        "resale": True,
        "derivatives": False,
        "attribution": False,
        "exclusive": True,
        "nda": False,
        "regions": ["DE-BY", "US"],
        "law": "US",
        "disclosure": "other:共同研究者",
        "licence_term": "P2W",
    },
    "usage": {
        **PLAIN,
        "price_mode": "usage",
        "price": "12.345",
        "currency": "KWD",
        "tax": "exempt",
        "unit": "request",
        "quantity": 1000,
        "delivery": ["api_pull", "stream"],
        "law": "other",
        "allowed_use": ["individual", "ai_training"],
    },
    "usage_from": {
        **PLAIN,
        "price_mode": "usage",
        "min_price": "3",
        "currency": "KRW",
        "tax": "excluded",
        "unit": "gigabyte",
        "quantity": 1,
    },
    "negotiation": {**PLAIN, "price_mode": "negotiation", "delivery": ["individual"], "disclosure": "individual"},
    "negotiation_with_guide": {
        **PLAIN,
        "price_mode": "negotiation",
        "max_price": "2000000",
        "currency": "JPY",
        "tax": "excluded",
        "delivery": ["secure_room"],
        "contract": "joint_use",
        "buyers": "named",
        "buyer_organizations": ["osaka-city", "sakai-city"],
    },
    "teaser_of_a_subscription": {
        **PLAIN,
        "kind": "teaser",
        "price_mode": "subscription",
        "period": "P1Y",
        "inquiry": "form",
    },
    "teaser_of_a_sale": {**PLAIN, "kind": "teaser", "price_mode": "one_off", "inquiry": "email", "currency": "VND"},
}


def offer(name: str, **changes: Any) -> Offer:
    """One of the offers, with changes; it must be without faults."""
    found = check({**OFFERS[name], **changes}, MARKETS)
    assert found.offer, [issue.text("en") for issue in found.report.issues]
    return found.offer


def _every() -> dict[str, Offer]:
    demo = {f"{name}-{n}": check(made).offer for name, all_of in offers().items() for n, made in enumerate(all_of)}
    return {**{name: offer(name) for name in OFFERS}, **{name: made for name, made in demo.items() if made}}


EVERY = _every()
"""An offer of each kind and those of the demo, by dataset."""
