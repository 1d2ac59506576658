"""The daily question whether links open: two failures a day apart make one broken, its seller is told once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from ckan import model
from ckan.lib import mailer
from ckan.plugins import toolkit as tk
from ckanext.orden.clock import utcnow
from ckanext.orden.fetching import rounds
from ckanext.orden.fetching.asking import Verdict
from ckanext.orden.market import jobs
from ckanext.orden.market.cli import orden_market
from ckanext.orden.market.links import checking
from ckanext.orden.market.model.links import MarketLink
from ckanext.orden.metadata.offers import JDEX
from ckanext.orden.schedule import MINUTE

from ..conftest import Act

Make = Callable[..., str]
pytestmark = pytest.mark.usefixtures("people")
LINK = {"market": "jdex", "url": f"https://{JDEX.hosts[0]}/item/1"}
DAY = timedelta(days=1)
OK = Verdict("ok", 200)
FAILED = Verdict("failing", 404, {"ja": "応答なし", "en": "no answer"}, 1)


class Market:
    """A market that answers as a test wants."""

    def __init__(self) -> None:
        self.verdict = OK
        self.asked: list[tuple[str, Any]] = []

    def ask(self, url: str, failures: int, *, hosts: Any = ()) -> Verdict:
        self.asked.append((url, hosts))
        return self.verdict


@pytest.fixture
def market(monkeypatch: pytest.MonkeyPatch) -> Market:
    answering = Market()
    monkeypatch.setattr(checking, "ask", answering.ask)
    monkeypatch.setattr(rounds, "_robots_of", lambda origin: "")
    return answering


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    sent: list[tuple[str, str, str]] = []
    monkeypatch.setattr(mailer, "mail_user", lambda user, subject, body: sent.append((user.name, subject, body)))
    return sent


@pytest.fixture
def offer_id(offer: Make) -> str:
    return offer("published", links=[LINK])


@pytest.fixture
def start(offer_id: str) -> datetime:
    return utcnow()


def state() -> str:
    model.Session.expire_all()
    return model.Session.query(MarketLink).one().state


def test_a_link_is_asked_once_a_day_and_only_for_its_markets_hosts(market: Market, start: datetime):
    assert state() == "unchecked"
    assert checking.is_due()
    assert checking.check(5, now=start) == 1
    assert market.asked == [(LINK["url"], JDEX.hosts)]
    assert state() == "ok"
    assert not checking.is_due()
    assert checking.check(5, now=start + DAY - timedelta(minutes=1)) == 0
    assert checking.check(5, now=start + DAY) == 1


def test_two_failures_a_day_apart_make_a_link_broken_and_it_is_told_once(
    market: Market, start: datetime, mails: list[Any], offer_id: str, act: Act
):
    checking.check(5, now=start)
    market.verdict = FAILED
    checking.check(5, now=start + DAY)
    assert (state(), mails) == ("ok", [])
    checking.check(5, now=start + 2 * DAY)
    assert state() == "broken"
    assert sorted(name for name, _, _ in mails) == ["admin", "editor"]
    assert LINK["url"] in mails[0][2]
    checking.check(5, now=start + 3 * DAY)
    assert len(mails) == 2
    [shown] = act("editor", "offer_show", id=offer_id)["links"]
    assert (shown["state"], shown["status"], shown["failures"]) == ("broken", 404, 3)
    assert "state" not in act("stranger", "offer_show", id=offer_id)["links"][0]


def test_two_failures_within_a_day_do_not_make_a_link_broken(market: Market, start: datetime, mails: list[Any]):
    market.verdict = FAILED
    checking.check(5, now=start)
    checking.check(5, now=start + timedelta(hours=2), everything=True)
    assert (state(), mails) == ("unchecked", [])


def test_a_link_that_opens_again_is_well_and_nobody_is_told(market: Market, start: datetime, mails: list[Any]):
    market.verdict = FAILED
    for day in range(2):
        checking.check(5, now=start + day * DAY)
    assert state() == "broken"
    del mails[:]
    market.verdict = OK
    checking.check(5, now=start + 2 * DAY)
    assert (state(), mails) == ("ok", [])
    market.verdict = FAILED
    for day in range(3, 5):
        checking.check(5, now=start + day * DAY)
    assert len(mails) == 2, "the next time is news again"


def test_a_page_that_leads_to_another_host_is_refused_and_not_followed(
    market: Market, start: datetime, mails: list[Any], offer_id: str, act: Act
):
    market.verdict = Verdict("refused", None, {"ja": "別のサイト", "en": "elsewhere"})
    checking.check(5, now=start)
    assert state() == "refused"
    assert len(mails) == 2
    assert "links" not in act("stranger", "offer_show", id=offer_id)
    [link] = act("editor", "offer_show", id=offer_id)["links"]
    assert act("stranger", "link_show", id=link["id"])["open"] is False


def test_a_server_that_does_not_want_to_be_asked_says_nothing_of_the_page(
    market: Market, start: datetime, mails: list[Any]
):
    market.verdict = Verdict("uncheckable", 403, {"ja": "403", "en": "403"})
    for day in range(3):
        checking.check(5, now=start + day * DAY)
    assert (state(), mails) == ("unchecked", [])


def test_links_that_nobody_may_follow_are_not_asked(market: Market, start: datetime, act: Act, offer_id: str):
    act("sysadmin", "market_update", code="jdex", enabled=False)
    assert checking.check(5, now=start) == 0
    act("sysadmin", "market_update", code="jdex", enabled=True)
    act("admin", "offer_suspend", id=offer_id, reason="理由です")
    assert checking.check(5, now=start + 2 * DAY, everything=True) == 0
    assert market.asked == []


def test_a_mail_that_fails_is_sent_with_the_next_days_check(
    market: Market, start: datetime, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*mail: Any) -> None:
        raise mailer.MailerException("no server")

    monkeypatch.setattr(mailer, "mail_user", refuse)
    market.verdict = FAILED
    for day in range(2):
        checking.check(5, now=start + day * DAY)
    assert state() == "broken"
    sent: list[str] = []
    monkeypatch.setattr(mailer, "mail_user", lambda user, *mail: sent.append(user.name))
    checking.check(5, now=start + 2 * DAY)
    assert sorted(sent) == ["admin", "editor"]


def test_the_minute_hand_has_links_asked_unless_it_is_switched_off(
    market: Market, offer_id: str, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
):
    asked: list[Any] = []
    monkeypatch.setattr(tk, "enqueue_job", lambda job, **_: asked.append(job))
    monkeypatch.setitem(ckan_config, "ckanext.orden.market.check_links", False)
    MINUTE.send()
    assert jobs.check_links not in asked
    monkeypatch.setitem(ckan_config, "ckanext.orden.market.check_links", True)
    MINUTE.send()
    assert jobs.check_links in asked
    jobs.check_links()
    assert state() == "ok"


def test_the_command_asks_and_says_what_came(market: Market, offer_id: str, cli: Any):
    result = cli.invoke(orden_market, ["check-links"])
    assert result.exit_code == 0, result.output
    assert f"ok          200 {LINK['url']}" in result.output
    assert "1 links were asked" in result.output
