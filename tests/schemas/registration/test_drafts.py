"""What somebody began and did not end is kept for them, and for nobody else."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.lib.uploader import ResourceUpload
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp
from ckan.types import Context
from ckanext.orden.schemas.model import OrdenDraft
from ckanext.orden.schemas.registration import tickets
from lxml import html

from .desk import CSV, SMALL, TYPED, Act, Desk

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "storage")


class TestDrafts:
    def test_values_and_file_survive_an_error(self, desk: Desk, act: Act) -> None:
        answer = desk.send(desk.open(), file=SMALL, **{**TYPED, "title": ""})
        page = html.document_fromstring(answer.text)
        assert "公園一覧.csv" in page.get_element_by_id("register").text_content()
        assert desk.values(page)["notes"] == TYPED["notes"]
        assert desk.send(page, title="公園").status_code == 302
        (shown,) = act("package_search")["results"]
        assert Path(ResourceUpload({}).get_path(shown["resources"][0]["id"])).read_bytes() == CSV
        assert OrdenDraft.of_user(shown["creator_user_id"]) == []

    def test_saved_draft_is_offered_again_and_can_be_deleted(self, desk: Desk) -> None:
        saved = desk.send(desk.open(), file=SMALL, button="save_draft", **TYPED)
        assert "draft=" in saved.location
        again = desk.open(saved.location)
        assert desk.values(again)["title"] == TYPED["title"]
        assert "公園一覧.csv" in again.get_element_by_id("register").text_content()
        listed = desk.open()
        assert listed.xpath("//a[contains(@href, 'draft=')]")[0].text == TYPED["title"]
        (action,) = listed.xpath("//form[contains(@action, '/delete')]/@action")
        desk.app.post(action, headers=desk.headers, follow_redirects=False)
        assert not desk.open().xpath("//a[contains(@href, 'draft=')]")

    def test_kept_file_can_be_dropped(self, desk: Desk) -> None:
        saved = desk.send(desk.open(), file=SMALL, button="save_draft", **TYPED)
        answer = desk.send(desk.open(saved.location), drop_file="1")
        assert desk.said(answer, "upload")
        assert "公園一覧.csv" not in html.document_fromstring(answer.text).get_element_by_id("register").text_content()

    def test_form_that_arrives_without_a_session_is_kept_for_its_user(
        self, desk: Desk, app: CKANTestApp, act: Act
    ) -> None:
        form = {**desk.values(desk.open()), **TYPED, "upload": (io.BytesIO(CSV), SMALL[1]), "save": ""}
        answer = app.post("/ja/dataset/register", data=form, follow_redirects=False)
        assert "/user/login" in answer.location
        assert act("package_search")["count"] == 0
        (link,) = desk.open().xpath("//a[contains(@href, 'draft=')]/@href")
        again = desk.open(link)
        assert desk.send(again).status_code == 302
        assert act("package_search")["results"][0]["title"] == TYPED["title"]

    @pytest.mark.parametrize("ticket", ["", "x", "WyJhIiwiYiJd.aaaa.bbbb"])
    def test_forged_ticket_keeps_nothing(self, app: CKANTestApp, ticket: str) -> None:
        app.post("/dataset/register", data={**TYPED, "ticket": ticket}, follow_redirects=False)
        assert model.Session.query(OrdenDraft).count() == 0

    def test_draft_is_shown_to_nobody_else(self, desk: Desk, app: CKANTestApp, sysadmin: dict[str, Any]) -> None:
        saved = desk.send(desk.open(), button="save_draft", **TYPED)
        identity = saved.location.rsplit("draft=", 1)[1]
        others = {"Authorization": sysadmin["token"]}
        assert app.get(f"/dataset/register?draft={identity}", headers=others).status_code == 404
        assert app.post(f"/dataset/register/draft/{identity}/delete", headers=others).status_code == 404
        for action in ("show", "update", "delete"):
            with pytest.raises(tk.NotAuthorized):
                tk.get_action(f"orden_schema_draft_{action}")(
                    Context(user=sysadmin["name"]), {"id": identity, "values": {}}
                )
        assert tk.get_action("orden_schema_draft_list")(Context(user=sysadmin["name"]), {}) == []
        stolen = tickets.read(desk.open(saved.location).xpath("//input[@name='ticket']/@value")[0])
        assert stolen and stolen.draft == identity

    @pytest.mark.ckan_config("ckanext.orden.schema.draft_max_bytes", 10)
    def test_file_that_is_too_large_for_a_draft_is_asked_for_again(self, desk: Desk) -> None:
        answer = desk.send(desk.open(), file=SMALL, notes="説明")
        assert "もう一度" in html.document_fromstring(answer.text).get_element_by_id("register").text_content()

    @pytest.mark.ckan_config("ckanext.orden.schema.draft_days", -1)
    def test_old_draft_is_gone(self, desk: Desk, clerk: dict[str, Any]) -> None:
        keep = tk.get_action("orden_schema_draft_update")
        kept = keep(Context(user=clerk["name"]), {"values": {"title": "題"}})
        with pytest.raises(tk.ObjectNotFound):
            tk.get_action("orden_schema_draft_show")(Context(user=clerk["name"]), {"id": kept["id"]})

    def test_user_keeps_at_most_twenty(self, clerk: dict[str, Any]) -> None:
        for number in range(23):
            values = {"title": f"題{number}\x00"}
            tk.get_action("orden_schema_draft_update")(Context(user=clerk["name"]), {"values": values})
        kept = tk.get_action("orden_schema_draft_list")(Context(user=clerk["name"]), {})
        assert [draft["values"]["title"] for draft in kept] == [f"題{number}" for number in range(22, 2, -1)]
