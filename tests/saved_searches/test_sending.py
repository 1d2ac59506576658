"""What is told to whom and when; what happens when the mail server, Solr or the worker fails."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from ckan import model
from ckan.lib import mailer
from ckan.lib.search import rebuild
from ckan.lib.search.common import SearchError, SolrConnectionError, make_connection
from ckan.plugins import toolkit as tk
from ckanext.orden.clock import utcnow
from ckanext.orden.saved_searches import cli, finding, jobs, sending, timing
from ckanext.orden.saved_searches.model import SavedSearch
from click.testing import CliRunner
from freezegun import freeze_time
from sqlalchemy import update

from ..killing import Killed, kill_at
from .conftest import Act, Post, Publish, make_due, searches, user_of


def told(letters: list[Any]) -> list[str]:
    """The names of the datasets in mails, in their order."""
    return [name for letter in letters for name in re.findall(r"/dataset/([a-z0-9-]+)\n", letter.body)]


def test_new_dataset_is_told_of_once_and_an_old_one_never(act: Act, publish: Publish, post: Post):
    publish("old", "古い避難所")
    act("hanako", "create", q="避難所")
    assert post.next() == []
    publish("newest", "新しい避難所")
    publish("other", "図書館")
    assert told(post.next()) == ["newest"]
    assert post.next() == []


def test_nothing_is_sent_before_it_is_due(act: Act, publish: Publish, post: Post):
    act("hanako", "create", q="避難所")
    publish("newest", "新しい避難所")
    assert post.fetch() == []


def test_changed_dataset_is_told_of_where_that_was_chosen(act: Act, publish: Publish, post: Post):
    publish("shelter", "避難所")
    act("hanako", "create", q="避難所", changes=True)
    act("taro", "create", q="避難所")
    tk.get_action("package_patch")({"user": "boss"}, {"id": "shelter", "notes": "更新しました。"})
    make_connection().commit()
    [letter] = post.next()
    assert (letter.to, told([letter])) == ("hanako@reader.example.jp", ["shelter"])
    assert post.next() == []


def test_late_indexed_dataset_is_told_of_by_the_next_mail(act: Act, publish: Publish, post: Post):
    act("hanako", "create", q="避難所")
    first = publish("first", "避難所一")
    late = publish("late", "避難所二")
    make_connection().delete(q=f'id:"{late["id"]}"', commit=True)
    assert told(post.next()) == ["first"]
    rebuild(late["id"])
    make_connection().commit()
    assert told(post.next()) == ["late"]
    assert first["id"] in searches("hanako")[0].told


def test_datasets_that_only_come_near_are_not_told_of(act: Act, publish: Publish, post: Post):
    act("hanako", "create", q="避難所 堺")
    publish("library", "図書館")
    assert post.next() == []


def test_private_dataset_is_told_of_only_while_its_reader_belongs(act: Act, publish: Publish, post: Post):
    for who in ("hanako", "taro"):
        act(who, "create", q="避難所")
    publish("secret", "非公開の避難所", private=True)
    assert [(letter.to, told([letter])) for letter in post.next()] == [("hanako@reader.example.jp", ["secret"])]
    publish("secret2", "非公開の避難所二", private=True)
    tk.get_action("organization_member_delete")({"user": "boss"}, {"id": "sakai", "username": "hanako"})
    assert post.next() == []


def test_one_mail_holds_all_searches_of_a_person(act: Act, publish: Publish, post: Post):
    act("hanako", "create", q="避難所", name="避難", language="ja")
    act("hanako", "create", q="図書館", name="本", language="ja")
    publish("shelter", "避難所一覧")
    publish("library", "図書館一覧")
    [letter] = post.next()
    assert letter.subject == "[ODPO] 保存した検索の新着データ（2件）"
    for line in ("■ 避難（新着）", "■ 本（新着）", "・避難所一覧", "http://test.ckan.net/dataset/library"):
        assert f"{line}\n" in letter.body


def test_mail_is_english_for_who_saved_in_english(act: Act, publish: Publish, post: Post):
    act("hanako", "create", q="避難所", name="Shelters", language="en", changes=True)
    publish("shelter", "避難所\n一覧: Bcc")
    [letter] = post.next()
    assert letter.subject == "[ODPO] New data in your saved searches (1)"
    assert "* Shelters (new and changed)\n" in letter.body
    assert "http://test.ckan.net/en/dataset/shelter\n" in letter.body
    assert (
        "Stop these mails, without logging in: http://test.ckan.net/en/user/saved-searches/unsubscribe/" in letter.body
    )
    assert not re.search("[ぁ-ん]", letter.body.replace("避難所", ""))


def test_mail_names_twenty_datasets_and_links_to_the_rest(
    act: Act, publish: Publish, post: Post, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ckanext.orden.saved_searches.writing.SHOWN", 2)
    act("hanako", "create", q="避難所", conditions=[["organization", "sakai"]])
    for number in range(3):
        publish(f"shelter-{number}", f"避難所{number}")
    [letter] = post.next()
    assert told([letter]) == ["shelter-2", "shelter-1"]
    assert "ほかに1件あります。" in letter.body
    assert "/dataset/?q=%E9%81%BF%E9%9B%A3%E6%89%80&organization=sakai&sort=metadata_modified+desc" in letter.body
    assert post.next() == []


def test_headers_let_a_mail_program_unsubscribe_by_one_click(act: Act, publish: Publish, post: Post):
    act("hanako", "create", q="避難所")
    publish("shelter", "避難所")
    [letter] = post.next()
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter.headers["List-Unsubscribe"]
    assert re.fullmatch(r"<http://test\.ckan\.net/user/saved-searches/unsubscribe/[\w.-]+>", address)
    assert address.strip("<>") in letter.body


@pytest.mark.parametrize("state", ["deleted", "pending"])
def test_account_that_is_not_active_gets_nothing(act: Act, publish: Publish, post: Post, state: str):
    made = act("hanako", "create", q="避難所")
    user_of("hanako").state = state
    model.Session.commit()
    publish("shelter", "避難所")
    assert post.next() == []
    assert (SavedSearch.get(made["id"]) is None) == (state == "deleted")


def test_mail_that_fails_is_told_to_the_operator_and_tried_again(
    act: Act, publish: Publish, post: Post, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    act("hanako", "create", q="避難所")
    publish("shelter", "避難所")
    post.broken = True
    monkeypatch.setattr(sending.log, "disabled", False)
    assert post.next() == []
    assert "was not sent (MailerException, failure 1)" in caplog.text
    assert "reader.example.jp" not in caplog.text
    assert sending.failing() == 1
    assert post.fetch() == []
    post.broken = False
    assert told(post.next()) == ["shelter"]
    assert (sending.failing(), post.next()) == (0, [])


def test_search_that_solr_refuses_does_not_hold_up_the_others(
    act: Act, publish: Publish, post: Post, monkeypatch: pytest.MonkeyPatch
):
    act("hanako", "create", q="避難所")
    act("hanako", "create", q="図書館")
    publish("shelter", "避難所")
    publish("library", "図書館")
    original = finding.ask

    def refuses(q: str, *args: Any, **asked: Any) -> Any:
        if q == "図書館":
            raise SearchError("no")
        return original(q, *args, **asked)

    with monkeypatch.context() as patch:
        patch.setattr(finding, "ask", refuses)
        assert told(post.next()) == ["shelter"]
    assert told(post.next()) == ["library"]


def test_mails_wait_until_solr_is_back(act: Act, publish: Publish, post: Post, monkeypatch: pytest.MonkeyPatch):
    act("hanako", "create", q="避難所")
    publish("shelter", "避難所")

    def away(*_: Any, **__: Any) -> Any:
        raise SolrConnectionError("away")

    with monkeypatch.context() as patch:
        patch.setattr(finding, "ask", away)
        assert post.next() == []
    assert told(post.next()) == ["shelter"]


KILLS = {
    "while it looks": (finding, "ask", 1),
    "before the server has the mail": (mailer, "mail_recipient", 1),
    "at the second person": (mailer, "mail_recipient", 2),
    "before the next person": (sending, "_next", 2),
}


@pytest.mark.parametrize("where", KILLS)
def test_killed_worker_loses_nothing_and_sends_nothing_twice(
    act: Act, publish: Publish, post: Post, monkeypatch: pytest.MonkeyPatch, where: str
):
    for who in ("hanako", "taro"):
        act(who, "create", q="避難所")
    publish("shelter", "避難所")
    make_due()
    with monkeypatch.context() as patch:
        kill_at(patch, *KILLS[where])
        with pytest.raises(Killed):
            sending.send(60)
        model.Session.rollback()
    letters = post.fetch()
    assert sorted(letter.to for letter in letters) == ["hanako@reader.example.jp", "taro@reader.example.jp"]
    assert post.next() == []


def test_mail_that_was_sent_but_not_noted_comes_again_under_the_same_id(
    act: Act, publish: Publish, post: Post, monkeypatch: pytest.MonkeyPatch
):
    """SMTP cannot do better: between the server's word and our note nobody knows which it was."""
    act("hanako", "create", q="避難所")
    publish("shelter", "避難所")
    make_due()
    with monkeypatch.context() as patch:
        kill_at(patch, sending, "_note", 1)
        with pytest.raises(Killed):
            sending.send(60)
        model.Session.rollback()
    first, second = post.fetch()
    assert first.headers["Message-ID"] == second.headers["Message-ID"]
    publish("shelter2", "避難所二")
    [third] = post.next()
    assert third.headers["Message-ID"] != first.headers["Message-ID"]


