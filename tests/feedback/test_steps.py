"""From what a visitor tells to the answer: who is mailed, who reads what, and what is left when it is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.orden.clock import utcnow
from ckanext.orden.feedback import minute
from ckanext.orden.feedback.model import Feedback, FeedbackBlock, FeedbackContact, FeedbackMail
from sqlalchemy import update

from .conftest import HANAKO, STRANGER, TEXT, Act, Post, Tell

PROVIDER = ["admin@city.example.jp", "editor@city.example.jp"]


def moved(days: int, *columns: str) -> None:
    """Let these moments lie so many days back."""
    moment = utcnow() - timedelta(days=days)
    model.Session.execute(update(Feedback).values(dict.fromkeys(columns, moment)))
    model.Session.commit()


def test_editors_and_admins_are_told_without_a_word_of_the_visitors(tell: Tell, post: Post):
    made = tell(mail=STRANGER)
    letters = post.fetch()
    assert [address for address, _, _ in letters] == PROVIDER
    for _, subject, body in letters:
        assert "避難所一覧" in subject
        assert f"/feedback/{made['id']}\n" in body
        assert TEXT not in body and STRANGER not in body and made["key"] not in body
    assert model.Session.query(FeedbackMail).count() == 0


def test_contact_is_told_where_the_provider_has_no_people(tell: Tell, post: Post):
    for name in ("editor", "admin"):
        tk.get_action("organization_member_delete")({"user": "boss"}, {"id": "sakai", "username": name})
    contact = [{"name": "危機管理課", "email": "kiki@city.example.jp"}]
    tk.get_action("package_patch")({"user": "boss"}, {"id": "shelters", "contact": contact})
    tell()
    assert [address for address, _, _ in post.fetch()] == ["kiki@city.example.jp"]


@pytest.mark.parametrize(("language", "word"), [("ja", "回答が届きました"), ("en", "There is an answer")])
def test_answer_is_mailed_in_the_visitors_language_with_the_secret_link(
    language: str, word: str, tell: Tell, act: Act, post: Post
):
    made = tell(mail=STRANGER, language=language)
    post.fetch()
    act("editor", "answer", id=made["id"], text="直しました。")
    [(address, subject, body)] = post.fetch()
    assert (address, word in subject) == (STRANGER, True)
    assert f"/feedback/{made['id']}?key={made['key']}" in body
    assert "直しました" not in body
    assert act("", "show", id=made["id"], key=made["key"])["answer"] == "直しました。"


def test_account_gets_its_answer_at_its_own_address_and_needs_no_key(tell: Tell, act: Act, post: Post):
    made = tell("hanako", mail=STRANGER)
    assert "key" not in made
    post.fetch()
    act("admin", "answer", id=made["id"], text="直しました。")
    [(address, _, body)] = post.fetch()
    assert (address, "key=" in body) == (HANAKO, False)
    assert act("hanako", "show", id=made["id"])["sides"] == ["asker"]


def test_nobody_is_mailed_before_a_person_has_answered(tell: Tell, post: Post):
    tell(mail=STRANGER)
    assert STRANGER not in [address for address, _, _ in post.fetch()]


def test_without_an_address_the_link_alone_shows_the_answer(tell: Tell, act: Act, post: Post):
    made = tell()
    post.fetch()
    act("editor", "answer", id=made["id"], text="直しました。")
    assert post.fetch() == []
    shown = act("", "show", id=made["id"], key=made["key"])
    assert (shown["state"], shown["answer"], shown["told"]) == ("answered", "直しました。", False)


def test_only_what_the_provider_publishes_stands_on_the_page(tell: Tell, act: Act):
    made = tell()
    assert act("", "published_list", dataset="shelters") == []
    act("editor", "answer", id=made["id"], text="直しました。")
    assert act("", "published_list", dataset="shelters") == []
    act("editor", "update", id=made["id"], published=True)
    [pair] = act("", "published_list", dataset="shelters")
    assert (pair["text"], pair["answer"]) == (None, "直しました。")
    act("editor", "update", id=made["id"], published=True, show_text=True)
    assert act("", "published_list", dataset="shelters")[0]["text"] == TEXT
    act("editor", "update", id=made["id"], show_text=True)
    assert act("", "published_list", dataset="shelters") == []
    assert act("editor", "show", id=made["id"])["show_text"] is False


def test_what_has_no_answer_cannot_be_published(tell: Tell, act: Act):
    with pytest.raises(tk.ValidationError) as error:
        act("editor", "update", id=tell()["id"], published=True)
    assert list(error.value.error_dict) == ["published"]


def test_closing_needs_a_reason_which_the_visitor_reads_and_ends_it(tell: Tell, act: Act, post: Post):
    made = tell(mail=STRANGER)
    with pytest.raises(tk.ValidationError):
        act("editor", "close", id=made["id"], reason=" ")
    post.fetch()
    act("editor", "close", id=made["id"], reason="別の課のデータです。")
    assert [address for address, _, _ in post.fetch()] == [STRANGER]
    assert act("", "show", id=made["id"], key=made["key"])["reason"] == "別の課のデータです。"
    for verb, data in (("answer", {"text": "もう一度"}), ("close", {"reason": "もう一度"})):
        with pytest.raises(tk.ValidationError) as error:
            act("editor", verb, id=made["id"], **data)
        assert list(error.value.error_dict) == ["state"]


def test_rewritten_answer_is_told_of_and_the_same_one_is_not(tell: Tell, act: Act, post: Post):
    made = tell(mail=STRANGER)
    post.fetch()
    for text, letters in (("一つ目", 1), ("一つ目", 0), ("二つ目", 1)):
        act("editor", "answer", id=made["id"], text=text)
        assert len(post.fetch()) == letters


def test_provider_is_reminded_once_of_what_waits(tell: Tell, post: Post):
    tell()
    post.fetch()
    assert minute.remind() == 0
    moved(1, "due")
    assert (minute.remind(), minute.remind()) == (1, 0)
    assert [(address, "回答をお待ちしています" in subject) for address, subject, _ in post.fetch()] == [
        (address, True) for address in PROVIDER
    ]


def test_address_and_link_end_days_after_the_closing_and_the_record_stays(tell: Tell, act: Act, post: Post):
    made = tell(mail=STRANGER)
    act("editor", "answer", id=made["id"], text="直しました。")
    act("editor", "close", id=made["id"], reason="終わりました。")
    moved(29, "closed")
    assert minute.forget() == 0
    moved(31, "closed")
    assert minute.forget() == 1
    assert FeedbackContact.get(made["id"]) is None
    with pytest.raises(tk.NotAuthorized):
        act("", "show", id=made["id"], key=made["key"])
    assert act("editor", "show", id=made["id"])["text"] == TEXT
    assert STRANGER not in [address for address, _, _ in post.fetch()]


def test_address_ends_after_an_answer_that_nobody_closes_and_not_while_one_is_awaited(tell: Tell, act: Act):
    made = tell("hanako")
    moved(400, "created", "changed")
    assert minute.forget() == 0
    act("editor", "answer", id=made["id"], text="直しました。")
    moved(31, "answered")
    assert minute.forget() == 1
    with pytest.raises(tk.NotAuthorized):
        act("hanako", "show", id=made["id"])


def test_purged_dataset_takes_all_with_it(tell: Tell, act: Act):
    tell(mail=STRANGER)
    tk.get_action("dataset_purge")({"user": "boss"}, {"id": "shelters"})
    counts: list[Any] = [model.Session.query(each).count() for each in (Feedback, FeedbackContact, FeedbackMail)]
    assert counts == [0, 0, 0]


def test_deleted_spam_is_refused_in_other_dress_until_its_days_are_over(tell: Tell, act: Act, post: Post):
    text = "今なら Cheap Pills が100円で買えます!"
    made = tell(text=text, mail=STRANGER)
    act("boss", "delete", id=made["id"])
    assert (Feedback.get(made["id"]), FeedbackContact.get(made["id"]), post.fetch()) == (None, None, [])
    for again in (
        {"text": "今なら ｃｈｅａｐ　ｐｉｌｌｓ が 99 円で買えます！！"},
        {"text": "別の話です", "mail": STRANGER.upper()},
    ):
        with pytest.raises(tk.ValidationError) as error:
            tell(**again)
        assert list(error.value.error_dict) == ["form"]
    assert not any(text in str(vars(row)) or STRANGER in str(vars(row)) for row in model.Session.query(FeedbackBlock))
    model.Session.execute(update(FeedbackBlock).values(until=utcnow()))
    minute.forget()
    assert model.Session.query(FeedbackBlock).count() == 0
    assert tell(text=text)["state"] == "open"


def test_short_text_that_was_spam_blocks_nobody_else(tell: Tell, act: Act):
    act("boss", "delete", id=tell(text="誤りです")["id"])
    assert tell(text="誤りです")["state"] == "open"
