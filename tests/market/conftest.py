"""A company that sells, its people, a reviewer, and an offer that lacks nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from sqlalchemy import event

Act = Callable[..., Any]
OFFER: dict[str, Any] = {
    "title": {"ja": "駅周辺の人流（月額）", "en": "Footfall around stations, monthly"},
    "price_mode": "subscription",
    "price": "50000",
    "tax": "included",
    "period": "P1M",
    "delivery": ["api_pull"],
    "contract": "利用許諾",
    "licence": "other-closed",
    "allowed_use": ["commercial"],
    "seller": "なにわ研究所",
    "buyers": "anyone",
    "inquiry": "form",
}
PEOPLE = ("editor", "admin", "member", "reviewer", "reviewer2", "stranger", "sysadmin")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that the database is sent meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(model.meta.engine, "before_cursor_execute", note)
    yield sent
    event.remove(model.meta.engine, "before_cursor_execute", note)


@pytest.fixture
def people(
    clean_db: None, clean_index: None, with_plugins: None, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Users named after what they are to the organisation `naniwa`; `kenpo` is the organisation that reviews."""
    monkeypatch.setitem(ckan_config, "ckanext.orden.market.reviewers", "kenpo")
    for name in PEOPLE:
        factories.User(name=name, sysadmin=name == "sysadmin")
    sellers = [{"name": name, "capacity": name} for name in ("editor", "admin", "member")]
    factories.Organization(name="naniwa", title="なにわ研究所", users=sellers, orden_org_kind="private")
    reviewers = [{"name": "reviewer", "capacity": "editor"}, {"name": "reviewer2", "capacity": "editor"}]
    factories.Organization(name="kenpo", title="審査会", users=reviewers)
    factories.Organization(name="sakai", title="堺市", users=[{"name": "stranger", "capacity": "admin"}])


@pytest.fixture
def dataset(people: None) -> str:
    """The name of a paid dataset of the company."""
    made = {
        "name": "footfall",
        "title": "駅周辺の人流",
        "notes": "1時間ごとの人数です。",
        "owner_org": "naniwa",
        "license_id": "other-closed",
        "fee": "有償",
    }
    tk.get_action("package_create")({"user": "editor"}, made)
    return "footfall"


@pytest.fixture
def act() -> Act:
    """Calls an action of the market as somebody: `act("editor", "offer_submit", id=…)`."""

    def call(who: str, action: str, **data: Any) -> Any:
        return tk.get_action(f"orden_market_{action}")({"user": who}, data)

    return call


@pytest.fixture
def offer(dataset: str, act: Act) -> Callable[..., str]:
    """Makes an offer and leads it to a state; its id."""

    def made(state: str = "draft", **fields: Any) -> str:
        offer_id = act("editor", "offer_create", dataset=dataset, offer={**OFFER, **fields})["id"]
        for who, action, data in ROADS[state]:
            act(who, f"offer_{action}", id=offer_id, **data)
        return offer_id

    return made


_REASON = {"reason": "理由です"}
_PUBLISHED = [("editor", "submit", {}), ("reviewer", "publish", {})]
ROADS: dict[str, list[tuple[str, str, dict[str, str]]]] = {
    "draft": [],
    "in_review": [("editor", "submit", {})],
    "published": _PUBLISHED,
    "suspended": [*_PUBLISHED, ("admin", "suspend", _REASON)],
    "withdrawn": [*_PUBLISHED, ("admin", "withdraw", _REASON)],
}
