"""The page of the editors' words: rights, saving, what is wrong, trying, the download."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.tests import factories
from ckan.tests.helpers import call_action

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db")
PAGE = "/ckan-admin/orden-words/"


@pytest.fixture
def sysadmin(with_plugins: None, clean_db: None) -> dict[str, str]:
    return {"Authorization": factories.SysadminWithToken()["token"]}


def test_the_page_is_for_sysadmins_only(app: Any) -> None:
    user = {"Authorization": factories.UserWithToken()["token"]}
    for headers in ({}, user):
        for address in (PAGE, f"{PAGE}words.txt"):
            app.get(address, headers=headers, status=403)
        app.post(PAGE, data={"text": "甲, 乙", "revision": "0"}, headers=headers, status=403)


def test_what_is_in_the_box_is_saved_and_shown_again(app: Any, sysadmin: dict[str, str]) -> None:
    given = {"text": "<b>太字, 乙", "revision": "0"}
    answer = app.post(PAGE, data=given, headers=sysadmin)
    assert call_action("orden_search_words_show")["text"] == given["text"]
    assert "&lt;b&gt;太字, 乙" in answer.body
    assert "<b>太字" not in answer.body


def test_a_bad_line_is_named_and_the_text_is_kept(app: Any, sysadmin: dict[str, str]) -> None:
    answer = app.post(PAGE, data={"text": "甲, 乙\n<i>丙", "revision": "0"}, headers=sysadmin)
    assert "words.alone" in answer.body
    assert "&lt;i&gt;丙" in answer.body
    assert call_action("orden_search_words_show")["revision"] == 0


def test_an_older_page_does_not_overwrite_a_newer_text(app: Any, sysadmin: dict[str, str]) -> None:
    call_action("orden_search_words_update", text="甲, 乙", revision=0)
    answer = app.post(PAGE, data={"text": "丙, 丁", "revision": "0"}, headers=sysadmin)
    assert 'name="revision" value="0"' in answer.body
    assert "丙, 丁" in answer.body
    assert call_action("orden_search_words_show")["text"] == "甲, 乙"


def test_a_query_is_tried_without_saving(app: Any, sysadmin: dict[str, str]) -> None:
    given = {"text": "水がもらえる場所 => 給水拠点|0.9", "revision": "0", "try": "1", "q": "水がもらえる場所はどこ"}
    answer = app.post(PAGE, data=given, headers=sysadmin)
    assert "<code>給水拠点</code> (0.90)" in answer.body
    assert call_action("orden_search_words_show")["revision"] == 0


def test_the_download_is_what_the_box_holds(app: Any, sysadmin: dict[str, str]) -> None:
    call_action("orden_search_words_update", text="甲, 乙", revision=0)
    answer = app.get(f"{PAGE}words.txt", headers=sysadmin)
    assert answer.body == "甲, 乙\n"
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
