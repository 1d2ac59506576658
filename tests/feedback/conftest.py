"""A city with its people, a dataset of it, visitors, and a letter box for the site's mails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from ckan.lib import mailer
from ckan.lib.redis import connect_to_redis
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.correspondence import forms
from ckanext.orden.feedback import mails, parties
from freezegun import freeze_time

Act = Callable[..., Any]
Tell = Callable[..., dict[str, Any]]
PASSWORD = "correct-horse-battery"
STRANGER = "stranger@visitor.example.jp"
HANAKO = "hanako@visitor.example.jp"
TEXT = "3行目の緯度と経度が逆になっているようです。"
PEOPLE = ("editor", "admin", "member", "neighbour", "hanako", "boss", "")


@dataclass
class Post:
    """What the site has mailed: (address, subject, text)."""

    sent: list[tuple[str, str, str]] = field(default_factory=list)

    def take(self, name: str, address: str, subject: str, body: str, **_: Any) -> None:
        self.sent.append((address, subject, body))

    def fetch(self) -> list[tuple[str, str, str]]:
        """Have the waiting mails sent, and take the new ones out."""
        mails.deliver()
        found, self.sent = self.sent, []
        return sorted(found)


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    box = Post()
    monkeypatch.setattr(mailer, "mail_recipient", box.take)
    return box


@pytest.fixture(autouse=True)
def dataset(clean_db: None, clean_index: None) -> str:
    """The name of a dataset of the city of Sakai; `neighbour` is an editor of another city."""
    for name in ("editor", "admin", "member", "neighbour"):
        factories.User(name=name, email=f"{name}@city.example.jp", password=PASSWORD)
    factories.User(name="hanako", email=HANAKO, password=PASSWORD)
    factories.Sysadmin(name="boss", email="boss@site.example.jp", password=PASSWORD)
    users = [{"name": name, "capacity": name} for name in ("editor", "admin", "member")]
    factories.Organization(name="sakai", title="堺市", users=users)
    factories.Organization(name="suita", title="吹田市", users=[{"name": "neighbour", "capacity": "admin"}])
    made = {
        "name": "shelters",
        "title": "避難所一覧",
        "notes": "市の避難所です。",
        "owner_org": "sakai",
        "license_id": "CC-BY-4.0",
        "resources": [{"name": "避難所", "format": "CSV", "url": "https://sakai.example.jp/a.csv"}],
    }
    tk.get_action("package_create")({"user": "editor"}, made)
    make_connection().commit()
    return "shelters"


@pytest.fixture(autouse=True)
def nothing_counted(with_plugins: None) -> None:
    store: Any = connect_to_redis()
    for key in store.scan_iter("orden:feedback:*"):
        store.delete(key)


def old_stamp() -> str:
    """The stamp of a form that was opened ten seconds ago."""
    with freeze_time(datetime.now(timezone.utc) - timedelta(seconds=10)):
        return forms.stamp(parties.PURPOSE)


@pytest.fixture
def act() -> Act:
    """Calls an action of the room as somebody: `act("editor", "answer", id=…)`."""

    def call(who: str, verb: str, **data: Any) -> Any:
        return tk.get_action(f"orden_feedback_{verb}")({"user": who}, data)

    return call


@pytest.fixture
def tell(act: Act, dataset: str) -> Tell:
    """Writes to the provider, without an account unless `who` says so; what the action answers."""

    def told(who: str = "", **data: Any) -> dict[str, Any]:
        given = {"dataset": dataset, "kind": "error", "text": TEXT, "stamp": old_stamp()}
        return act(who, "create", **{**given, **data})

    return told
