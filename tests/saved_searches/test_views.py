"""The pages: the button, the list, what they refuse, and the link that ends the mails."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.tests.helpers import CKANTestApp
from ckanext.orden.saved_searches import tokens

from .conftest import PASSWORD, Act, searches, user_of

HOST = {"Host": "test.ckan.net"}
SEARCH = "/dataset/?q=避難所&organization=sakai"
FORM = {"q": "避難所", "organization": "sakai", "saved_name": "避難", "saved_frequency": "daily"}


class Reader:
    """A browser of somebody who is logged in."""

    def __init__(self, app: CKANTestApp, name: str) -> None:
        self.client = app.test_client()
        self.client.post(
            "/user/login", headers=HOST, data=self.with_token("/user/login", login=name, password=PASSWORD)
        )

    def with_token(self, page: str, **fields: str) -> dict[str, str]:
        token = self.get(page).text.split('name="_csrf_token" value="')[1].split('"')[0]
        return {**fields, "_csrf_token": token}

    def get(self, path: str) -> Any:
        return self.client.get(path, headers=HOST)

    def post(self, path: str, **fields: str) -> Any:
        return self.client.post(path, headers=HOST, data=fields, follow_redirects=False)


def test_saving_leads_back_to_the_search_with_a_word(app: CKANTestApp):
    reader = Reader(app, "hanako")
    answer = reader.post("/user/saved-searches", **reader.with_token(SEARCH, **FORM))
    assert answer.status_code == 302
    assert answer.location.endswith("/dataset/?q=%E9%81%BF%E9%9B%A3%E6%89%80&organization=sakai")
    assert "「避難」として保存しました" in reader.get(SEARCH).text
    [row] = searches("hanako")
    assert (row.q, row.conditions, row.language) == ("避難所", [["organization", "sakai"]], "ja")


def test_every_form_is_refused_without_its_token(app: CKANTestApp, act: Act):
    reader, made = Reader(app, "hanako"), act("hanako", "create", q="図書館")
    for path in ("", f"/{made['id']}", f"/{made['id']}/delete"):
        assert reader.post(f"/user/saved-searches{path}", **FORM).status_code == 400
    assert [row.name for row in searches("hanako")] == ["図書館"]


def test_list_changes_and_deletes_its_readers_searches(app: CKANTestApp, act: Act):
    reader, made = Reader(app, "hanako"), act("hanako", "create", q="図書館", conditions=[["organization", "sakai"]])
    page = "/user/saved-searches"
    shown = reader.get(page)
    assert "堺市" in shown.text
    assert (shown.headers["Cache-Control"], shown.headers["X-Robots-Tag"]) == ("private, no-store", "noindex")
    reader.post(f"{page}/{made['id']}", **reader.with_token(page, name="本", frequency="daily", changes="true"))
    [row] = searches("hanako")
    assert (row.name, row.frequency, row.changes) == ("本", "daily", True)
    wrong = reader.post(f"{page}/{made['id']}", **reader.with_token(page, name="", frequency="daily"))
    assert (wrong.status_code, 'role="alert"' in wrong.text) == (400, True)
    reader.post(f"{page}/{made['id']}/delete", **reader.with_token(page))
    assert searches("hanako") == []


def test_search_of_another_person_is_not_found(app: CKANTestApp, act: Act):
    reader, made = Reader(app, "boss"), act("hanako", "create", q="図書館")
    page = "/user/saved-searches"
    token = reader.with_token(SEARCH, name="奪取", frequency="never")
    assert reader.post(f"{page}/{made['id']}", **token).status_code == 404
    assert reader.post(f"{page}/{made['id']}/delete", **token).status_code == 404
    assert reader.post(f"{page}/none/delete", **token).status_code == 404
    assert "図書館" not in reader.get(page).text


def test_who_has_no_account_is_led_to_the_atom_feed_of_the_search(app: CKANTestApp):
    asked = "q=%E9%81%BF%E9%9B%A3%E6%89%80&amp;organization=sakai"
    assert f'href="/user/saved-searches?{asked}"' in app.get(SEARCH).text
    page = app.get("/user/saved-searches?q=避難所&organization=sakai&sort=title_string+asc").text
    assert f'href="/feeds/custom.atom?{asked}"' in page
    assert "saved_name" not in page
    app.post("/user/saved-searches", data=FORM, status=403)


def test_one_post_without_login_or_token_of_a_form_ends_the_mails(app: CKANTestApp, act: Act):
    for who in ("hanako", "taro"):
        act(who, "create", q="避難所", frequency="daily")
    path = f"/user/saved-searches/unsubscribe/{tokens.token(user_of('hanako').id)}"
    assert "停止する" in app.get(path).text
    assert [row.frequency for row in searches("hanako")] == ["daily"]
    for _ in range(2):
        app.post(path, data={"List-Unsubscribe": "One-Click"}, status=200)
    assert [(row.frequency, row.due) for row in searches("hanako")] == [("never", None)]
    assert [row.frequency for row in searches("taro")] == ["daily"]


@pytest.mark.parametrize("wrong", ["none", "x.y", "{id}", "{id}.AAAA"])
def test_token_that_the_site_has_not_signed_ends_nothing(app: CKANTestApp, act: Act, wrong: str):
    act("hanako", "create", q="避難所", frequency="daily")
    path = "/user/saved-searches/unsubscribe/" + wrong.format(id=user_of("hanako").id)
    app.get(path, status=404)
    app.post(path, status=404)
    assert [row.frequency for row in searches("hanako")] == ["daily"]
