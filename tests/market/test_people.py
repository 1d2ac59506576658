"""Collaborators of a dataset: with its offers they may do what CKAN lets them do with the dataset."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

from .conftest import OFFER

Act = Callable[..., Any]
Make = Callable[..., str]
Helper = Callable[[str], str]


@pytest.fixture(params=[True, False], ids=["on", "off"])
def allowed(request: pytest.FixtureRequest, ckan_config: Any, monkeypatch: pytest.MonkeyPatch, dataset: str) -> bool:
    """Whether the site has collaborators."""
    monkeypatch.setitem(ckan_config, "ckan.auth.allow_dataset_collaborators", request.param)
    monkeypatch.setitem(ckan_config, "ckan.auth.allow_admin_collaborators", request.param)
    return request.param


@pytest.fixture
def helper(allowed: bool, dataset: str, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Helper:
    """Makes somebody without an organization a collaborator; where the site has none, one who was it before."""

    def made(capacity: str) -> str:
        factories.User(name="helper")
        with monkeypatch.context() as on:
            for option in ("allow_dataset_collaborators", "allow_admin_collaborators"):
                on.setitem(ckan_config, f"ckan.auth.{option}", True)
            wanted = {"id": dataset, "user_id": "helper", "capacity": capacity}
            tk.get_action("package_collaborator_create")({"user": "admin"}, wanted)
        return "helper"

    return made


def test_collaborator_leads_an_offer_to_review(*, allowed: bool, helper: Helper, act: Act):
    who = helper("editor")
    if not allowed:
        with pytest.raises(tk.NotAuthorized):
            act(who, "offer_create", dataset="footfall", offer=OFFER)
        return
    made = act(who, "offer_create", dataset="footfall", offer=OFFER)
    act(who, "offer_update", id=made["id"], offer={**OFFER, "price": "60000"})
    assert act(who, "offer_submit", id=made["id"])["state"] == "in_review"
    assert [step["role"] for step in act(who, "offer_history", id=made["id"])] == ["editor"] * 3
    with pytest.raises(tk.NotAuthorized):
        act(who, "offer_publish", id=made["id"])


@pytest.mark.parametrize(("capacity", "steps"), [("editor", ["revise"]), ("admin", ["suspend", "withdraw", "revise"])])
def test_collaborator_may_do_what_the_role_of_that_name_may(
    *, capacity: str, steps: list[str], allowed: bool, helper: Helper, offer: Make, act: Act
):
    offer_id, who = offer("published"), helper(capacity)
    assert act(who, "offer_show", id=offer_id).get("steps") == (steps if allowed else None)


def test_collaborator_works_with_the_offers_of_that_dataset_only(
    *, allowed: bool, helper: Helper, offer: Make, act: Act
):
    who, own = helper("editor"), offer()
    other = {"name": "weather", "title": "気象", "notes": "説明", "owner_org": "naniwa", "private": True}
    tk.get_action("package_create")({"user": "editor"}, other)
    hidden = act("editor", "offer_create", dataset="weather", offer=OFFER)["id"]
    if allowed:
        assert [found["id"] for found in act(who, "offer_list", organization="naniwa")["offers"]] == [own]
    else:
        with pytest.raises(tk.NotAuthorized):
            act(who, "offer_list")
    for action, data in (
        ("offer_show", {"id": hidden}),
        ("offer_update", {"id": hidden, "offer": OFFER}),
        ("offer_create", {"dataset": "weather", "offer": OFFER}),
        ("offer_export", {"organization": "naniwa"}),
        ("inquiry_list", {"organization": "naniwa"}),
    ):
        with pytest.raises(tk.NotAuthorized):
            act(who, action, **data)


def test_collaborator_who_only_reads_has_no_part(*, allowed: bool, helper: Helper, offer: Make, act: Act):
    offer_id, who = offer(), helper("member")
    for action, data in (("offer_show", {"id": offer_id}), ("offer_list", {}), ("link_list", {"dataset": "footfall"})):
        with pytest.raises(tk.NotAuthorized):
            act(who, action, **data)


def test_collaborator_finds_what_is_private_or_for_named_buyers(
    *, allowed: bool, helper: Helper, offer: Make, act: Act
):
    offer("published", buyers="named", buyer_organizations=["sakai"])
    who = helper("editor")
    tk.get_action("package_patch")({"user": "editor"}, {"id": "footfall", "private": True})
    assert act(who, "offer_search")["count"] == int(allowed)


def test_collaborator_has_the_desk_of_the_dataset(*, allowed: bool, helper: Helper, offer: Make, app: CKANTestApp):
    offer()
    headers = {"Authorization": factories.APIToken(user=helper("editor"))["token"]}
    for path in ("offers", "offers/new"):
        app.get(f"/dataset/footfall/{path}", headers=headers, status=200 if allowed else 403)
    assert ("/dataset/footfall/offers" in app.get("/dataset/footfall", headers=headers).text) is allowed
