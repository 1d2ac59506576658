"""The plugin on a running CKAN: what an API client gets."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, cast

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers
from ckan.types import Context
from ckanext.orden.schemas import reindexing
from ckanext.orden.types import Issue
from metadata.contradictory import CASES
from redis.exceptions import RedisError

Act = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
EU = "http://publications.europa.eu/resource/authority"


def errors_of(act: Act, action: str, **data: Any) -> dict[str, Any]:
    with pytest.raises(tk.ValidationError) as caught:
        act(action, **data)
    return caught.value.error_dict


class TestCreate:
    def test_spellings_become_one(self, act: Act, toilets: dict[str, Any]) -> None:
        shown = act(
            "package_create",
            **toilets,
            issued="令和6年4月1日",
            theme="司法・安全・環境、運輸・観光",
            language=["ja", "英語"],
            fee="free",
            privacy_policy_contains_personal_data="nonPersonalInformation",
            orden_municipality="27203",
        )
        assert shown["license_id"] == "CC-BY-4.0"
        assert shown["license_title"] == "クリエイティブ・コモンズ 表示 4.0 国際"
        assert shown["isopen"] is True
        assert shown["frequency"] == f"{EU}/frequency/ANNUAL"
        assert shown["orden_frequency_text"] == "年1回"
        assert shown["access_rights"] == f"{EU}/access-right/PUBLIC"
        assert shown["issued"] == "2024-04-01"
        assert len(shown["theme"]) == 2
        assert shown["language"] == [f"{EU}/language/JPN", f"{EU}/language/ENG"]
        assert shown["fee"] == "無償"
        assert shown["privacy_policy_contains_personal_data"] == "非個人情報"
        assert shown["orden_municipality"] == "272035"
        assert shown["resources"][0]["format"] == "CSV"

    def test_axes_are_shown_and_not_stored(self, act: Act, toilets: dict[str, Any]) -> None:
        shown = act("package_create", **toilets)
        axes = shown["orden_axes"]
        assert {name: axis["values"] for name, axis in axes.items()} == {
            "sector": ["public"],
            "openness": ["open"],
            "dynamics": ["periodic"],
            "personal": ["undecided"],
            "price": ["free"],
        }
        assert axes["sector"]["code"] == "sector.public"
        assert set(axes["sector"]["reason"]) == {"ja", "en"}
        package = model.Package.get(shown["id"])
        assert package
        assert not [name for name in package.extras if "axes" in name or "sector" in name]

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("license_id", "なんでも可", "CC0 1.0"),
            ("frequency", "気が向いたら", "毎年"),
            ("theme", ["宇宙人"], "環境"),
            ("issued", "いつか", "2026-04-01"),
            ("url", "javascript:alert(1)", "https"),
            ("sales_info_url", "data:text/html,x", "https"),
            ("documentation", ["https://example.org", "javascript:alert(1)"], "https"),
            ("orden_municipality", "999999", "270008"),
            ("orden_kind", "公衆トイレ", "public_toilet"),
            ("spatial_coverage", [{"geom": "POINT(1 2)"}], "GeoJSON"),
            ("contact", [{"email": "not an address"}], "email"),
        ],
    )
    def test_wrong_value_is_an_error_at_its_field(
        self, act: Act, toilets: dict[str, Any], field: str, value: Any, said: str
    ) -> None:
        found = errors_of(act, "package_create", **{**toilets, field: value})
        assert set(found) == {field}
        assert said in json.dumps(found, ensure_ascii=False)

    @pytest.mark.parametrize(
        "field", ["license_id", "frequency", "theme", "issued", "fee", "orden_municipality", "url"]
    )
    def test_odd_value_is_an_error_and_not_a_crash(self, act: Act, toilets: dict[str, Any], field: str) -> None:
        for value in (-3, {"a": 1}, ["x"], True, "\x00x", "あ" * 5000):
            found = errors_of(act, "package_create", **{**toilets, field: value})
            assert set(found) <= {field, "__junk"}

    def test_control_characters_leave_the_text(self, act: Act, toilets: dict[str, Any]) -> None:
        odd = {**toilets, "title": "公衆\x00トイレ", "notes": "一行目\n\x0b二行目", "orden_license_text": "\x1f独自"}
        shown = act("package_create", **odd)
        assert (shown["title"], shown["notes"], shown["orden_license_text"]) == ("公衆トイレ", "一行目\n二行目", "独自")

    def test_errors_speak_japanese_over_http(
        self, app: helpers.CKANTestApp, auth: dict[str, str], toilets: dict[str, Any]
    ) -> None:
        answer = app.post(
            "/ja/api/action/package_create", headers=auth, json={**toilets, "url": "javascript:alert(1)"}, status=409
        )
        assert "http、https、ftp" in json.loads(answer.text)["error"]["url"][0]

    def test_empty_values_are_not_stored(self, act: Act, toilets: dict[str, Any]) -> None:
        empty = {
            "frequency": "",
            "theme": [],
            "conforms_to": [""],
            "issued": "",
            "contact": [{"name": "", "email": ""}],
        }
        shown = act("package_create", **{**toilets, **empty, "license_id": "", "url": ""})
        assert not {"frequency", "theme", "conforms_to", "issued", "contact"} & shown.keys()

    def test_title_and_description_are_required(self, act: Act, toyonaka: dict[str, Any]) -> None:
        assert set(errors_of(act, "package_create", name="empty", owner_org=toyonaka["id"])) == {"title", "notes"}


class TestUpdate:
    @pytest.fixture()
    def live(self, act: Act, toilets: dict[str, Any]) -> dict[str, Any]:
        ngsi = {
            "url": "https://broker.example.org/v2/entities?type=Toilet",
            "name": "空き状況",
            "caddec_resource_type": "api/ngsi",
            "ngsi_entity_type": "Toilet",
        }
        return act("package_create", **{**toilets, "resources": [*toilets["resources"], ngsi]})

    def test_title_alone_keeps_the_dataset_dynamic(self, act: Act, live: dict[str, Any]) -> None:
        act("package_patch", id=live["id"], title="新しい題")
        shown = act("package_show", id=live["id"])
        assert shown["title"] == "新しい題"
        assert shown["orden_axes"]["dynamics"] == live["orden_axes"]["dynamics"]
        assert shown["orden_axes"]["dynamics"]["values"] == ["dynamic"]
        assert act("package_search", fq="vocab_orden_dynamics:dynamic")["count"] == 1

    def test_form_without_resources_keeps_the_dataset_dynamic(self, act: Act, live: dict[str, Any]) -> None:
        form = {key: live[key] for key in ("id", "name", "notes", "owner_org", "license_id", "frequency")}
        shown = act("package_update", **form, title="新しい題")
        assert shown["orden_axes"]["dynamics"]["values"] == ["dynamic"]
        assert act("package_search", fq="vocab_orden_dynamics:dynamic")["count"] == 1

    def test_axes_sent_back_are_ignored(self, act: Act, live: dict[str, Any]) -> None:
        changed = {**live, "title": "題", "orden_axes": {"sector": {"values": ["private"]}}}
        assert act("package_update", **changed)["orden_axes"]["sector"]["values"] == ["public"]
        assert act("package_patch", id=live["id"], orden_axes={})["orden_axes"]["sector"]["values"] == ["public"]

    def test_dataset_sent_back_unchanged_is_not_modified(self, act: Act, live: dict[str, Any]) -> None:
        shown = act("package_show", id=live["id"])
        again = act("package_update", **shown)
        assert again == shown
        assert act("package_show", id=live["id"])["metadata_modified"] == shown["metadata_modified"]


class TestRules:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"fee": "有償"}, "fee"),
            ({"access_rights": "非公開"}, "access_rights"),
            ({"privacy_policy_contains_personal_data": "個人情報"}, "privacy_policy_contains_personal_data"),
            ({"temporal_coverage": [{"start": "2025-04-01", "end": "2024-04-01"}]}, "temporal_coverage"),
            ({"temporal_coverage-0-start": "2025-04-01", "temporal_coverage-0-end": "2024"}, "temporal_coverage"),
        ],
    )
    def test_contradiction_is_an_error_at_its_field(
        self, act: Act, toilets: dict[str, Any], changes: dict[str, Any], field: str
    ) -> None:
        assert set(errors_of(act, "package_create", **{**toilets, **changes})) == {field}
        act("package_create", **toilets)
        assert set(errors_of(act, "package_patch", id=toilets["name"], **changes)) == {field}

    @pytest.mark.parametrize("case", CASES)
    def test_each_axis_refuses_its_contradictions(self, act: Act, toilets: dict[str, Any], case: str) -> None:
        _, changes, field = CASES[case]
        good = {**toilets, "access_rights": ""}
        assert set(errors_of(act, "package_create", **{**good, **changes})) == {field}
        act("package_create", **good)
        before = act("package_show", id=good["name"])
        assert set(errors_of(act, "package_patch", id=good["name"], **changes)) == {field}
        assert set(errors_of(act, "package_update", **{**before, **changes})) == {field}
        assert act("package_show", id=good["name"]) == before

    def test_resource_that_contradicts_the_dataset_is_refused_wherever_it_comes_from(
        self, act: Act, toilets: dict[str, Any]
    ) -> None:
        ngsi = {"url": "https://broker.example.org/v2/entities?type=T", "ngsi_entity_type": "T"}
        dataset = act("package_create", **{**toilets, "frequency": "更新しない"})
        assert set(errors_of(act, "resource_create", package_id=dataset["id"], **ngsi)) == {"frequency"}
        assert set(errors_of(act, "package_patch", id=dataset["id"], resources=[ngsi])) == {"frequency"}
        live = act("package_create", **{**toilets, "name": "live", "resources": [ngsi]})
        form = {key: live[key] for key in ("id", "name", "title", "notes", "owner_org")}
        assert set(errors_of(act, "package_update", **form, frequency="更新しない")) == {"frequency"}

    def test_stranger_learns_nothing_from_a_contradiction(self, act: Act, toilets: dict[str, Any]) -> None:
        act("package_create", **toilets)
        stranger = factories.User()["name"]
        for changes in ({"fee": "有償"}, {"title": "題"}):
            with pytest.raises(tk.NotAuthorized):
                tk.get_action("package_patch")(Context(user=stranger), {"id": toilets["name"], **changes})

    def test_report_is_stored_with_the_dataset(self, act: Act, toilets: dict[str, Any]) -> None:
        dataset = act("package_create", **{**toilets, "license_id": "", "access_rights": ""})
        report = act("orden_report_show", id=dataset["id"])
        assert not report["valid"]
        assert "licence.missing" in {issue["code"] for issue in report["issues"]}
        assert act("package_search", fq="orden_errors:1")["count"] == 1
        act("package_patch", id=dataset["id"], license_id="CC0-1.0")
        assert act("orden_report_show", id=dataset["id"])["valid"]
        assert act("package_search", fq="orden_errors:0")["count"] == 1

    def test_good_dataset_has_no_warning(self, act: Act, toilets: dict[str, Any]) -> None:
        act("package_create", **toilets, theme=["環境"], language=["ja"], contact=[{"name": "環境部"}])
        report = act("orden_report_show", id=toilets["name"])
        assert report["issues"] == []

    def test_issues_of_the_caller_are_kept(self, toilets: dict[str, Any]) -> None:
        found = Issue("map.frequency", "info", "frequency", {"ja": "読み替えました。", "en": "Read as annual."})
        context = {"ignore_auth": True, "user": factories.Sysadmin()["name"], "orden_issues": [found]}
        tk.get_action("package_create")(cast(Context, context), toilets)
        report = tk.get_action("orden_report_show")(Context(ignore_auth=True), {"id": toilets["name"]})
        assert "map.frequency" in {issue["code"] for issue in report["issues"]}

    def test_draft_is_checked_too(self, act: Act, toilets: dict[str, Any]) -> None:
        draft = {**toilets, "state": "draft", "resources": []}
        assert set(errors_of(act, "package_create", **draft, fee="有償")) == {"fee"}
        act("package_create", **draft)
        assert act("orden_report_show", id=toilets["name"])["warnings"] >= 1


class TestAddresses:
    @pytest.fixture()
    def own(self, act: Act, toilets: dict[str, Any]) -> dict[str, Any]:
        site = tk.config["ckan.site_url"]
        return act(
            "package_create",
            **{
                **toilets,
                "url": f"{site}/sample/toilet",
                "documentation": [f"{site}/sample/spec.pdf", "https://example.org/spec"],
                "contact": [{"name": "窓口", "url": f"{site}/contact"}],
                "resources": [{"url": f"{site}/sample/t.csv", "access_url": f"{site}/sample/", "name": "t"}],
            },
        )

    def test_own_address_is_stored_without_the_host(self, own: dict[str, Any]) -> None:
        package = model.Package.get(own["id"])
        assert package
        assert package.url == "site:/sample/toilet"
        assert package.resources[0].url == "site:/sample/t.csv"
        assert package.resources[0].extras["access_url"] == "site:/sample/"
        assert json.loads(package.extras["documentation"]) == ["site:/sample/spec.pdf", "https://example.org/spec"]
        assert json.loads(package.extras["contact"])[0]["url"] == "site:/contact"

    def test_no_answer_shows_the_stored_form(self, act: Act, own: dict[str, Any]) -> None:
        resource = own["resources"][0]["id"]
        answers = [
            own,
            act("package_show", id=own["id"]),
            act("package_show", id=own["id"], use_default_schema=True),
            act("package_search"),
            act("package_search", use_default_schema=True),
            act("package_search", fl="id,url,res_url"),
            act("resource_show", id=resource),
            act("resource_search", query="name:t"),
            act("current_package_list_with_resources"),
        ]
        for answer in answers:
            text = json.dumps(answer, ensure_ascii=False)
            assert "site:/" not in text
            assert f"{tk.config['ckan.site_url']}/sample/" in text

    def test_page_shows_the_whole_address(self, app: helpers.CKANTestApp, own: dict[str, Any]) -> None:
        assert "site:/" not in app.get(f"/dataset/{own['name']}").text
        assert "site:/" not in app.get(f"/dataset/{own['name']}/resource/{own['resources'][0]['id']}").text

    def test_moved_site_needs_no_new_index(self, act: Act, own: dict[str, Any], ckan_config: Any) -> None:
        ckan_config["ckan.site_url"] = "https://moved.example.jp"
        shown = act("package_show", id=own["id"])
        assert shown["resources"][0]["url"] == "https://moved.example.jp/sample/t.csv"
        assert act("package_search")["results"][0]["url"] == "https://moved.example.jp/sample/toilet"

    def test_uploaded_file_stays_ckans_own(self, act: Act, toilets: dict[str, Any]) -> None:
        resource = {"url": "t.csv", "url_type": "upload", "name": "t"}
        shown = act("package_create", **{**toilets, "resources": [resource]})
        assert shown["resources"][0]["url"].endswith("/download/t.csv")
        assert shown["resources"][0]["url"].startswith(tk.config["ckan.site_url"])


class TestSearch:
    def test_axes_are_facets_with_names(self, act: Act, toilets: dict[str, Any]) -> None:
        act("package_create", **toilets)
        found = act("package_search", **{"facet.field": ["vocab_orden_sector", "vocab_orden_openness"]})
        items = found["search_facets"]["vocab_orden_sector"]["items"]
        assert [(item["name"], item["display_name"], item["count"]) for item in items] == [("public", "行政データ", 1)]
        assert found["results"][0]["orden_axes"]["openness"]["values"] == ["open"]

    def test_changed_organization_queues_its_datasets(
        self, act: Act, toilets: dict[str, Any], toyonaka: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        jobs: list[tuple[Any, list[Any]]] = []

        def keep(function: Any, args: list[Any], *_: Any, **__: Any) -> None:
            if function is reindexing.reindex:
                jobs.append((function, args))

        monkeypatch.setattr(tk, "enqueue_job", keep)
        act("package_create", **toilets)
        act("organization_patch", id=toyonaka["id"], description="別の説明")
        assert jobs == []
        act("organization_patch", id=toyonaka["id"], orden_org_kind="academic")
        assert act("package_search", fq="vocab_orden_sector:academic")["count"] == 0
        for function, args in jobs:
            assert function(*args) == 1
        assert act("package_search", fq="vocab_orden_sector:academic")["count"] == 1

    def test_organization_is_changed_without_redis(
        self, act: Act, toyonaka: dict[str, Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said: list[str] = []

        def broken(*_: Any, **__: Any) -> None:
            raise RedisError("connection refused")

        monkeypatch.setattr(tk, "enqueue_job", broken)
        monkeypatch.setattr(reindexing.log, "error", lambda text, *_: said.append(text))
        act("organization_patch", id=toyonaka["id"], orden_org_kind="academic")
        assert act("organization_show", id=toyonaka["id"])["orden_org_kind"] == "academic"
        assert "rebuild-index" in said[0]

    def test_other_types_are_left_alone(self, act: Act, toyonaka: dict[str, Any]) -> None:
        other = act(
            "package_create", type="showcase", name="app", title="アプリ", url="site:/x", owner_org=toyonaka["id"]
        )
        assert "orden_axes" not in other
        assert act("package_show", id=other["id"])["url"] == "site:/x"
        assert act("package_search", fq="dataset_type:showcase")["count"] == 1
        with pytest.raises(tk.ObjectNotFound):
            act("orden_report_show", id=other["id"])


class TestOrganization:
    def test_kind_and_code_are_read_in_any_spelling(self, act: Act) -> None:
        shown = act(
            "organization_create",
            name="sakai",
            title="堺市",
            orden_org_kind="国・地方公共団体",
            orden_municipality="27140",
        )
        assert shown["orden_org_kind"] == "public"
        assert shown["orden_municipality"] == "271403"

    def test_unknown_kind_and_address_are_errors(self, act: Act) -> None:
        found = errors_of(act, "organization_create", name="xx", title="x", orden_org_kind="闇", url="javascript:x")
        assert set(found) == {"orden_org_kind", "url"}, found

    def test_group_is_left_alone(self) -> None:
        assert "orden_org_kind" not in factories.Group()
