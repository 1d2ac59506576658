"""No address of a provider reaches a buyer, and none of a buyer anybody else, before it is given."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ckan import model
from ckan.lib import search
from ckan.plugins import toolkit as tk
from ckan.tests import factories

from ..conftest import PEOPLE, Act
from .conftest import BUYER, FORM, HANAKO, TEXT, Post

Ask = Callable[..., str]
SECRETS = (BUYER, HANAKO)


@pytest.fixture
def other_buyer(people: None) -> str:
    factories.User(name="other", email="other@buyer.example.jp")
    return "other"


def provider_addresses() -> list[str]:
    users = (model.User.get(name) for name in ("editor", "admin"))
    return [str(user.email) for user in users if user]


def answers(act: Act, who: str, inquiry: str, key: str = "") -> Iterator[str]:
    """What every reading action says to somebody about the inquiry."""
    calls: list[tuple[str, dict[str, Any]]] = [
        ("orden_market_inquiry_show", {"id": inquiry, "key": key}),
        ("orden_market_inquiry_list", {}),
        ("orden_market_inquiry_list", {"side": "provider"}),
        ("orden_market_inquiry_list", {"organization": "naniwa"}),
        ("orden_market_offer_list", {}),
        ("package_show", {"id": "footfall"}),
        ("package_search", {"q": "*:*"}),
        ("organization_show", {"id": "naniwa", "include_datasets": True}),
        ("organization_activity_list", {"id": "naniwa"}),
        ("dashboard_activity_list", {}),
    ]
    for action, data in calls:
        try:
            yield json.dumps(tk.get_action(action)({"user": who}, data), default=str)
        except (tk.NotAuthorized, tk.ValidationError, tk.ObjectNotFound) as error:
            yield str(error)


def test_buyers_address_reaches_nobody_but_the_buyer(ask: Ask, act: Act, other_buyer: str):
    inquiry = ask()
    act("editor", "inquiry_answer", id=inquiry, text="回答です")
    for who in (*PEOPLE, other_buyer, ""):
        said = "".join(answers(act, who, inquiry))
        assert BUYER not in said, who
        if who not in ("editor", "admin", "sysadmin"):
            assert TEXT not in said and "回答です" not in said, who
    assert BUYER in "".join(answers(act, "buyer", inquiry))


def test_address_of_somebody_without_an_account_reaches_nobody_else(
    ask_unknown: Callable[..., tuple[str, str]], act: Act, other_buyer: str
):
    inquiry, key = ask_unknown()
    act("", "inquiry_confirm", id=inquiry, key=key)
    for who in (*PEOPLE, other_buyer, ""):
        said = "".join(answers(act, who, inquiry))
        assert HANAKO not in said and key not in said, who
    assert HANAKO in "".join(answers(act, "", inquiry, key))


def test_shared_address_reaches_the_provider_alone(ask: Ask, act: Act, other_buyer: str):
    inquiry = ask(share_mail=True)
    assert BUYER in "".join(answers(act, "editor", inquiry))
    for who in ("member", "stranger", "reviewer", other_buyer, ""):
        assert BUYER not in "".join(answers(act, who, inquiry)), who


def test_providers_address_reaches_the_buyer_only_with_an_answer_that_gives_it(ask: Ask, act: Act, post: Post):
    inquiry = ask()
    act("editor", "inquiry_answer", id=inquiry, text="まず")
    act("admin", "inquiry_agree", id=inquiry)
    mailed = " ".join(f"{subject} {body}" for _, subject, body in post.fetch())
    said = "".join(answers(act, "buyer", inquiry)) + mailed
    assert not any(address in said for address in provider_addresses())
    act("editor", "inquiry_answer", id=inquiry, text="連絡先です", share_mail=True)
    shown = act("buyer", "inquiry_show", id=inquiry)
    user = model.User.get("editor")
    assert user and shown["provider_mail"] == user.email
    assert all(address == user.email or address not in json.dumps(shown) for address in provider_addresses())


def test_member_who_leaves_the_provider_reads_no_more(ask: Ask, act: Act, post: Post):
    inquiry = ask()
    tk.get_action("organization_member_delete")({"user": "sysadmin"}, {"id": "naniwa", "username": "editor"})
    with pytest.raises(tk.NotAuthorized):
        act("editor", "inquiry_show", id=inquiry)
    user = model.User.get("editor")
    assert user and user.email not in [address for address, _, _ in post.fetch()]


def test_form_chooses_no_recipient(act: Act, ask: Ask, post: Post):
    ask(recipient="thief@example.jp", to="thief@example.jp", organization_id="sakai", contact="thief@example.jp")
    assert sorted(address for address, _, _ in post.fetch()) == sorted([BUYER, *provider_addresses()])


def test_index_and_rdf_know_nothing_of_an_inquiry(ask: Ask, app: Any):
    ask(share_mail=True)
    search.rebuild(package_id="footfall")
    found = search.make_connection().search("*:*", fl="*", rows=100).raw_response
    page = app.get("/dataset/footfall.ttl").get_data(as_text=True)
    assert not any(secret in str(found) + page for secret in (*SECRETS, TEXT, FORM["purpose"]))


def test_log_holds_no_address_and_no_message(
    ask_unknown: Callable[..., tuple[str, str]], act: Act, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("DEBUG", logger="ckanext.orden")
    inquiry, key = ask_unknown()
    act("", "inquiry_confirm", id=inquiry, key=key)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("ckanext.orden")]
    assert not any(secret in line for line in ours for secret in (HANAKO, key, TEXT))
