"""From the question to the end, by everybody: what may be done, what is told to whom."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.orden.market.inquiries import minute
from ckanext.orden.market.inquiries.keys import key_of
from ckanext.orden.market.model.inquiries import MarketInquiry, MarketMail
from ckanext.orden.metadata.offers.inquiries import INQUIRY_STEPS

from ..conftest import Act
from .conftest import BUYER, HANAKO, TEXT, Post

Ask = Callable[..., str]
AskUnknown = Callable[..., tuple[str, str]]
ROADS: dict[str, list[tuple[str, str]]] = {
    "received": [],
    "answered": [("editor", "answer")],
    "agreed": [("editor", "agree")],
    "closed": [("buyer", "close")],
}
SIDES = {"buyer": "buyer", "editor": "provider", "admin": "provider", "member": "", "stranger": "", "reviewer": ""}
STEPS = ("answer", "ask", "agree", "close")
SAID = {"text": "本文です", "reason": "理由です"}


def addresses(post: Post) -> list[str]:
    return sorted(address for address, _, _ in post.fetch())


def mail_of(*names: str) -> list[str]:
    users = [model.User.get(name) for name in names]
    return sorted(str(user.email) for user in users if user)


@pytest.mark.parametrize("state", ROADS)
def test_every_step_does_what_the_table_says_for_everybody(state: str, ask: Ask, act: Act, ckan_config: Any):
    ckan_config["ckanext.orden.market.inquiries_per_hour"] = 0
    ckan_config["ckanext.orden.market.inquiries_per_day"] = 0
    done, wanted = {}, {}
    for number, (action, who) in enumerate(product(STEPS, SIDES)):
        inquiry = ask(text=f"{TEXT}{number}")
        for name, step in ROADS[state]:
            act(name, f"inquiry_{step}", id=inquiry, **SAID)
        try:
            done[action, who] = act(who, f"inquiry_{action}", id=inquiry, **SAID)["state"]
        except tk.NotAuthorized:
            done[action, who] = "not authorized"
        except tk.ValidationError:
            done[action, who] = "refused"
        wanted[action, who] = expected(state, action, SIDES[who])
    assert done == wanted


def expected(state: str, action: str, side: str) -> str:
    steps = [step for step in INQUIRY_STEPS if step.action == action]
    if not any(side in step.sides for step in steps):
        return "not authorized"
    return next((step.target for step in steps if state in step.sources and side in step.sides), "refused")


def test_inquiry_of_an_account_reaches_the_provider_and_its_answer_the_buyer(ask: Ask, act: Act, post: Post):
    inquiry = ask()
    assert addresses(post) == sorted([BUYER, *mail_of("editor", "admin")])
    act("editor", "inquiry_answer", id=inquiry, text="お答えします。")
    assert addresses(post) == [BUYER]
    act("buyer", "inquiry_ask", id=inquiry, text="納期は？")
    assert addresses(post) == mail_of("editor", "admin")
    shown = act("admin", "inquiry_show", id=inquiry)
    assert [(m["author"], m["text"]) for m in shown["messages"]] == [
        ("buyer", TEXT),
        ("provider", "お答えします。"),
        ("buyer", "納期は？"),
    ]
    assert [bool(m["read"]) for m in shown["messages"]] == [True, True, False]


def test_unconfirmed_inquiry_reaches_nobody_until_the_key_confirms_it(ask_unknown: AskUnknown, act: Act, post: Post):
    inquiry, key = ask_unknown()
    for who in ("editor", "admin", "stranger"):
        with pytest.raises(tk.NotAuthorized):
            act(who, "inquiry_show", id=inquiry)
    assert act("editor", "inquiry_list", organization="naniwa")["count"] == 0
    with pytest.raises(tk.NotAuthorized):
        act("", "inquiry_confirm", id=inquiry, key="0" * 64)
    assert addresses(post) == []
    assert act("", "inquiry_confirm", id=inquiry, key=key)["state"] == "received"
    assert addresses(post) == mail_of("editor", "admin")
    with pytest.raises(tk.ValidationError):
        act("", "inquiry_confirm", id=inquiry, key=key)


def test_reader_without_an_account_goes_on_with_the_key_of_any_mail(ask_unknown: AskUnknown, act: Act, post: Post):
    inquiry, key = ask_unknown()
    act("", "inquiry_confirm", id=inquiry, key=key)
    post.fetch()
    act("editor", "inquiry_answer", id=inquiry, text="お答えします。")
    [(address, _, body)] = post.fetch()
    assert (address, f"/market/inquiry/{inquiry}?key={key}" in body) == (HANAKO, True)
    assert act("", "inquiry_ask", id=inquiry, key=key, text="もう一つ")["state"] == "received"


def test_new_link_goes_to_the_known_address_alone_and_ends_the_old(ask_unknown: AskUnknown, act: Act, post: Post):
    inquiry, key = ask_unknown()
    for wrong in ({"id": inquiry, "mail": "thief@example.jp"}, {"id": "none", "mail": HANAKO}):
        assert act("", "inquiry_link_create", **wrong) == {"asked": True}
    assert post.fetch() == []
    assert act("", "inquiry_link_create", id=inquiry, mail=HANAKO.upper()) == {"asked": True}
    [(address, _, body)] = post.fetch()
    assert (address, key in body) == (HANAKO, False)
    with pytest.raises(tk.NotAuthorized):
        act("", "inquiry_show", id=inquiry, key=key)


def test_key_opens_a_closed_thread_for_ninety_days(ask_unknown: AskUnknown, act: Act):
    inquiry, key = ask_unknown()
    act("", "inquiry_confirm", id=inquiry, key=key)
    act("", "inquiry_close", id=inquiry, key=key, reason="決まりました")
    row = MarketInquiry.get(inquiry)
    assert row and row.closed
    end = row.closed
    row.closed = end - timedelta(days=89)
    assert act("", "inquiry_show", id=inquiry, key=key)["state"] == "closed"
    row.closed = end - timedelta(days=91)
    with pytest.raises(tk.NotAuthorized):
        act("", "inquiry_show", id=inquiry, key=key)


def test_key_never_opens_the_thread_of_an_account(ask: Ask, act: Act):
    inquiry = ask()
    row = MarketInquiry.get(inquiry)
    assert row
    with pytest.raises(tk.NotAuthorized):
        act("", "inquiry_show", id=inquiry, key=key_of(row))


def test_offer_that_takes_no_form_or_provider_without_people_is_refused(ask: Ask, act: Act, offer: Callable[..., str]):
    with pytest.raises(tk.ValidationError) as error:
        ask(offer=offer("published", inquiry="none"))
    assert "offer" in error.value.error_dict
    tk.get_action("package_create")(
        {"user": "sysadmin"},
        {"name": "lonely", "title": "一人", "notes": "説明", "license_id": "CC-BY-4.0", "owner_org": alone()},
    )
    with pytest.raises(tk.ValidationError) as error:
        ask(offer="", dataset="lonely")
    assert "offer" in error.value.error_dict


def alone() -> str:
    made = {"name": "alone", "title": "だれもいない", "orden_org_kind": "private"}
    found = tk.get_action("organization_create")({"user": "sysadmin"}, made)
    model.Session.query(model.Member).filter_by(group_id=found["id"], table_name="user").delete()
    model.Session.commit()
    return found["id"]


def test_mail_that_the_server_refuses_stays_and_is_tried_again(ask: Ask, post: Post, caplog: pytest.LogCaptureFixture):
    post.broken = True
    inquiry = ask()
    assert post.fetch() == []
    assert MarketInquiry.get(inquiry)
    assert BUYER not in caplog.text
    waiting = model.Session.query(MarketMail).all()
    assert {mail.tries for mail in waiting} == {1}
    post.broken = False
    assert post.fetch() == []
    for mail in waiting:
        mail.due -= timedelta(minutes=3)
    model.Session.commit()
    minute.each_minute(None)
    assert len(post.sent) == 3
    assert model.Session.query(MarketMail).count() == 0


def test_provider_is_reminded_once_of_what_nobody_answers(ask: Ask, post: Post):
    inquiry = ask()
    post.fetch()
    minute.remind()
    assert post.fetch() == []
    row = MarketInquiry.get(inquiry)
    assert row and row.due
    row.due -= timedelta(days=5)
    model.Session.commit()
    minute.remind()
    assert addresses(post) == mail_of("editor", "admin")
    minute.remind()
    assert post.fetch() == []


def test_answered_inquiry_brings_no_reminder(ask: Ask, act: Act):
    inquiry = ask()
    assert act("editor", "inquiry_answer", id=inquiry, text="はい")["due"] is None
    assert act("buyer", "inquiry_ask", id=inquiry, text="では")["due"]


def test_inquiry_that_nobody_confirms_is_forgotten_after_three_days(ask_unknown: AskUnknown):
    inquiry, _ = ask_unknown()
    row = MarketInquiry.get(inquiry)
    assert row
    minute.forget()
    assert MarketInquiry.get(inquiry)
    row.created -= timedelta(hours=73)
    model.Session.commit()
    minute.forget()
    model.Session.expire_all()
    assert MarketInquiry.get(inquiry) is None


@pytest.mark.parametrize("language", ["ja", "en"])
def test_mails_are_in_the_readers_language_and_hold_no_word_of_the_other_side(
    language: str, ask: Ask, act: Act, post: Post
):
    inquiry = ask(language=language, affiliation="\r\nBcc: all@example.jp".strip(), name="x")
    act("editor", "inquiry_answer", id=inquiry, text="回答の本文です")
    mails = {address: (subject, body) for address, subject, body in post.fetch()}
    subject, body = mails[BUYER]
    assert ("回答が届きました" in subject) == (language == "ja")
    assert ("/en/market/" in body) == (language == "en")
    for subject, body in mails.values():
        assert TEXT not in body and "回答の本文" not in body and "Bcc" not in subject + body
        assert "\n" not in subject and "\r" not in subject


def test_title_with_line_breaks_stays_one_line_in_the_subject(ask: Ask, post: Post):
    inquiry = MarketInquiry.get(ask())
    assert inquiry
    package = model.Package.get(inquiry.package_id)
    assert package
    package.title = "題\r\nBcc: all@example.jp"
    model.Session.commit()
    assert all("\n" not in subject and "\r" not in subject for _, subject, _ in post.fetch())


def test_form_sent_twice_at_the_same_moment_is_one_inquiry(act: Act, offer: Callable[..., str], buyer: str):
    offer_id, outcomes = offer("published"), []

    def send() -> None:
        try:
            act(buyer, "inquiry_create", offer=offer_id, purpose="分析", text=TEXT)
            outcomes.append("sent")
        except tk.ValidationError as error:
            outcomes.extend(error.error_dict)
        finally:
            model.Session.remove()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["sent", "text"]
    assert model.Session.query(MarketInquiry).count() == 1


def test_desk_counts_states_and_tells_the_median_time(ask: Ask, act: Act):
    for number, hours in enumerate((1, 3, 8)):
        inquiry = ask(text=f"{TEXT}{number}")
        act("editor", "inquiry_answer", id=inquiry, text="はい")
        row = MarketInquiry.get(inquiry)
        assert row and row.first_answered
        row.received = row.first_answered - timedelta(hours=hours)
    waiting = MarketInquiry.get(ask())
    assert waiting and waiting.due
    waiting.due -= timedelta(days=6)
    model.Session.commit()
    found = act("admin", "inquiry_list", organization="naniwa", limit=2)
    assert (found["count"], len(found["inquiries"])) == (4, 2)
    assert found["figures"] == {
        "states": {"received": 1, "answered": 3, "agreed": 0, "closed": 0},
        "overdue": 1,
        "median_hours": 3.0,
    }
    assert act("admin", "inquiry_list", side="provider", state="received")["count"] == 1
    assert act("buyer", "inquiry_list")["count"] == 4
    assert act("stranger", "inquiry_list", side="provider")["count"] == 0
