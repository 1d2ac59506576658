"""Who hears of a run, when, and what."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest
from ckan import model
from ckan.lib import jobs as queues
from ckan.lib import mailer
from ckan.lib.redis import connect_to_redis
from ckanext.orden.harvesters.model import HarvestNotice, HarvestRun
from ckanext.orden.harvesters.operations import notices
from ckanext.orden.harvesters.planning import plans
from fetching.server import reply
from harvesters.conftest import NOON, row
from harvesters.feeds import package, packages, search

SEARCH = "/api/3/action/package_search"
WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("notify", "state", "before", "ago", "why"),
    [
        ("problems", "failed", None, 0, "changed"),
        ("problems", "failed", "failed", 1, ""),
        ("problems", "failed", "failed", 7, "reminder"),
        ("problems", "errors", "failed", 1, "changed"),
        ("problems", "finished", "failed", 1, "recovered"),
        ("problems", "finished", "finished", 1, ""),
        ("problems", "finished", None, 0, ""),
        ("problems", "stopped", "failed", 1, ""),
        ("always", "finished", "finished", 1, "always"),
        ("always", "failed", "failed", 1, "always"),
        ("never", "failed", None, 0, ""),
    ],
)
def test_people_hear_of_a_change_and_weekly_of_what_stays_bad(notify, state, before, ago, why):
    last = HarvestNotice(source_id="a", state=before, sent=NOON) if before else None
    assert notices.news(notify, state, last, NOON + timedelta(days=ago)) == why


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """The mails that were sent, instead of sending them."""
    sent: list[tuple[Any, ...]] = []
    monkeypatch.setattr(mailer, "mail_recipient", lambda *mail: sent.append(mail))
    return sent


@pytest.fixture
def source(with_plugins, clean_db, clean_index, server, make_source) -> str:
    """A source whose owner wants mails and a webhook."""
    connect_to_redis().flushdb()
    server.answers |= {SEARCH: search([package(1), package(2, title="", name="")]), "/hook": reply(status=204)}
    made = make_source(server.url("/?api_key=secret"))
    plans.change(made, mail="a@example.jp, b@example.jp", webhook=server.url("/hook"))
    model.Session.commit()
    return made


def test_mail_says_what_is_wrong_and_where_to_read_more(source, harvest, mails):
    run = harvest(source)
    assert len(queues.get_queue().jobs) == 1
    queues.get_queue().empty()
    assert notices.send(run.job_id, NOON) == "changed"
    assert [mail[1] for mail in mails] == ["a@example.jp", "b@example.jp"]
    subject, body = mails[0][2:4]
    assert "大阪府のデータ" in subject
    assert "エラーありで終了" in subject
    assert "読み取れないレコード: 1件" in body
    assert f"/harvest/osaka-pref/job/{run.job_id}" in body
    assert "secret" not in subject + body


def test_same_failing_state_is_told_once_and_its_end_too(source, harvest, mails, server):
    assert notices.send(harvest(source).job_id, NOON) == "changed"
    assert notices.send(harvest(source, hours=24).job_id, NOON + timedelta(days=1)) == ""
    server.answers[SEARCH] = search(packages(1, 2))
    assert notices.send(harvest(source, hours=48).job_id, NOON + timedelta(days=2)) == "recovered"
    assert len(mails) == 4


def test_webhook_is_signed_json_without_secrets(source, harvest, mails, server, ckan_config, monkeypatch):
    monkeypatch.setitem(ckan_config, "ckanext.orden.harvest.webhook_secret", "key")
    run = harvest(source)
    notices.send(run.job_id, NOON)
    (body,) = server.received
    told = json.loads(body)
    assert (told["state"], told["why"], told["source"]["name"]) == ("errors", "changed", "osaka-pref")
    assert told["classes"] == {"record_broken": 1}
    assert b"secret" not in body
    headers = server.seen[-1][1]
    assert headers["x-orden-signature-256"] == f"sha256={hmac.new(b'key', body, hashlib.sha256).hexdigest()}"
    assert headers["x-orden-delivery"] == f"{run.job_id}-changed"


def test_failure_of_mail_and_webhook_touches_nothing(source, harvest, server, monkeypatch):
    def refuse(*_mail: Any) -> None:
        raise mailer.MailerException("no server")

    monkeypatch.setattr(mailer, "mail_recipient", refuse)
    server.answers["/hook"] = reply(status=500)
    run = harvest(source)
    assert notices.send(run.job_id, NOON) == "changed"
    assert row(HarvestRun, run.job_id).state == "errors"


def test_webhook_goes_to_no_private_address_that_is_not_allowed(
    source, harvest, mails, server, ckan_config, monkeypatch
):
    run = harvest(source)
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_private_hosts", [])
    notices.send(run.job_id, NOON)
    assert server.received == []


def test_nobody_is_told_where_nobody_asked(with_plugins, clean_db, clean_index, server, make_source, harvest):
    connect_to_redis().flushdb()
    server.answers[SEARCH] = search([package(2, title="", name="")])
    harvest(make_source(server.url("/")))
    assert queues.get_queue().jobs == []
