"""The short form, as a browser without JavaScript uses it, and what stands behind it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.lib.uploader import ResourceUpload
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp
from ckan.types import Context
from ckanext.orden.schemas.model import OrdenDraft
from lxml import html

from .desk import CSV, SMALL, TYPED, Act, Desk

EU = "http://publications.europa.eu/resource/authority"

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "storage")


class TestShortForm:
    def test_five_answers_register_a_dataset_with_its_file(
        self, desk: Desk, act: Act, toyonaka: dict[str, Any]
    ) -> None:
        answer = desk.send(desk.open(), file=SMALL, **TYPED)
        assert answer.status_code == 302
        shown = act("package_show", id=answer.location.rsplit("/", 1)[1])
        resource = shown["resources"][0]
        assert (shown["state"], shown["private"], shown["owner_org"]) == ("active", False, toyonaka["id"])
        assert shown["contact"] == [{"name": "公園課", "email": "koen@city.example.jp"}]
        assert shown["orden_municipality"] == "272035"
        assert shown["language"] == [f"{EU}/language/JPN"]
        assert {axis: found["values"] for axis, found in shown["orden_axes"].items()} == {
            "sector": ["public"],
            "openness": ["open"],
            "dynamics": ["static"],
            "personal": ["non_personal"],
            "price": ["free"],
        }
        assert (resource["format"], resource["size"], resource["url_type"]) == ("CSV", len(CSV), "upload")
        assert Path(ResourceUpload({}).get_path(resource["id"])).read_bytes() == CSV
        assert act("package_search", q="公園")["count"] == 1

    def test_an_address_does_instead_of_a_file(self, desk: Desk, act: Act) -> None:
        desk.send(desk.open(), file_url="https://example.org/park.xlsx", **TYPED)
        (shown,) = act("package_search")["results"]
        assert [(file["url"], file["format"]) for file in shown["resources"]] == [
            ("https://example.org/park.xlsx", "XLSX")
        ]

    def test_every_mistake_stands_beside_its_field_and_in_the_summary(self, desk: Desk, act: Act) -> None:
        answer = desk.send(desk.open(), contact="公園課 koen@", issued="いつか", file_url="javascript:alert(1)")
        page = html.document_fromstring(answer.text)
        for name, word in (
            ("title", "タイトル"),
            ("notes", "説明"),
            ("license_id", "ライセンス"),
            ("file_url", "https://"),
            ("contact", "メールアドレス「koen@」"),
            ("issued", "2026-04-01"),
        ):
            assert word in desk.said(answer, name), name
            assert page.xpath(f"//*[@id='errors']//a[@href='#field-{name}']"), name
            assert page.xpath(f"//*[@id='field-{name}'][@aria-invalid='true']"), name
        assert page.xpath("//form[@id='register']//details[@open]")
        assert act("package_search")["count"] == 0

    def test_data_that_is_handed_over_elsewhere_needs_no_file(self, desk: Desk, act: Act) -> None:
        closed: dict[str, Any] = {"access_rights": f"{EU}/access-right/NON_PUBLIC", "license_id": "other-closed"}
        assert desk.send(desk.open(), **{**TYPED, **closed}).status_code == 302
        assert act("package_search")["results"][0]["resources"] == []

    def test_form_sent_twice_registers_once(self, desk: Desk, act: Act) -> None:
        page = desk.open()
        first, second = (desk.send(page, file=SMALL, **TYPED) for _ in range(2))
        assert first.location == second.location
        assert act("package_search")["count"] == 1

    def test_name_of_the_page_itself_is_refused(self, desk: Desk) -> None:
        assert "register" in desk.said(desk.send(desk.open(), file=SMALL, name="register", **TYPED), "name")

    def test_two_datasets_of_one_title_get_two_names(self, desk: Desk, act: Act) -> None:
        places = {desk.send(desk.open(), file=SMALL, **TYPED).location for _ in range(2)}
        assert len(places) == 2

    @pytest.mark.ckan_config("ckan.max_resource_size", 0)
    def test_file_that_is_too_large_leaves_nothing_behind(self, desk: Desk, act: Act) -> None:
        answer = desk.send(desk.open(), file=(b"x" * 2_000_000, "big.csv"), **TYPED)
        assert desk.said(answer, "upload")
        assert model.Session.query(model.Package).count() == 0

    def test_stranger_is_sent_to_log_in_and_a_user_without_rights_is_told_so(self, app: CKANTestApp) -> None:
        assert "/user/login" in app.get("/dataset/register", follow_redirects=False).location
        assert "/user/login" in app.post("/dataset/register", data=TYPED, follow_redirects=False).location
        outsider = factories.UserWithToken()
        app.get("/dataset/register", headers={"Authorization": outsider["token"]}, status=403)

    def test_form_asks_for_the_organization_only_where_there_are_several(
        self, desk: Desk, clerk: dict[str, Any], toyonaka: dict[str, Any]
    ) -> None:
        hidden = desk.open().xpath("//input[@type='hidden'][@name='owner_org']/@value")
        assert hidden == [toyonaka["id"]]
        second = factories.Organization(title="池田市", users=[{"name": clerk["name"], "capacity": "editor"}])
        page = desk.open()
        assert {second["id"], toyonaka["id"]} < set(page.xpath("//select[@name='owner_org']/option/@value"))
        assert desk.said(desk.send(page, file=SMALL, **TYPED), "owner_org")


NGSI: dict[str, Any] = {"format": "NGSI", "file_url": "https://broker.example.org/v2/entities?type=Bus"}
CONTRADICTIONS: dict[str, tuple[dict[str, Any], str]] = {
    "openness": ({"access_rights": f"{EU}/access-right/NON_PUBLIC"}, "access_rights"),
    "dynamics": ({**NGSI, "frequency": f"{EU}/frequency/NEVER"}, "frequency"),
    "personal": (
        {"privacy_policy_contains_personal_data": "個人情報（要配慮個人情報を含む）", "license_id": "other-closed"},
        "privacy_policy_contains_personal_data",
    ),
    "price": ({"fee": "有償"}, "fee"),
}


@pytest.mark.parametrize("axis", CONTRADICTIONS)
class TestContradictions:
    """The fifth axis, the provider, follows from the organisation alone: nothing on the form can contradict it."""

    def test_contradiction_stands_beside_its_field_with_a_way_out(self, desk: Desk, act: Act, axis: str) -> None:
        typed, field = CONTRADICTIONS[axis]
        data: dict[str, Any] = {"file_url": "https://example.org/a.csv", **TYPED, **typed}
        answer = desk.send(desk.open(), **data)
        assert "ください。" in desk.said(answer, field)
        assert html.document_fromstring(answer.text).xpath(f"//*[@id='errors']//a[@href='#field-{field}']")
        assert act("package_search")["count"] == 0

    def test_full_form_and_script_get_the_same_answer(
        self, desk: Desk, clerk: dict[str, Any], act: Act, toyonaka: dict[str, Any], axis: str
    ) -> None:
        typed, field = CONTRADICTIONS[axis]
        data: dict[str, Any] = {"file_url": "https://example.org/a.csv", **TYPED, **typed}
        short = desk.said(desk.send(desk.open(), **data), field)
        resource = {"url": data.pop("file_url"), "format": data.pop("format", "CSV")}
        contact = {"contact": [{"name": "公園課", "email": "koen@city.example.jp"}]}
        data.setdefault("access_rights", f"{EU}/access-right/PUBLIC")
        dataset = {**data, **contact, "owner_org": toyonaka["id"], "name": "park", "resources": [resource]}
        said = tk.get_action("orden_schema_dataset_validate")(Context(user=clerk["name"]), dict(dataset))
        assert said["valid"] is False
        assert set(said["errors"]) == {field}
        with pytest.raises(tk.ValidationError) as refused:
            act("package_create", **dataset)
        assert refused.value.error_dict == said["errors"]
        assert said["errors"][field] == [short]


class TestValidate:
    def test_nothing_is_written_and_the_axes_are_explained(
        self, clerk: dict[str, Any], toilets: dict[str, Any], act: Act
    ) -> None:
        said = tk.get_action("orden_schema_dataset_validate")(Context(user=clerk["name"]), toilets)
        assert (said["valid"], said["errors"]) == (True, {})
        assert said["axes"]["openness"]["values"] == ["open"]
        assert said["axes"]["openness"]["reason"]["ja"]
        assert model.Session.query(model.Package).count() == 0

    def test_all_mistakes_are_told_at_once(self, clerk: dict[str, Any], toilets: dict[str, Any]) -> None:
        wrong = {**toilets, "title": "", "fee": "有償", "issued": "いつか", "contact": [{"email": "x"}]}
        said = tk.get_action("orden_schema_dataset_validate")(Context(user=clerk["name"]), wrong)
        assert set(said["errors"]) == {"title", "fee", "issued", "contact"}

    def test_existing_dataset_is_judged_with_what_is_stored(
        self, clerk: dict[str, Any], toilets: dict[str, Any], act: Act
    ) -> None:
        act("package_create", **{**toilets, "resources": [{"url": NGSI["file_url"], "format": "NGSI"}]})
        shown = act("package_show", id=toilets["name"])
        changed = {key: value for key, value in shown.items() if key != "resources"}
        ask = tk.get_action("orden_schema_dataset_validate")
        assert ask(Context(user=clerk["name"]), {**changed, "title": "題"})["valid"]
        never = ask(Context(user=clerk["name"]), {**changed, "frequency": "更新しない"})
        assert set(never["errors"]) == {"frequency"}

    @pytest.mark.parametrize("data", [{"resources": "x"}, {"resources": [1]}, {"tags": 5}, {"contact": "x"}])
    def test_odd_shapes_are_a_validation_error(self, clerk: dict[str, Any], data: dict[str, Any]) -> None:
        ask = tk.get_action("orden_schema_dataset_validate")
        try:
            assert not ask(Context(user=clerk["name"]), data)["valid"]
        except tk.ValidationError as error:
            assert error.error_dict

    def test_stranger_may_not_ask(self, toilets: dict[str, Any], act: Act) -> None:
        ask = tk.get_action("orden_schema_dataset_validate")
        act("package_create", **toilets)
        for user in ("", factories.User()["name"]):
            for data in ({}, {"id": toilets["name"]}):
                with pytest.raises(tk.NotAuthorized):
                    ask(Context(user=user), data)


class TestAnswers:
    """What the script asks while somebody types."""

    def test_short_form_is_answered_by_input_and_with_the_axes(self, desk: Desk) -> None:
        typed = {**desk.values(desk.open()), **TYPED, "license_id": "", "contact": "公園課 koen@"}
        answer = desk.ask("/ja/dataset/register/check", typed)
        assert set(answer["errors"]) == {"upload", "contact", "license_id"}
        assert "行政データ" in answer["axes"] and "ライセンス" in answer["axes"]
        assert model.Session.query(OrdenDraft).count() == 0

    def test_full_form_is_answered_by_input(self, desk: Desk, toyonaka: dict[str, Any]) -> None:
        typed = {"title": "題", "notes": "説明", "name": "x1", "owner_org": toyonaka["id"], "contact-0-email": "koen@"}
        answer = desk.ask("/ja/dataset/check", typed)
        assert set(answer["errors"]) == {"contact-0-email"}
        assert "行政データ" in answer["axes"]

    def test_draft_is_kept_while_somebody_types(self, desk: Desk) -> None:
        typed = {**desk.values(desk.open()), **TYPED, "upload": (io.BytesIO(CSV), SMALL[1])}
        answer = desk.ask("/ja/dataset/register/draft", typed)
        assert answer["file"] == SMALL[1] and "保存" in answer["saved"]

    def test_stranger_is_not_answered(self, app: CKANTestApp) -> None:
        for path in ("/dataset/register/check", "/dataset/register/draft", "/dataset/check"):
            assert app.post(path, data=TYPED).status_code == 403
