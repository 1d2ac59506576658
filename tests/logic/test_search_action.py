"""Search through CKAN's actions on a running Solr: quality, rights, paging, counts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from ckan import model
from ckan.lib.search import check_solr_schema_version, clear_all
from ckan.lib.search.query import PackageSearchQuery
from ckan.tests import factories
from ckan.tests.helpers import call_action

from bench import judged, search_run

pytestmark = [pytest.mark.ckan_config("ckan.plugins", "orden"), pytest.mark.usefixtures("with_plugins")]
OWN = judged.read(judged.OWN)


@pytest.fixture(scope="module")
def indexed() -> list[str]:
    """What this run has put into Solr: the judged set is indexed once, not for every test."""
    return []


@pytest.fixture()
def judged_index(with_plugins: None, reset_db: Callable[[], None], indexed: list[str]) -> None:
    if not model.repo.are_tables_created():
        reset_db()
    if not indexed or set(found("*:*", rows=1000)) != set(indexed):
        clear_all()
        search_run.index(OWN.datasets)
        indexed[:] = [dataset["name"] for dataset in OWN.datasets]


@pytest.fixture()
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What CKAN asks Solr, search by search."""
    searches: list[dict[str, Any]] = []
    run = PackageSearchQuery.run

    def listening(self: PackageSearchQuery, query: dict[str, Any], *arguments: Any, **named: Any) -> Any:
        searches.append(dict(query))
        return run(self, query, *arguments, **named)

    monkeypatch.setattr(PackageSearchQuery, "run", listening)
    return searches


def found(q: str, **parameters: Any) -> list[str]:
    return [dataset["name"] for dataset in call_action("package_search", q=q, **parameters)["results"]]


def whole(q: str) -> list[str]:
    """Those that hold all the words; what comes near follows them."""
    answer = call_action("package_search", q=q)
    return [dataset["name"] for dataset in answer["results"][: answer["orden_match_all_count"]]]


def anonymous(action: str, **parameters: Any) -> Any:
    return call_action(action, {"ignore_auth": False, "user": ""}, **parameters)


def dataset(title: str, organization: dict[str, Any], **values: Any) -> dict[str, Any]:
    return factories.Dataset(title=title, owner_org=organization["id"], notes="", **values)


@pytest.mark.usefixtures("judged_index")
class TestQuality:
    def test_the_judged_set_keeps_its_floor(self) -> None:
        score = judged.score(search_run.answers(OWN.queries))
        assert score.ndcg10 >= 0.97
        assert score.recall20 >= 0.99
        assert score.mrr >= 0.95
        assert score.zero_hits == 0

    @pytest.mark.parametrize(
        ("q", "expected"),
        [
            ("避難所", {"toyonaka-hinanjo", "sakai-hinanjo", "suita-hinanjo"}),
            ("ひなんじょ", {"toyonaka-hinanjo", "sakai-hinanjo", "suita-hinanjo"}),
            ("hinanjo", {"toyonaka-hinanjo", "sakai-hinanjo", "suita-hinanjo"}),
            ("ＡＥＤ", {"toyonaka-aed", "sakai-aed"}),
            ("豊中市 避難所", {"toyonaka-hinanjo"}),
            ("豊中市　避難所", {"toyonaka-hinanjo"}),
            ("豊中市の避難所", {"toyonaka-hinanjo"}),
            ("避難所/豊中市", {"toyonaka-hinanjo"}),
            ("豊中 ひなんじょ", {"toyonaka-hinanjo"}),
            ("shelter in toyonaka", {"toyonaka-hinanjo"}),
            ("豊中市 避難所 データ", {"toyonaka-hinanjo"}),
            ("AED:豊中市", {"toyonaka-aed"}),
        ],
    )
    def test_a_word_finds_its_kind_and_its_place_first(self, q: str, expected: set[str]) -> None:
        assert set(found(q)[: len(expected)]) == expected

    def test_a_place_named_is_the_only_place_that_holds_all_the_words(self) -> None:
        assert whole("豊中市 避難所") == ["toyonaka-hinanjo"]

    @pytest.mark.parametrize("q", ["東大阪 人口", "東大阪市 図書館"])
    def test_osaka_is_not_higashi_osaka(self, q: str) -> None:
        assert whole(q)
        assert all(name.startswith("higashiosaka") for name in whole(q))

    def test_an_explicit_or_is_an_or(self) -> None:
        assert {"toyonaka-hinanjo", "sakai-park"} <= set(found("避難所 OR 公園", rows=20))

    def test_quotes_mean_these_characters(self) -> None:
        assert "osaka-hinanbasho" in found("避難場所")
        assert found('"避難場所"') == ["osaka-hinanbasho"]

    def test_a_fielded_query_means_what_ckan_means(self, asked: list[dict[str, Any]]) -> None:
        assert set(found("title:予算 OR name:toyonaka-aed")) == {"suita-yosan", "toyonaka-aed"}
        assert "defType" not in asked[0]

    def test_titles_sort_by_their_reading(self) -> None:
        names = found("*:*", fq="organization:suita-city", sort="title_string asc")
        assert names == ["suita-gomi", "suita-hinanjo", "suita-kessan", "suita-yosan"]


