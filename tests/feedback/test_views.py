"""The pages: form, record, desk and operators' list; forms need their token, texts are escaped."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.tests.helpers import CKANTestApp
from ckanext.orden.feedback.model import Feedback

from .conftest import PASSWORD, STRANGER, TEXT, Act, Tell, old_stamp

HOST = {"Host": "test.ckan.net"}
HOSTILE = "</p><script>alert(1)</script><img src=x onerror=alert(1)>"
FORM = "/dataset/shelters/feedback"


class Reader:
    """A browser of somebody who is logged in."""

    def __init__(self, app: CKANTestApp, name: str) -> None:
        self.client = app.test_client()
        given = self.with_token("/user/login", login=name, password=PASSWORD)
        self.client.post("/user/login", headers=HOST, data=given)

    def with_token(self, page: str, **fields: str) -> dict[str, str]:
        token = self.get(page).text.split('name="_csrf_token" value="')[1].split('"')[0]
        return {**fields, "_csrf_token": token}

    def get(self, path: str) -> Any:
        return self.client.get(path, headers=HOST)

    def post(self, path: str, **fields: str) -> Any:
        return self.client.post(path, headers=HOST, data=fields, follow_redirects=False)


def filled(**fields: str) -> dict[str, str]:
    return {"kind": "question", "text": TEXT, "mail": STRANGER, "stamp": old_stamp(), **fields}


def test_dataset_page_leads_to_the_form_and_the_form_to_a_secret_page(app: CKANTestApp):
    page = app.get("/dataset/shelters").text
    assert f'href="{FORM}"' in page and "このデータについて知らせる" in page
    answer = app.post(FORM, data=filled(), follow_redirects=False)
    assert answer.status_code == 302
    shown = app.get(answer.location)
    assert TEXT in shown.text and STRANGER not in shown.text
    assert (shown.headers["Cache-Control"], shown.headers["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert shown.headers["Referrer-Policy"] == "same-origin"
    app.get(answer.location.split("?")[0], status=404)


@pytest.mark.parametrize("wrong", [{"kind": ""}, {"mail": "nobody"}, {"stamp": ""}, {"text": ""}], ids=str)
def test_nothing_that_was_written_is_lost_on_an_error(wrong: dict[str, str], app: CKANTestApp):
    given = filled(**wrong)
    page = app.post(FORM, data=given, status=400).text
    assert 'role="alert"' in page
    for name in ("text", "mail"):
        assert given[name] in page
    assert ('value="question" required checked' in page) is (given["kind"] == "question")


def test_limit_keeps_the_text_in_the_form(app: CKANTestApp, ckan_config: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(ckan_config, "ckanext.orden.feedback.per_day", 1)
    app.post(FORM, data=filled(), follow_redirects=False)
    page = app.post(FORM, data=filled(text="もう一つの長い話です"), status=429).text
    assert "もう一つの長い話です" in page


def test_hostile_texts_are_escaped_everywhere(app: CKANTestApp, tell: Tell, act: Act):
    made = tell(text=HOSTILE)
    act("editor", "answer", id=made["id"], text=HOSTILE, published=True, show_text=True)
    reader = Reader(app, "boss")
    pages = ["/dataset/shelters", f"/feedback/{made['id']}", "/organization/sakai/feedback"]
    for page in pages:
        text = reader.get(page).text
        assert "&lt;script&gt;alert(1)" in text, page
        assert "<script>alert(1)" not in text and "<img src=x" not in text, page
    again = app.post(FORM, data=filled(text=HOSTILE, kind="", mail='"><b>'), status=400).text
    assert "<script>alert(1)" not in again and '"><b>' not in again


def test_editor_answers_publishes_and_closes_by_forms_that_need_their_token(app: CKANTestApp, tell: Tell):
    made, reader = tell(), Reader(app, "editor")
    page = f"/feedback/{made['id']}"
    for step in ("answer", "publish", "close"):
        assert reader.post(f"{page}/{step}", text="直しました。", reason="理由です").status_code == 400
    assert _state(made["id"]) == "open"
    answer = reader.with_token(page, text="直しました。", published="true", show_text="true")
    assert reader.post(f"{page}/answer", **answer).status_code == 302
    shown = app.get("/dataset/shelters").text
    assert "このデータへの質問と回答" in shown and "直しました。" in shown and TEXT in shown
    reader.post(f"{page}/close", **reader.with_token(page, reason="終わりました。"))
    assert _state(made["id"]) == "closed"
    reader.post(f"{page}/publish", **reader.with_token(page))
    assert "直しました。" not in app.get("/dataset/shelters").text


def test_wrong_answer_is_said_beside_what_was_written(app: CKANTestApp, tell: Tell):
    made, reader = tell(), Reader(app, "editor")
    page = f"/feedback/{made['id']}"
    answer = reader.post(f"{page}/close", **reader.with_token(page, reason=" "))
    assert (answer.status_code, 'role="alert"' in answer.text) == (400, True)
    long = "あ" * 4001
    answer = reader.post(f"{page}/answer", **reader.with_token(page, text=long))
    assert (answer.status_code, long in answer.text) == (400, True)


def test_strangers_and_neighbours_find_no_record_and_no_desk(app: CKANTestApp, tell: Tell):
    made, neighbour = tell(), Reader(app, "neighbour")
    app.get(f"/feedback/{made['id']}", status=404)
    app.get("/organization/sakai/feedback", status=403)
    app.get("/ckan-admin/orden-feedback/", status=403)
    app.post(f"/feedback/{made['id']}/answer", data={"text": "偽の回答"}, status=403)
    assert neighbour.get(f"/feedback/{made['id']}").status_code == 404
    assert neighbour.get("/organization/sakai/feedback").status_code == 403
    token = neighbour.with_token("/dataset/shelters/feedback", text="偽の回答")
    assert neighbour.post(f"/feedback/{made['id']}/answer", **token).status_code == 403
    assert neighbour.post(f"/ckan-admin/orden-feedback/{made['id']}/delete", **token).status_code == 403
    assert _state(made["id"]) == "open"


def test_desk_counts_and_is_narrowed_by_state_and_dataset(app: CKANTestApp, tell: Tell, act: Act):
    act("editor", "answer", id=tell()["id"], text="直しました。")
    tell(text="まだ待っている話です")
    reader = Reader(app, "editor")
    desk = "/organization/sakai/feedback"
    assert 'href="/organization/sakai/feedback"' in reader.get("/organization/sakai").text
    whole, open_, none = (reader.get(f"{desk}{query}").text for query in ("", "?state=open", "?dataset=other"))
    assert TEXT in whole and "まだ待っている話です" in whole
    assert whole.index("まだ待っている話です") < whole.index(TEXT)
    assert TEXT not in open_ and "まだ待っている話です" in open_
    assert "まだ待っている話です" not in none
    assert act("editor", "list", organization="sakai")["states"] == {"open": 1, "answered": 1, "closed": 0}


def test_operators_see_what_is_old_and_delete_spam(app: CKANTestApp, tell: Tell):
    made, boss = tell(), Reader(app, "boss")
    page = "/ckan-admin/orden-feedback/"
    assert TEXT not in boss.get(page).text
    for odd in ("x", "-1", "٣", "99999999999999"):
        assert boss.get(f"{page}?days={odd}").status_code == 200
    assert TEXT in boss.get(f"{page}?days=0").text
    assert boss.post(f"{page}{made['id']}/delete").status_code == 400
    record = f"/feedback/{made['id']}"
    assert boss.post(f"{page}{made['id']}/delete", **boss.with_token(record)).status_code == 302
    assert model.Session.query(Feedback).count() == 0


def _state(feedback_id: str) -> str:
    model.Session.expire_all()
    row = Feedback.get(feedback_id)
    assert row
    return row.state
