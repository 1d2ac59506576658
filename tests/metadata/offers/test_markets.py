"""Only pages of a market's own hosts are linked; every trick to lead elsewhere is refused and says why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ckanext.orden.metadata.offers.markets import JDEX, Market, link_problem, market_problems, refusal
from ckanext.orden.metadata.offers.offer import Link
from hypothesis import given
from hypothesis import strategies as st

MARKET = Market("ichiba", {"ja": "市場"}, ("market.example.jp",), ("/items/{id}", "/ja/items/{id}"))
ANY_PAGE = replace(MARKET, patterns=())
MARKETS = {"ichiba": MARKET, "jdex": JDEX, "closed": replace(MARKET, code="closed", enabled=False)}


@pytest.mark.parametrize(
    "url",
    [
        "https://market.example.jp/items/42",
        "https://market.example.jp/ja/items/%E4%BA%BA%E6%B5%81",
        "https://market.example.jp/items/人流",
        "HTTPS://MARKET.example.jp/items/42?utm_source=odpo&t=12:30#price",
    ],
)
def test_listing_on_the_markets_host_may_be_linked(url: str):
    assert refusal(url, MARKET) is None


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("javascript:alert(1)", "scheme"),
        ("JaVaScRiPt://market.example.jp/%0aalert(1)", "characters"),
        ("javascript://market.example.jp/items/1", "scheme"),
        ("data:text/html,x", "scheme"),
        ("http://market.example.jp/items/1", "scheme"),
        ("//market.example.jp/items/1", "scheme"),
        ("/items/1", "scheme"),
        ("", "scheme"),
        ("https:///items/1", "malformed"),
        ("https://[market.example.jp/items/1", "malformed"),
        ("https://market.example.jp:port/items/1", "malformed"),
        ("https://market.example.jp@evil.example/items/1", "credentials"),
        ("https://user:pass@market.example.jp/items/1", "credentials"),
        ("https://@market.example.jp/items/1", "credentials"),
        ("https://market.example.jp:8443/items/1", "port"),
        ("https://market.example.jp:443/items/1", "port"),
        ("https://market.example.jp:/items/1", "port"),
        ("https://evil.example/items/1", "host"),
        ("https://192.0.2.1/items/1", "host"),
        ("https://market.example.jp.evil.example/items/1", "look_alike"),
        ("https://market.example.jp./items/1", "look_alike"),
        ("https://market-example.jp/items/1", "look_alike"),
        ("https://rnarket.example.jp/items/1", "look_alike"),
        ("https://www.market.example.jp/items/1", "look_alike"),
        ("https://mаrket.example.jp/items/1", "foreign_letters"),
        ("https://market.exаmple.jp/items/1", "foreign_letters"),
        ("https://ｍarket.example.jp/items/1", "foreign_letters"),
        ("https://market.example.jp。evil.example/items/1", "foreign_letters"),
        ("https://xn--mrket-4ve.example.jp/items/1", "look_alike"),
        ("https://market.example.jp\\@evil.example/items/1", "characters"),
        ("https://market.example.jp/items/1\r\nSet-Cookie: a=b", "characters"),
        ("https://market.example.jp/items/%0d%0aSet-Cookie:a", "characters"),
        ("https://market.example.jp/items/%250d%250aSet-Cookie:a", "characters"),
        ("https://market.example.jp/items/%25252525252525250d", "characters"),
        ("https://market.example.jp/items/1 ", "characters"),
        ("\thttps://market.example.jp/items/1", "characters"),
        ("https://market.example.jp/items/\u202e1", "characters"),
        ("https://market.example.jp/items/\u200b1", "characters"),
        ("https://market.example.jp/items/<script>", "characters"),
        ("https://market.example.jp/items/1?next=https://evil.example", "redirect"),
        ("https://market.example.jp/items/1?next=https%3A%2F%2Fevil.example", "redirect"),
        ("https://market.example.jp/items/1?next=https%253A%252F%252Fevil.example", "redirect"),
        ("https://market.example.jp/items/1?a=1;u=//evil.example", "redirect"),
        ("https://market.example.jp/items/1?u=javascript:alert(1)", "redirect"),
        ("https://market.example.jp/items/1#//evil.example", "redirect"),
        ("https://market.example.jp/go/https://evil.example", "redirect"),
        ("https://market.example.jp//evil.example", "path"),
        ("https://market.example.jp/items/../go", "path"),
        ("https://market.example.jp/items/%2e%2e/go", "path"),
        ("https://market.example.jp/items%2f1", "path"),
        ("https://market.example.jp/", "pattern"),
        ("https://market.example.jp/items/1/buy", "pattern"),
        ("https://market.example.jp/items/", "pattern"),
        ("https://market.example.jp/items/" + "a" * 2000, "too_long"),
    ],
)
def test_address_that_leads_elsewhere_is_refused_with_its_reason(url: str, fault: str):
    issue = refusal(url, MARKET)
    assert issue is not None
    assert issue.code == f"offer.link_{fault}"
    assert issue.severity == "error"
    for language in ("ja", "en"):
        assert issue.message[language]
        assert issue.hint[language]


@given(st.text(max_size=40))
def test_whatever_follows_the_host_the_address_stays_on_it(tail: str):
    url = f"https://market.example.jp{tail}"
    if refusal(url, ANY_PAGE) is None:
        assert tail == "" or tail[0] in "/?#"


@given(st.text(alphabet="htps:/@.\\#?%0market.example.jp evil", max_size=60))
def test_any_text_is_judged_without_failing(url: str):
    issue = refusal(url, ANY_PAGE)
    assert issue is None or issue.code.startswith("offer.link_")


@pytest.mark.parametrize(
    ("market", "code"), [("nowhere", "market_unknown"), ("closed", "market_closed"), ("jdex", "host")]
)
def test_link_to_a_market_that_takes_none_is_refused(market: str, code: str):
    issue = link_problem(Link(market, "https://market.example.jp/items/1"), MARKETS, "link 1")
    assert issue is not None
    assert (issue.code, issue.where) == (f"offer.link_{code}", "link 1")


def test_page_of_jdex_may_be_linked_by_the_preset():
    assert list(market_problems(JDEX)) == []
    assert link_problem(Link("jdex", "https://www.service.jdex.jp/item/1"), MARKETS) is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "JDEX"}, "market_code"),
        ({"name": {"en": "Market"}}, "market_name"),
        ({"hosts": ()}, "market_host"),
        ({"hosts": ("*.example.jp",)}, "market_host"),
        ({"hosts": ("market.example.jp:8443",)}, "market_host"),
        ({"hosts": ("Market.example.jp",)}, "market_host"),
        ({"hosts": ("市場.jp",)}, "market_host"),
        ({"hosts": ("192.0.2.1",)}, "market_host"),
        ({"hosts": ("localhost",)}, "market_host"),
        ({"patterns": ("items/{id}",)}, "market_pattern"),
        ({"patterns": ("/../{id}",)}, "market_pattern"),
        ({"home": "http://market.example.jp/"}, "link_scheme"),
        ({"home": "https://evil.example/"}, "link_host"),
    ],
)
def test_faulty_entry_of_the_registry_is_named(change: dict[str, object], code: str):
    assert [issue.code for issue in market_problems(replace(MARKET, **change))] == [f"offer.{code}"]


def test_pattern_matches_its_own_letters_only():
    market = replace(MARKET, patterns=("/a.b/{id}",))
    assert refusal("https://market.example.jp/a.b/1", market) is None
    assert refusal("https://market.example.jp/axb/1", market) is not None
