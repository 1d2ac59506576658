"""People with and without rights, datasets that come in, and a letter box for the site's mails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from ckan import model
from ckan.lib import mailer
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.orden.clock import utcnow
from ckanext.orden.saved_searches import sending
from ckanext.orden.saved_searches.model import SavedSearch
from sqlalchemy import update

Act = Callable[..., Any]
Publish = Callable[..., dict[str, Any]]
PASSWORD = "correct-horse-battery"


@dataclass(frozen=True)
class Letter:
    """A mail that was handed to the server."""

    to: str
    subject: str
    body: str
    headers: dict[str, str]


@dataclass
class Post:
    """What the site has mailed; `broken` lets the server refuse."""

    sent: list[Letter] = field(default_factory=list)
    broken: bool = False

    def take(self, name: str, address: str, subject: str, body: str, headers: dict[str, str]) -> None:
        if self.broken:
            raise mailer.MailerException(f"no way to {address}")
        self.sent.append(Letter(address, subject, body, headers))

    def fetch(self) -> list[Letter]:
        """Have what is due sent, and take the new mails out."""
        sending.send(60)
        found, self.sent = self.sent, []
        return found

    def next(self) -> list[Letter]:
        """The mails of the next time."""
        make_due()
        return self.fetch()


def user_of(name: str) -> model.User:
    """The account of that name."""
    user = model.User.get(name)
    assert user
    return user


def searches(name: str) -> list[SavedSearch]:
    """What a person has saved, as the database has it now."""
    model.Session.expire_all()
    return SavedSearch.of(user_of(name).id)


def make_due() -> None:
    """Let all that has a time be due."""
    moment = utcnow() - timedelta(seconds=1)
    model.Session.execute(update(SavedSearch).where(SavedSearch.due.is_not(None)).values(due=moment))
    model.Session.commit()


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch, ckan_config: Any, with_plugins: None) -> Post:
    box = Post()
    monkeypatch.setattr(mailer, "mail_recipient", box.take)
    monkeypatch.setitem(ckan_config, "smtp.server", "mail.example.jp")
    return box


@pytest.fixture(autouse=True)
def people(clean_db: None, clean_index: None) -> None:
    """`hanako` belongs to the city of Sakai, `taro` to nobody."""
    for name in ("hanako", "taro"):
        factories.User(name=name, email=f"{name}@reader.example.jp", password=PASSWORD)
    factories.Sysadmin(name="boss", email="boss@reader.example.jp", password=PASSWORD)
    factories.Organization(name="sakai", title="堺市", users=[{"name": "hanako", "capacity": "member"}])


@pytest.fixture
def act() -> Act:
    """Calls an action of the room as somebody: `act("hanako", "create", q="避難所")`."""

    def call(who: str, verb: str, **data: Any) -> Any:
        return tk.get_action(f"orden_saved_search_{verb}")({"user": who}, data)

    return call


@pytest.fixture
def publish() -> Publish:
    """Makes a dataset of the city's that can be found at once."""

    def made(name: str, title: str, **fields: Any) -> dict[str, Any]:
        values = {
            "name": name,
            "title": title,
            "notes": "市の記録です。",
            "owner_org": "sakai",
            "license_id": "CC-BY-4.0",
        }
        user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
        dataset = tk.get_action("package_create")({"user": user, "ignore_auth": True}, {**values, **fields})
        make_connection().commit()
        return dataset

    return made