@pytest.mark.usefixtures("judged_index")
class TestPartialMatches:
    QUESTION = "豊中市 浸水 ハザードマップ 地図"

    @pytest.mark.ckan_config("ckanext.orden.search.partial_below", 1)
    def test_enough_whole_matches_ask_solr_once(self, asked: list[dict[str, Any]]) -> None:
        answer = call_action("package_search", q="豊中市 避難所")
        assert (answer["orden_match"], answer["orden_match_all_count"], len(asked)) == ("all", 1, 1)

    def test_no_whole_match_gives_the_best_partial_ones(self, asked: list[dict[str, Any]]) -> None:
        answer = call_action("package_search", q="粗大ごみを夜中に出す方法")
        assert (answer["orden_match"], answer["orden_match_all_count"], len(asked)) == ("partial", 0, 2)
        assert answer["results"][0]["name"] == "sakai-gomi"

    def test_the_whole_match_comes_before_the_partial_ones(self) -> None:
        answer = call_action("package_search", q=self.QUESTION)
        assert (answer["orden_match"], answer["orden_match_all_count"]) == ("partial", 1)
        assert answer["results"][0]["name"] == "toyonaka-hazard"
        assert answer["count"] > 1

    @pytest.mark.parametrize("rows", [1, 2, 7])
    def test_pages_hold_each_dataset_once(self, rows: int) -> None:
        whole = found(self.QUESTION, rows=100)
        pages = [found(self.QUESTION, rows=rows, start=start) for start in range(0, len(whole), rows)]
        assert [name for page in pages for name in page] == whole
        assert len(set(whole)) == len(whole)

    def test_every_page_tells_the_same_counts(self) -> None:
        facets = {"facet.field": ["organization", "tags"], "facet.limit": -1}
        pages = [call_action("package_search", q=self.QUESTION, rows=r, start=s, **facets) for r, s in [(0, 0), (5, 5)]]
        whole = call_action("package_search", q=self.QUESTION, rows=100, **facets)
        assert len(whole["results"]) == whole["count"]
        for page in pages:
            assert (page["count"], page["facets"]) == (whole["count"], whole["facets"])
        assert sum(whole["facets"]["organization"].values()) == whole["count"]

    def test_each_facet_value_counts_what_it_narrows_to(self) -> None:
        facets = call_action("package_search", q="避難所はどこですか", **{"facet.field": ["organization"]})["facets"]
        for name, count in facets["organization"].items():
            narrowed = call_action("package_search", q="避難所はどこですか", fq=f"organization:{name}")
            assert narrowed["count"] == count

    def test_a_filter_stays(self) -> None:
        answer = call_action("package_search", q=self.QUESTION, fq="organization:sakai-city", rows=100)
        assert {dataset["organization"]["name"] for dataset in answer["results"]} <= {"sakai-city"}

    def test_an_order_asked_for_holds_within_whole_and_partial(self) -> None:
        answer = call_action("package_search", q=self.QUESTION, sort="name desc", rows=100)
        names = [dataset["name"] for dataset in answer["results"]]
        assert names == names[:1] + sorted(names[1:], reverse=True)

    def test_what_was_asked_is_not_changed(self) -> None:
        parameters = {
            "q": self.QUESTION,
            "fq_list": ["+state:active"],
            "facet.field": ["tags"],
            "extras": {"ext_a": "1"},
        }
        before = json.dumps(parameters)
        call_action("package_search", **parameters)
        assert json.dumps(parameters) == before

    @pytest.mark.parametrize("empty", ["", None])
    def test_empty_numbers_are_those_of_ckan(self, empty: str | None) -> None:
        answer = call_action("package_search", q=self.QUESTION, **{"facet.limit": empty, "rows": empty})
        assert answer == call_action("package_search", q=self.QUESTION)

    def test_an_operator_can_switch_it_off(self, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(ckan_config, "ckanext.orden.search.partial_below", 0)
        assert call_action("package_search", q="粗大ごみを夜中に出す方法")["count"] == 0

    @pytest.mark.parametrize("q", ["xyzzy", "ーーー", "🙂", "()", "a" * 1000])
    def test_nothing_to_find_is_an_empty_page(self, q: str) -> None:
        answer = call_action("package_search", q=q)
        assert (answer["count"], answer["orden_match"]) == (0, "all")

    @pytest.mark.parametrize(
        "q",
        [
            "避難 AND",
            "(避難",
            "避難)",
            "[避難 TO",
            "避難~",
            "避難^",
            "\\",
            "/",
            "a/b",
            '"避難',
            "避難 ||",
            "+",
            "???",
            "-",
            "&&",
            "：",
            "＊：＊",
        ],
    )
    def test_broken_syntax_is_answered(self, q: str) -> None:
        assert call_action("package_search", q=q)["count"] >= 0

    def test_a_query_of_a_thousand_characters_is_answered(self) -> None:
        titles = [dataset["title"] for dataset in OWN.datasets]
        synonyms = (
            "観光地 観光名所 観光スポット コロナ 新型コロナ wi-fi 無線LAN 保育園 バス停 停留所 避難所 病院 ごみ AED"
        )
        for q in (
            "豊中市の避難所と" * 125,
            "".join(titles) * 3,
            " ".join(titles) * 2,
            synonyms,
            synonyms.replace(" ", ""),
        ):
            assert call_action("package_search", q=q)["count"] > 0

    @pytest.mark.parametrize("words", range(3, 17))
    def test_any_number_of_words_is_answered(self, words: int) -> None:
        titles = [dataset["title"] for dataset in OWN.datasets]
        assert call_action("package_search", q=" ".join(titles[:words]))["count"] > 0


@pytest.mark.usefixtures("clean_db", "clean_index")
class TestRights:
    def test_a_private_dataset_is_neither_found_nor_counted(self) -> None:
        organization = factories.Organization(title="秘密市")
        dataset("指定避難所一覧", organization, private=True)
        dataset("公園一覧", organization)
        for q in ("避難所", "秘密市の避難所はどこですか", "秘密市 避難所 公園 地図"):
            answer = anonymous("package_search", q=q, **{"facet.field": ["organization"]})
            assert "指定避難所一覧" not in [found["title"] for found in answer["results"]]
            assert answer["count"] == sum(answer["facets"]["organization"].values()) == len(answer["results"])

    def test_a_member_finds_the_private_dataset(self) -> None:
        member = factories.User()
        organization = factories.Organization(users=[{"name": member["name"], "capacity": "member"}])
        dataset("指定避難所一覧", organization, private=True)
        context = {"ignore_auth": False, "user": member["name"]}
        answer = call_action("package_search", context, q="避難所の場所を教えて", include_private=True)
        assert answer["count"] == 1


@pytest.mark.usefixtures("clean_db", "clean_index")
class TestApi:
    def test_both_actions_answer_to_get(self, app: Any) -> None:
        answer = app.get("/api/3/action/package_search", query_string={"q": "避難所", "rows": "2", "start": "0"}).json
        assert answer["result"]["orden_match"] == "all"
        assert app.get("/api/3/action/orden_autocomplete", query_string={"q": "避"}).json["result"] == []

    def test_a_wrong_parameter_is_refused_as_by_ckan(self, app: Any) -> None:
        app.get("/api/3/action/package_search", query_string={"q": "避難所", "rows": "x"}, status=409)

    @pytest.mark.parametrize("q", [2024, True, ["避難所", "公園"]])
    def test_a_query_that_is_no_text_is_read_as_ckan_reads_it(self, app: Any, q: Any) -> None:
        app.post("/api/3/action/package_search", json={"q": q}, status=200)

    def test_a_query_given_twice_is_answered(self, app: Any) -> None:
        app.get("/api/3/action/package_search?q=a&q=b", status=200)

    def test_the_organisations_title_is_searched(self) -> None:
        dataset("公園", factories.Organization(title="豊中市"), name="park")
        assert found("豊中市") == ["park"]

    def test_the_search_page_shows_partial_matches(self, app: Any) -> None:
        dataset("粗大ごみの出し方", factories.Organization(title="豊中市"))
        page = app.get("/dataset/", query_string={"q": "粗大ごみの料金を教えて", "sort": "title_string asc"})
        assert "粗大ごみの出し方" in re.sub("</?mark>", "", page.body)

    def test_ckan_knows_the_schema(self) -> None:
        assert check_solr_schema_version()


@pytest.fixture()
def cli_command(cli: Any) -> Callable[..., Any]:
    from ckan.cli.cli import ckan  # noqa: PLC0415 (CKAN's CLI is loaded where it is used)

    return lambda *arguments: cli.invoke(ckan, arguments)


def test_the_command_writes_the_configset(cli_command: Callable[..., Any], tmp_path: Any) -> None:
    result = cli_command("orden", "solr-config", str(tmp_path / "conf"))
    assert result.exit_code == 0, result.output
    assert (tmp_path / "conf" / "schema.xml").exists()
