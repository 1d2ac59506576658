"""`orden_autocomplete` on a running Solr: all kinds, by writing and reading, and only what the reader may see."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.lib.search.common import make_connection
from ckan.tests import factories
from ckan.tests.helpers import call_action

EU = "http://publications.europa.eu/resource/authority/data-theme/"
ONLY_SIGNS = ["", "   ", '"', "*", "a:b", "{!lucene}*:*", "\\", "title:避", "_query_:x", "🙂", ".*", "/", "[", "a|b"]
pytestmark = pytest.mark.usefixtures("with_plugins", "with_request_context")


def add(title: str, organization: dict[str, Any], *tags: str, **values: Any) -> dict[str, Any]:
    """A dataset that suggestions know from now on."""
    named = [{"name": tag} for tag in tags]
    made = factories.Dataset(title=title, owner_org=organization["id"], notes="説明", tags=named, **values)
    make_connection().commit()
    return made


def city() -> dict[str, Any]:
    """A city with three datasets of one tag, theme and place."""
    made = factories.Organization(title="豊中市", name="toyonaka")
    for name, title in {"hinanjo": "指定避難所一覧", "aed": "AED設置箇所", "toilet": "公衆トイレ一覧"}.items():
        add(title, made, "防災情報", name=name, orden_municipality="272035", theme=[EU + "JUST"])
    return made


@pytest.fixture(scope="module")
def built() -> list[str]:
    """What this module has built already: tests of the catalogue only look at it."""
    return []


@pytest.fixture()
def catalogue(with_plugins: None, built: list[str], request: pytest.FixtureRequest) -> None:
    if built:
        return
    for emptied in ("clean_db", "clean_index"):
        request.getfixturevalue(emptied)
    built.append("catalogue")
    toyonaka = city()
    add("予算", toyonaka, "豊中市")
    add("避難所", toyonaka, "避難所", name="one")
    add("名簿", toyonaka, "福祉避難所")
    add("別の名簿", toyonaka, "福祉避難所")
    add("人流", factories.Organization(title="なにわ研究所"), orden_municipality="272094")


def suggested(q: str, user: str = "", **parameters: Any) -> list[dict[str, Any]]:
    return call_action("orden_autocomplete", {"ignore_auth": False, "user": user}, q=q, **parameters)


def names(q: str, kind: str, user: str = "") -> list[str]:
    return [row["name"] for row in suggested(q, user) if row["kind"] == kind]


@pytest.mark.usefixtures("catalogue")
class TestCatalogue:
    @pytest.mark.parametrize(
        ("kind", "name", "beginnings"),
        [
            ("dataset", "hinanjo", ["指定", "避", "避難所", "ひな", "ヒナン", "ﾋﾅﾝ", "ひなんj", "ひなんじ", "hinanj"]),
            ("dataset", "hinanjo", ["hinannzyo", "sitei", "shiteihinan", "していひ"]),
            ("dataset", "aed", ["ａｅ", "aed", "Aed 設置", "せっち", "setti"]),
            ("dataset", "toilet", ["といれ", "toir", "衆トイ", "公衆　一覧", "kousyuu"]),
            ("organization", "toyonaka", ["豊", "とよな", "toyon", "ＴＯＹＯ"]),
            ("tag", "防災情報", ["防", "災情", "ぼうさ", "ボウサイジ", "bousai", "bosaij", "じょうほ", "zyouhou"]),
            ("theme", EU + "JUST", ["司法", "しほう", "sihou", "just", "safety"]),
            ("place", "272094", ["守口", "もりぐ", "morig", "大阪府守"]),
        ],
    )
    def test_a_beginning_finds_it(self, kind: str, name: str, beginnings: list[str]) -> None:
        for typed in beginnings:
            assert name in names(typed, kind), typed

    @pytest.mark.parametrize("typed", ["ひなんば", "hinaj", "難避", "toyota", "suzume"])
    def test_what_begins_otherwise_is_not_found(self, typed: str) -> None:
        assert suggested(typed) == []

    def test_a_city_that_is_an_organisation_is_not_said_twice(self) -> None:
        assert [row["kind"] for row in suggested("豊中市")] == ["organization"]

    @pytest.mark.parametrize("typed", ["避難", "hinan", "ひなん"])
    def test_what_begins_so_stands_before_what_holds_it(self, typed: str) -> None:
        assert names(typed, "tag") == ["避難所", "福祉避難所"]
        assert names(typed, "dataset") == ["one", "hinanjo"]

    def test_signs_find_nothing_and_break_nothing(self) -> None:
        for typed in [*ONLY_SIGNS, "\ue103", "'} x", "\x00", "避" * 1000, "ko" * 25, "aiueo" * 10]:
            assert suggested(typed) == [], typed

    def test_each_row_says_what_it_is_and_where_it_leads(self) -> None:
        rows = {row["kind"]: row for row in suggested("防災") + suggested("豊") + suggested("指定") + suggested("司法")}
        assert rows["tag"] == {
            "kind": "tag",
            "name": "防災情報",
            "title": "防災情報",
            "count": 3,
            "url": "/dataset/?tags=%E9%98%B2%E7%81%BD%E6%83%85%E5%A0%B1",
        }
        assert rows["organization"]["url"] == "/organization/toyonaka"
        assert (rows["dataset"]["url"], rows["dataset"]["organization"]) == ("/dataset/hinanjo", "豊中市")
        assert rows["theme"]["title"] == "司法・法制度・公共の安全"

    def test_names_of_values_are_in_the_readers_language(self, app: Any) -> None:
        [row] = app.get("/en/api/3/action/orden_autocomplete", query_string={"q": "しほう"}).json["result"]
        assert row["title"] == "Justice, legal system and public safety"
        assert row["url"].startswith("/en/dataset/?vocab_orden_theme=")

    def test_each_address_leads_to_as_many_datasets_as_were_counted(self) -> None:
        for row in suggested("防災") + suggested("司法"):
            field = {"tag": "tags", "theme": "vocab_orden_theme"}[row["kind"]]
            assert call_action("package_search", fq=f'{field}:"{row["name"]}"')["count"] == row["count"] == 3

    def test_a_limit_bounds_the_list(self) -> None:
        assert len(suggested("一覧", limit=1)) == 1
        assert len(suggested("一覧", limit=9999)) == 2

    def test_a_limit_that_is_no_number_is_refused(self, app: Any) -> None:
        answer = app.get("/api/3/action/orden_autocomplete", query_string={"q": "避", "limit": "many"}, status=409)
        assert answer.json["error"]["limit"]


class TestRights:
    @pytest.fixture(autouse=True)
    def toyonaka(
        self, with_plugins: None, clean_db: None, clean_index: None, with_request_context: None, built: list[str]
    ) -> dict[str, Any]:
        built.clear()
        return city()

    @pytest.fixture()
    def member(self, toyonaka: dict[str, Any]) -> str:
        """Who may see a private dataset whose title, tags, theme, place and organisation nothing else has."""
        member = factories.User()
        users = [{"name": member["name"], "capacity": "member"}]
        secret = factories.Organization(title="秘密市", name="himitsu", users=users)
        values = {"orden_municipality": "131016", "theme": [EU + "ENER"]}
        add("秘密計画", secret, "秘密情報", "防災情報", private=True, **values)
        return member["name"]

    def test_nothing_of_a_private_dataset_is_suggested_or_counted(self, member: str) -> None:
        for user in ("", member, factories.User()["name"], factories.Sysadmin()["name"]):
            for typed in ("秘密", "ひみつ", "himitu", "千代田", "ちよだ", "エネルギー", "energy"):
                assert suggested(typed, user) == [], typed
            [row] = [row for row in suggested("防災", user) if row["kind"] == "tag"]
            assert row["count"] == 3

    @pytest.mark.parametrize(("action", "change"), [("package_patch", {"private": True}), ("package_delete", {})])
    def test_what_is_public_no_more_is_suggested_no_more(
        self, toyonaka: dict[str, Any], action: str, change: dict[str, Any]
    ) -> None:
        made = add("朝市", toyonaka, "朝市情報")
        assert {row["kind"] for row in suggested("あさい")} == {"tag", "dataset"}
        call_action(action, {"user": factories.Sysadmin()["name"]}, id=made["id"], **change)
        make_connection().commit()
        assert suggested("あさい") == []

    def test_hidden_titles_take_no_place(self, toyonaka: dict[str, Any]) -> None:
        for number in range(11):
            add(f"指定避難所 {number}", toyonaka, private=True)
        assert names("指定", "dataset") == ["hinanjo"]

    def test_what_the_search_page_does_not_show_is_no_dataset(self, toyonaka: dict[str, Any]) -> None:
        add("物語", toyonaka, "物語集", type="story")
        assert suggested("物語") == []

    def test_a_title_that_has_changed_is_the_present_one(self) -> None:
        model.Session.query(model.Group).filter_by(name="toyonaka").update({"title": "新豊中市"})
        titles = [row["title"] for row in suggested("豊") if row["kind"] == "organization"]
        assert titles == ["新豊中市"]
