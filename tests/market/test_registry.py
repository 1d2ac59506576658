"""The registry of markets: a preset that needs no entry, entries that go before it, written by sysadmins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.orden.market.cli import orden_market
from ckanext.orden.market.model.offers import MarketOffer
from ckanext.orden.metadata.offers import JDEX

from .conftest import Act

Make = Callable[..., str]
pytestmark = pytest.mark.usefixtures("people")
NEW: dict[str, Any] = {
    "code": "osaka",
    "name": {"ja": "大阪データ市場"},
    "hosts": ["market.example.jp"],
    "patterns": ["/items/{id}"],
    "home": "https://market.example.jp/",
}
LINK = {"market": "jdex", "url": f"https://{JDEX.hosts[0]}/item/1"}


def codes(act: Act) -> dict[str, bool]:
    return {market["code"]: market["enabled"] for market in act("", "market_list")}


def test_without_an_entry_there_is_the_preset(act: Act):
    [market] = act("", "market_list")
    assert (market["code"], market["hosts"], market["preset"]) == ("jdex", list(JDEX.hosts), True)


def test_a_sysadmin_registers_changes_and_deletes_a_market(act: Act):
    assert act("sysadmin", "market_create", **NEW)["enabled"] is True
    changed = act("sysadmin", "market_update", code="osaka", hosts="market.example.jp shop.example.jp")
    assert changed["hosts"] == ["market.example.jp", "shop.example.jp"]
    assert changed["name"] == NEW["name"], "what is left out stays"
    act("sysadmin", "market_delete", code="osaka")
    assert codes(act) == {"jdex": True}


@pytest.mark.parametrize("who", ["editor", "admin", "reviewer", "stranger", ""])
def test_nobody_else_writes_the_registry(who: str, act: Act):
    for action in ("market_create", "market_update", "market_delete"):
        with pytest.raises(tk.NotAuthorized):
            act(who, action, **{**NEW, "code": "jdex"})
    assert codes(act) == {"jdex": True}


def test_a_preset_is_switched_off_by_an_entry_and_comes_back_without_it(act: Act):
    act("sysadmin", "market_update", code="jdex", enabled=False)
    assert codes(act) == {"jdex": False}
    act("sysadmin", "market_delete", code="jdex")
    assert codes(act) == {"jdex": True}
    with pytest.raises(tk.ValidationError):
        act("sysadmin", "market_delete", code="jdex")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "Osaka Market"),
        ("code", "jdex"),
        ("name", {"en": "Market"}),
        ("name", {"ja": "市場\r\nBcc: x@example.jp"}),
        ("name", "市場"),
        ("hosts", []),
        ("hosts", ["*.example.jp"]),
        ("hosts", ["market.example.jp:8443"]),
        ("hosts", ["127.0.0.1"]),
        ("hosts", ["xn--あ.jp"]),
        ("hosts", [{"a": "b"}]),
        ("patterns", ["items/{id}"]),
        ("patterns", ["/../{id}"]),
        ("home", "https://elsewhere.example.jp/"),
        ("home", "javascript:alert(1)"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_field(field: str, value: Any, act: Act):
    with pytest.raises(tk.ValidationError) as caught:
        act("sysadmin", "market_create", **{**NEW, "home": "", field: value})
    assert list(caught.value.error_dict) == [field]
    assert codes(act) == {"jdex": True}


def test_a_market_that_offers_link_to_is_not_deleted(offer: Make, act: Act):
    act("sysadmin", "market_create", **NEW)
    offer("published", links=[{"market": "osaka", "url": "https://market.example.jp/items/7"}])
    with pytest.raises(tk.ValidationError):
        act("sysadmin", "market_delete", code="osaka")
    assert "osaka" in codes(act)


def test_a_market_that_is_switched_off_leaves_the_answers_and_the_price_stays(offer: Make, act: Act):
    offer_id = offer("published", links=[LINK])
    assert act("stranger", "offer_show", id=offer_id)["links"][0]["url"] == LINK["url"]
    act("sysadmin", "market_update", code="jdex", enabled=False)
    shown = act("stranger", "offer_show", id=offer_id)
    assert "links" not in shown
    assert shown["price_text"]["ja"]
    own = act("editor", "offer_show", id=offer_id)["links"]
    assert [link["state"] for link in own] == ["refused"]
    assert not MarketOffer.get(offer_id).listed, "the index is told with the next minute"  # pyright: ignore[reportOptionalMemberAccess]


def test_an_offer_takes_links_to_registered_markets_only(offer: Make, act: Act):
    link = {"market": "osaka", "url": "https://market.example.jp/items/7"}
    with pytest.raises(tk.ValidationError):
        offer(links=[link])
    act("sysadmin", "market_create", **NEW)
    assert offer("published", links=[link])


@pytest.mark.usefixtures("with_request_context")
def test_registry_is_read_once_for_a_request_and_anew_after_a_change(act: Act):
    assert codes(act) == {"jdex": True}
    model.Session.execute(tk.BaseModel.metadata.tables["orden_market_market"].insert().values(**_row("other")))
    assert "other" not in codes(act), "it was read for this request already"
    act("sysadmin", "market_create", **NEW)
    assert set(codes(act)) == {"jdex", "other", "osaka"}


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        (f"https://{JDEX.hosts[0]}/item/1", True),
        ("https://option.example.jp/item", True),
        ("https://www.service.jdex.jp.example.com/item", False),
        (f"http://{JDEX.hosts[0]}/item/1", False),
        (f"https://{JDEX.hosts[0]}/go?to=https://elsewhere.example", False),
        ("javascript:alert(1)", False),
    ],
)
@pytest.mark.usefixtures("with_request_context")
def test_a_datasets_own_address_is_linked_on_hosts_of_the_option_and_the_registry(
    url: str, linked: bool, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(ckan_config, "ckanext.orden.market.allowed_hosts", ["option.example.jp"])
    assert tk.h.orden_market_url({"sales_info_url": url}) == (url if linked else "")


@pytest.mark.usefixtures("with_request_context")
def test_a_datasets_own_address_is_text_when_its_market_is_switched_off(act: Act):
    act("sysadmin", "market_update", code="jdex", enabled=False)
    assert tk.h.orden_market_url({"sales_info_url": LINK["url"]}) == ""


def test_the_command_lists_the_markets(cli: Any, act: Act):
    act("sysadmin", "market_update", code="jdex", enabled=False)
    result = cli.invoke(orden_market, ["markets"])
    assert result.exit_code == 0
    assert f"off  {JDEX.hosts[0]}" in result.output
    assert '"enabled": false' in cli.invoke(orden_market, ["markets", "--json"]).output


def _row(code: str) -> dict[str, Any]:
    return {**NEW, "code": code, "enabled": True, "changed": "2026-11-30"}