def test_second_worker_sends_nothing_while_the_first_does(
    act: Act, publish: Publish, post: Post, monkeypatch: pytest.MonkeyPatch
):
    act("hanako", "create", q="避難所")
    publish("shelter", "避難所")
    make_due()
    seen = []

    def take(*mail: Any, **more: Any) -> None:
        seen.append(sending.send(60).sent)
        post.take(*mail, **more)

    monkeypatch.setattr(mailer, "mail_recipient", take)
    assert len(post.fetch()) == 1
    assert seen == [0]


def test_choice_that_is_made_while_the_mail_is_sent_stands(
    act: Act, publish: Publish, post: Post, monkeypatch: pytest.MonkeyPatch
):
    made = act("hanako", "create", q="避難所")
    publish("shelter", "避難所")
    make_due()

    def take(*mail: Any, **more: Any) -> None:
        never = update(SavedSearch).values(frequency="never", due=None)
        assert model.meta.engine
        with model.meta.engine.begin() as elsewhere:
            elsewhere.execute(never)
        post.take(*mail, **more)

    monkeypatch.setattr(mailer, "mail_recipient", take)
    assert len(post.fetch()) == 1
    model.Session.expire_all()
    row = SavedSearch.get(made["id"])
    assert row
    assert (row.frequency, row.due) == ("never", None)


