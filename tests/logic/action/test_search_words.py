"""The actions on the editors' words: who may, what is refused, and two editors at once."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.orden.logic.action import search_words
from ckanext.orden.model import OrdenSearchWord

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db")
NAMES = ("orden_search_words_show", "orden_search_words_update")


def test_only_sysadmins_see_and_save_words() -> None:
    for name in NAMES:
        for user in ("", factories.User()["name"]):
            with pytest.raises(tk.NotAuthorized):
                call_action(name, {"ignore_auth": False, "user": user}, text="甲, 乙", revision=0)
    sysadmin = {"ignore_auth": False, "user": factories.Sysadmin()["name"]}
    saved = call_action("orden_search_words_update", sysadmin, text="甲, 乙\r\n丙, 丁", revision=0)
    assert (saved["text"], saved["revision"], saved["author"]) == ("甲, 乙\n丙, 丁", 1, sysadmin["user"])
    assert call_action("orden_search_words_show", sysadmin) == saved


def test_a_text_with_a_bad_line_is_refused_whole() -> None:
    with pytest.raises(tk.ValidationError) as caught:
        call_action("orden_search_words_update", text="甲, 乙\n丙", revision=0)
    issues: Any = caught.value.error_dict["issues"]
    [issue] = issues
    assert (issue["code"], issue["where"]) == ("words.alone", "line 2")
    assert call_action("orden_search_words_show")["revision"] == 0


def test_two_editors_do_not_overwrite_each_other() -> None:
    call_action("orden_search_words_update", text="甲, 乙", revision=0)
    for stale in (0, 2):
        with pytest.raises(tk.ValidationError) as caught:
            call_action("orden_search_words_update", text="丙, 丁", revision=stale)
        assert "revision" in caught.value.error_dict
    assert call_action("orden_search_words_show")["text"] == "甲, 乙"


def test_of_two_who_save_in_the_same_moment_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OrdenSearchWord, "mark", lambda: None)  # both have looked before either has saved
    call_action("orden_search_words_update", text="甲, 乙", revision=0)
    with pytest.raises(tk.ValidationError):
        call_action("orden_search_words_update", text="丙, 丁", revision=0)
    assert call_action("orden_search_words_show")["text"] == "甲, 乙"


@pytest.mark.parametrize("given", [{}, {"text": 7, "revision": 0}, {"text": "", "revision": "x"}])
def test_what_is_no_text_or_number_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(tk.ValidationError):
        call_action("orden_search_words_update", **given)


def test_old_revisions_go_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_words, "KEPT", 2)
    for revision in range(4):
        call_action("orden_search_words_update", text=f"甲, 乙{revision}", revision=revision)
    assert [OrdenSearchWord.text_of(number) for number in (1, 2, 3, 4)] == ["", "", "甲, 乙2", "甲, 乙3"]


def test_the_api_tells_each_issue_and_takes_no_get(app: Any) -> None:
    headers = {"Authorization": factories.SysadminWithToken()["token"]}
    address = "/api/3/action/orden_search_words_update"
    answer = app.post(address, json={"text": "甲", "revision": 0}, headers=headers, status=409)
    assert answer.json["error"]["issues"][0]["code"] == "words.alone"
    app.get(address, query_string={"text": "甲, 乙", "revision": 0}, headers=headers, status=400)
    app.post(address, json={"text": "甲, 乙", "revision": 0}, headers=headers, status=200)
