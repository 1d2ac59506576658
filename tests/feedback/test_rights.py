"""Who may do what; and no address reaches any answer, index, page or log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from ckan.lib import search
from ckan.plugins import toolkit as tk

from .conftest import HANAKO, PEOPLE, STRANGER, TEXT, Act, Post, Tell

PROVIDER = {"editor", "admin", "boss"}


def may(act: Act, who: str, verb: str, **data: Any) -> bool:
    try:
        act(who, verb, **data)
    except tk.NotAuthorized:
        return False
    return True


@pytest.mark.parametrize("who", PEOPLE)
def test_provider_alone_reads_answers_publishes_and_closes(who: str, tell: Tell, act: Act):
    made = tell()
    wanted = who in PROVIDER
    assert may(act, who, "show", id=made["id"]) is wanted
    assert may(act, who, "list", organization="sakai") is wanted
    assert may(act, who, "answer", id=made["id"], text="直しました。") is wanted
    assert may(act, who, "update", id=made["id"]) is wanted
    assert may(act, who, "close", id=made["id"], reason="終わりました。") is wanted


@pytest.mark.parametrize("who", PEOPLE)
def test_operators_alone_delete_and_list_the_whole_site(who: str, tell: Tell, act: Act):
    made = tell()
    assert may(act, who, "list") is (who == "boss")
    assert may(act, who, "list", organization="none") is (who == "boss")
    assert may(act, who, "delete", id=made["id"]) is (who == "boss")


def test_dataset_that_moves_takes_its_feedback_to_the_new_provider(tell: Tell, act: Act):
    made = tell()
    tk.get_action("package_patch")({"user": "boss"}, {"id": "shelters", "owner_org": "suita"})
    assert may(act, "neighbour", "answer", id=made["id"], text="引き継ぎました。")
    assert not may(act, "editor", "show", id=made["id"])
    assert act("neighbour", "list", organization="suita")["count"] == 1


@pytest.mark.parametrize("key", ["", "0" * 64, "鍵"])
def test_wrong_key_opens_nothing(key: str, tell: Tell, act: Act):
    made = tell()
    assert not may(act, "", "show", id=made["id"], key=key)
    assert not may(act, "", "show", id=made["id"], key=tell(text="別の話です")["key"])


def test_private_dataset_is_told_of_by_those_who_see_it_alone(tell: Tell, act: Act):
    tk.get_action("package_patch")({"user": "boss"}, {"id": "shelters", "private": True})
    for who in ("", "hanako", "neighbour"):
        with pytest.raises(tk.NotAuthorized):
            tell(who)
        assert not may(act, who, "published_list", dataset="shelters")
    assert tell("member")["state"] == "open"


def test_site_may_ask_for_an_account(tell: Tell, ckan_config: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(ckan_config, "ckanext.orden.feedback.anonymous", False)
    with pytest.raises(tk.NotAuthorized):
        tell()
    assert tell("hanako")["state"] == "open"


def answers(who: str, told: list[dict[str, Any]]) -> Iterator[str]:
    """What every reading action says to somebody."""
    calls: list[tuple[str, dict[str, Any]]] = [
        *(("orden_feedback_show", {"id": made["id"]}) for made in told),
        *(("orden_feedback_show", {"id": made["id"], "key": made.get("key", "")}) for made in told),
        ("orden_feedback_list", {}),
        ("orden_feedback_list", {"organization": "sakai"}),
        ("orden_feedback_published_list", {"dataset": "shelters"}),
        ("package_show", {"id": "shelters"}),
        ("package_search", {"q": "*:*"}),
        ("package_activity_list", {"id": "shelters"}),
        ("organization_show", {"id": "sakai", "include_datasets": True}),
    ]
    for action, data in calls:
        try:
            yield json.dumps(tk.get_action(action)({"user": who}, data), default=str, ensure_ascii=False)
        except (tk.NotAuthorized, tk.ValidationError, tk.ObjectNotFound) as error:
            yield str(error)


def test_no_address_and_no_account_reaches_any_answer_page_index_or_log(
    tell: Tell, act: Act, app: Any, post: Post, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("DEBUG", logger="ckanext.orden")
    told = [tell(mail=STRANGER), tell("hanako", text="もう一つあります。")]
    act("editor", "answer", id=told[0]["id"], text="直しました。", published=True)
    post.fetch()
    search.rebuild(package_id="shelters")
    found = str(search.make_connection().search("*:*", fl="*", rows=100).raw_response)
    pages = "".join(app.get(f"/dataset/shelters{ending}").text for ending in ("", ".ttl"))
    said = "".join(text for who in PEOPLE for text in answers(who, told))
    ours = "".join(record.getMessage() for record in caplog.records if record.name.startswith("ckanext.orden"))
    for secret in (STRANGER, HANAKO, told[0]["key"]):
        assert secret not in found + pages + ours + said
    assert TEXT not in found + pages + ours
    assert TEXT in said
    read = "".join(json.dumps(act("boss", "show", id=made["id"])) for made in told)
    assert "hanako" not in read + json.dumps(act("boss", "list"))
