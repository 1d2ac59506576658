"""Spam: refused with a clear message, counted, and cheap."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.market.inquiries import keys, limits
from ckanext.orden.market.model.inquiries import MarketInquiry, MarketMail

from ..conftest import Act
from .conftest import FORM, TEXT, Post

Ask = Callable[..., str]
API = "/api/action/orden_market_inquiry_create"
MANY = 10_000


def codes(error: pytest.ExceptionInfo[tk.ValidationError]) -> list[str]:
    return list(error.value.error_dict)


def test_ten_thousand_inquiries_from_one_address_leave_ten_and_no_mail_beyond(
    app: Any, act: Act, offer: Callable[..., str], old_stamp: str, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
):
    given = {"offer": offer("published"), "stamp": old_stamp, **FORM}
    answers = [
        app.post(API, json={**given, "mail": f"m{number}@example.jp", "text": f"{TEXT}{number}"}).status_code
        for number in range(12)
    ]
    assert answers == [200] * 10 + [429] * 2
    begun = time.monotonic()
    with app.flask_app.test_request_context(API, method="POST", environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        for _ in range(MANY - 12):
            with pytest.raises(limits.TooOften):
                limits.at_the_door()
    assert time.monotonic() - begun < 60
    assert model.Session.query(MarketInquiry).count() == 10
    assert model.Session.query(MarketMail).count() == 10
    assert limits.refused_today()["limit"] == MANY - 10


def test_limit_says_when_to_come_again_in_the_form_of_the_api(app: Any, ckan_config: Any, monkeypatch: Any):
    monkeypatch.setitem(ckan_config, "ckanext.orden.market.inquiries_per_hour", 1)
    app.post(API, json={})
    answer = app.post(API, json={})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "多すぎ" in answer.json["error"]["message"]


def test_reading_is_never_counted(app: Any, ckan_config: Any, monkeypatch: Any):
    monkeypatch.setitem(ckan_config, "ckanext.orden.market.inquiries_per_hour", 1)
    assert {app.get("/market/inquiry/thanks").status_code for _ in range(3)} == {200}


def test_account_and_mail_address_have_limits_of_their_own(
    ask: Ask, act: Act, offer: Callable[..., str], old_stamp: str, ckan_config: Any, monkeypatch: Any
):
    monkeypatch.setitem(ckan_config, "ckanext.orden.market.inquiries_per_day", 1)
    ask()
    with pytest.raises(tk.ValidationError) as error:
        ask(text="もう一つ")
    assert codes(error) == ["limit"]
    given = {"offer": offer("published"), "stamp": old_stamp, **FORM}
    act("", "inquiry_create", **given)
    with pytest.raises(tk.ValidationError) as error:
        act("", "inquiry_create", **{**given, "mail": FORM["mail"].upper(), "text": "もう一つ"})
    assert codes(error) == ["limit"]


def test_provider_receives_no_more_than_its_limit(ask: Ask, act: Act, ckan_config: Any, monkeypatch: Any):
    monkeypatch.setitem(ckan_config, "ckanext.orden.market.provider_inquiries_per_hour", 1)
    ask()
    factories.User(name="other")
    with pytest.raises(tk.ValidationError) as error:
        act("other", "inquiry_create", dataset="footfall", purpose="分析", text="別の人です")
    assert codes(error) == ["limit"]


def test_same_text_of_the_same_sender_is_taken_once_a_day(ask: Ask):
    ask()
    with pytest.raises(tk.ValidationError) as error:
        ask()
    assert codes(error) == ["text"]
    assert limits.refused_today() == {"twice": 1}


@pytest.mark.parametrize(
    "fault",
    [{"website": "https://spam.example"}, {"stamp": ""}, {"stamp": "made.up.stamp"}, {"stamp": "fresh"}],
    ids=str,
)
def test_form_that_no_person_filled_in_is_refused_and_counted(
    fault: dict[str, str], act: Act, offer: Callable[..., str], old_stamp: str, post: Post
):
    if fault.get("stamp") == "fresh":
        fault = {"stamp": keys.stamp()}
    with pytest.raises(tk.ValidationError) as error:
        act("", "inquiry_create", **{"offer": offer("published"), "stamp": old_stamp, **FORM, **fault})
    assert codes(error) == ["form"]
    assert limits.refused_today() == {"robot": 1}
    assert (model.Session.query(MarketInquiry).count(), post.fetch()) == (0, [])


def test_links_beyond_three_are_refused_and_counted(ask: Ask):
    with pytest.raises(tk.ValidationError) as error:
        ask(text="https://spam.example/ " * 4)
    assert codes(error) == ["text"]
    assert limits.refused_today() == {"links": 1}


def test_site_may_ask_for_an_account(
    act: Act, offer: Callable[..., str], old_stamp: str, ckan_config: Any, monkeypatch: Any
):
    monkeypatch.setitem(ckan_config, "ckanext.orden.market.anonymous_inquiries", False)
    with pytest.raises(tk.NotAuthorized):
        act("", "inquiry_create", offer=offer("published"), stamp=old_stamp, **FORM)


def test_refused_figures_are_for_sysadmins_alone(ask: Ask, act: Act):
    limits.note_refused("robot")
    assert act("sysadmin", "inquiry_list", organization="naniwa")["figures"]["refused_today"] == {"robot": 1}
    assert "refused_today" not in act("admin", "inquiry_list", organization="naniwa")["figures"]
