"""Lists for those who work with offers take the same number of queries however long they are."""

from __future__ import annotations

from collections.abc import Callable

from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp

from ..conftest import OFFER, Act, counted

Make = Callable[..., str]
LINKED = [{"market": "jdex", "url": "https://www.service.jdex.jp/items/1"}]


def more(act: Act, organization: str, number: int) -> None:
    """A dataset of an organization with a published offer, which has a next version, and a draft."""
    name = f"{organization}-{number}"
    package = {"name": name, "title": name, "notes": name, "license_id": "other-closed", "owner_org": organization}
    tk.get_action("package_create")({"user": "sysadmin"}, package)
    made = [act("sysadmin", "offer_create", dataset=name, offer={**OFFER, "links": LINKED})["id"] for _ in "12"]
    act("sysadmin", "offer_submit", id=made[0])
    act("reviewer", "offer_publish", id=made[0])
    act("sysadmin", "offer_revise", id=made[0])


def test_number_of_queries_does_not_grow_with_offers_datasets_and_organizations(
    dataset: str, act: Act, app: CKANTestApp
):
    who = ("editor", "reviewer", "sysadmin")
    with app.flask_app.test_request_context():
        sent: list[list[int]] = []
        for numbers in ((1,), (2, 3)):
            for number in numbers:
                more(act, "naniwa", number)
                more(act, "sakai", number)
            sent.append([])
            for name in who:
                with counted() as statements:
                    shown = act(name, "offer_list")["offers"]
                sent[-1].append(len(statements))
                assert len(shown) == 3 * max(numbers) * (1 if name == "editor" else 2)
    assert sent[0] == sent[1]


def test_what_is_shown_in_a_list_is_what_is_shown_alone(dataset: str, act: Act):
    more(act, "naniwa", 1)
    more(act, "sakai", 1)
    for name in ("editor", "reviewer", "sysadmin"):
        listed = act(name, "offer_list")["offers"]
        assert listed == [act(name, "offer_show", id=offer["id"]) for offer in listed]
    steps = {(each["dataset_name"], each["state"]): each["steps"] for each in act("editor", "offer_list")["offers"]}
    assert set(steps) == {("naniwa-1", "draft"), ("naniwa-1", "published")}
    assert steps["naniwa-1", "published"] == []