def test_more_datasets_than_are_read_move_the_mark_to_now(
    act: Act, publish: Publish, post: Post, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(finding, "MOST", 2)
    act("hanako", "create", q="避難所")
    for number in range(3):
        publish(f"shelter-{number}", f"避難所{number}")
    assert told(post.next()) == ["shelter-2", "shelter-1"]
    assert post.next() == []


def test_without_a_mail_server_or_by_the_switch_nothing_is_noted_as_told(
    act: Act, publish: Publish, post: Post, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
):
    act("hanako", "create", q="避難所")
    publish("shelter", "避難所")
    with monkeypatch.context() as patch:
        patch.setitem(ckan_config, "smtp.server", "")
        assert post.next() == []
    with monkeypatch.context() as patch:
        patch.setitem(ckan_config, "ckanext.orden.saved_search.mail", False)
        assert post.next() == []
    assert told(post.next()) == ["shelter"]


def test_mails_that_are_turned_on_again_begin_with_that_day(act: Act, publish: Publish, post: Post):
    made = act("hanako", "create", q="避難所", frequency="never")
    publish("before", "避難所一")
    assert post.next() == []
    act("hanako", "update", id=made["id"], frequency="daily")
    publish("after", "避難所二")
    assert told(post.next()) == ["after"]


@pytest.mark.parametrize(
    ("now", "daily", "weekly"),
    [
        ("2026-12-01 00:00", "2026-12-01 22:00", "2026-12-06 22:00"),
        ("2026-12-06 21:59", "2026-12-06 22:00", "2026-12-06 22:00"),
        ("2026-12-06 22:00", "2026-12-07 22:00", "2026-12-13 22:00"),
    ],
)
def test_mails_are_due_at_seven_in_the_sites_time_zone(
    ckan_config: Any, monkeypatch: pytest.MonkeyPatch, now: str, daily: str, weekly: str
):
    monkeypatch.setitem(ckan_config, "ckan.display_timezone", "Asia/Tokyo")
    with freeze_time(now):
        found = [timing.next_due("daily"), timing.next_due("weekly"), timing.next_due("never")]
    assert [f"{moment:%Y-%m-%d %H:%M}" if moment else None for moment in found] == [daily, weekly, None]


def test_minute_asks_for_the_job_only_when_something_is_due(act: Act, post: Post, monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []
    monkeypatch.setattr(jobs, "ask_for", lambda job, name, **_: asked.append(name))
    act("hanako", "create", q="避難所")
    jobs.each_minute(None)
    assert asked == []
    make_due()
    jobs.each_minute(None)
    assert asked == ["orden-saved-search-orden_test"]


def test_command_sends_what_is_due_and_says_what_failed(act: Act, publish: Publish, post: Post):
    act("hanako", "create", q="避難所")
    publish("shelter", "避難所")
    make_due()
    post.broken = True
    group = cli.orden_saved_search
    assert CliRunner().invoke(group, ["send"]).exit_code == 1
    assert CliRunner().invoke(group, ["failing"]).exit_code == 1
    post.broken = False
    make_due()
    done = CliRunner().invoke(group, ["send"])
    assert (done.exit_code, done.output) == (0, "1 mails sent, 0 people with nothing new, 0 failed\n")
    assert timing.wait(1) == timedelta(minutes=2)
    assert timing.wait(99) == timedelta(days=1)
    due = searches("hanako")[0].due
    assert due
    assert due > utcnow()
