"""A buyer with an account and one without, an offer that takes inquiries, and a letter box for the site's mails."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from ckan.lib import mailer
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories
from ckanext.orden.market.inquiries import keys, mails
from freezegun import freeze_time

from ..conftest import Act

HANAKO = "hanako@buyer.example.jp"
BUYER = "buyer@buyer.example.jp"
TEXT = "見積もりをお願いします。"
FORM = {"name": "山田花子", "mail": HANAKO, "affiliation": "花子商店", "purpose": "人流分析", "text": TEXT}


@dataclass
class Post:
    """What the site has mailed: (address, subject, text); `broken` lets the server refuse."""

    sent: list[tuple[str, str, str]] = field(default_factory=list)
    broken: bool = False

    def take(self, name: str, address: str, subject: str, body: str, **_: Any) -> None:
        if self.broken:
            raise mailer.MailerException(f"no way to {address}")
        self.sent.append((address, subject, body))

    def fetch(self) -> list[tuple[str, str, str]]:
        """Have the waiting mails sent, and take the new ones out."""
        mails.deliver()
        found, self.sent = self.sent, []
        return found


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    box = Post()
    monkeypatch.setattr(mailer, "mail_recipient", box.take)
    return box


@pytest.fixture
def buyer(people: None) -> str:
    factories.User(name="buyer", fullname="購入 太郎", email=BUYER)
    return "buyer"


@pytest.fixture(autouse=True)
def nothing_counted(with_plugins: None) -> None:
    store: Any = connect_to_redis()
    for key in store.scan_iter("orden:inquiries:*"):
        store.delete(key)


@pytest.fixture
def old_stamp() -> str:
    """The stamp of a form that was opened ten seconds ago."""
    with freeze_time(ago(10)):
        return keys.stamp()


def ago(seconds: int) -> Any:
    return datetime.now(timezone.utc) - timedelta(seconds=seconds)


@pytest.fixture
def ask(act: Act, offer: Callable[..., str], buyer: str) -> Callable[..., str]:
    """Sends an inquiry of the buyer with an account; its id."""

    def sent(**fields: Any) -> str:
        return act(
            buyer, "inquiry_create", **{"offer": offer("published"), "purpose": "人流分析", "text": TEXT, **fields}
        )["id"]

    return sent


@pytest.fixture
def ask_unknown(act: Act, offer: Callable[..., str], old_stamp: str, post: Post) -> Callable[..., tuple[str, str]]:
    """Sends an inquiry of somebody without an account; its id and the key in the mail."""

    def sent(**fields: Any) -> tuple[str, str]:
        made = act("", "inquiry_create", **{"offer": offer("published"), "stamp": old_stamp, **FORM, **fields})
        [(_, _, body)] = post.fetch()
        return made["id"], key_in(body)

    return sent


def key_in(body: str) -> str:
    found = re.search(r"\?key=([0-9a-f]{64})", body)
    assert found
    return found.group(1)
