"""Why datasets are in a list, through the action on a running Solr."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.lib.search.common import SearchError, make_connection
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.orden.helpers import marks as shown
from ckanext.orden.search.marking import marks

pytestmark = [pytest.mark.ckan_config("ckan.plugins", "orden"), pytest.mark.usefixtures("with_plugins")]
HOSTILE = '<script>alert("避難所")</script>'
DATASETS = {
    "aed": {"title": "自動体外式除細動器の設置箇所"},
    "shelter": {"title": "指定避難所一覧", "notes": "**災害**のときの[避難所](https://example.jp/避難所)です。"},
    "budget": {"title": "令和6年度予算", "notes": "2024年度の歳入と歳出"},
    "hostile": {"title": HOSTILE, "notes": HOSTILE},
    "strange": {"title": "㈱🙂𠮟る避難所🙂 ﾋﾅﾝｼﾞｮ ㌢避難所", "notes": "か゛く𩸽避難所"},
    "far": {"title": "施設", "notes": "名称と住所をまとめたもの。" * 500 + "避難所もあります。"},
    "tagged": {"title": "施設の一覧", "notes": "", "tags": [{"name": "避難所"}]},
    "file": {
        "title": "市のデータ",
        "notes": "",
        "resources": [{"name": "避難所.csv", "url": "https://example.jp/a.csv"}],
    },
    "park": {"title": "公園", "notes": "", "extras": [{"key": "spot", "value": "避難所"}]},
    "quiet": {"title": "駅", "notes": ""},
}


@pytest.fixture(scope="module")
def built() -> list[str]:
    """Whether this module's datasets are there: its tests only look at them."""
    return []


@pytest.fixture()
def datasets(with_plugins: None, built: list[str], request: pytest.FixtureRequest) -> None:
    if built:
        return
    for emptied in ("clean_db", "clean_index"):
        request.getfixturevalue(emptied)
    city = factories.Organization(name="toyonaka", title="豊中市")
    for name, fields in DATASETS.items():
        factories.Dataset(name=name, owner_org=city["id"], **{"notes": "", **fields})
    factories.Dataset(name="secret", title="秘密の避難所", notes="避難所", owner_org=city["id"], private=True)
    make_connection().commit()
    built.append("datasets")


def asked(q: Any, *ids: str, **context: Any) -> dict[str, dict[str, Any]]:
    answer = call_action("orden_search_marks_list", {"ignore_auth": False, "user": "", **context}, q=q, ids=list(ids))
    return {found["name"]: found for found in answer}


def marked(pieces: list[tuple[str, bool]]) -> list[str]:
    return [piece for piece, on in pieces if on]


def said(pieces: list[tuple[str, bool]]) -> str:
    return "".join(piece for piece, _ in pieces)


@pytest.mark.usefixtures("datasets")
class TestMarks:
    @pytest.mark.parametrize(
        ("q", "name", "words", "kind", "typed"),
        [
            ("避難所", "shelter", ["避難所"], "words", None),
            ("AED", "aed", ["自動体外式除細動器"], "synonym", "AED"),
            ("aedはどこですか", "aed", ["自動体外式除細動器"], "synonym", "aed"),
            ("shelter", "shelter", ["避難所"], "synonym", "shelter"),
            ("ひなんじょ", "shelter", ["避難所"], "reading", "ひなんじょ"),
            ("hinanjo", "shelter", ["避難所"], "reading", "hinanjo"),
            ("豊中 ひなんじょ", "shelter", ["避難所"], "reading", "ひなんじょ"),
            ("2024年", "budget", ["令和6年度"], "words", None),
            ("令和6年", "budget", ["令和6年度"], "words", None),
            ("災害の避難所", "shelter", ["避難所"], "words", None),
            ('"避難所"', "shelter", ["避難所"], "words", None),
            ("避難所 OR 公園", "shelter", ["避難所"], "words", None),
        ],
    )
    def test_a_title_is_marked_as_it_was_found(
        self, q: str, name: str, words: list[str], kind: str, typed: str | None
    ) -> None:
        found = asked(q, name)[name]
        assert marked(found["title"]) == words
        assert said(found["title"]) == DATASETS[name]["title"]
        assert (found["why"]["kind"], found["why"]["typed"]) == (kind, typed)

    def test_quotes_mark_no_synonym(self) -> None:
        assert marked(asked('"避難場所"', "shelter")["shelter"]["title"]) == []

    @pytest.mark.parametrize(
        "q", ["避難所", "ひなんじょ", "shelter", "ﾋﾅﾝｼﾞｮ", "𠮟る", "㈱", "株", "か゛く", "がく", "🙂"]
    )
    def test_marks_cover_whole_signs_of_the_text(self, q: str) -> None:
        found = asked(q, "strange")["strange"]
        assert said(found["title"]) == DATASETS["strange"]["title"]
        assert said(found["notes"]) == DATASETS["strange"]["notes"]
        texts = [*marked(found["title"]), *marked(found["notes"])]
        assert set(texts) <= {"避難所", "ﾋﾅﾝｼﾞｮ", "𠮟る", "㈱", "か゛く", "𠮟る避難所", "𩸽避難所"}

    def test_hostile_texts_are_marked_text(self) -> None:
        found = asked("避難所", "hostile")["hostile"]
        assert said(found["title"]) == HOSTILE
        assert marked(found["title"]) == ["避難所"]

    def test_markdown_is_plain_and_marked_once(self) -> None:
        notes = asked("避難所", "shelter")["shelter"]["notes"]
        assert (said(notes), marked(notes)) == ("災害のときの避難所です。", ["避難所"])

    def test_a_description_is_shown_where_the_word_is(self) -> None:
        notes = asked("避難所", "far")["far"]["notes"]
        assert marked(notes) == ["避難所"]
        assert len(said(notes)) < 130

    def test_fields_that_a_card_does_not_show_are_told(self) -> None:
        found = asked("避難所", "tagged", "file", "park", "quiet")
        assert found["tagged"]["tags"] == [[("避難所", True)]]
        assert [marked(name) for name in found["file"]["files"]] == [["避難所"]]
        assert found["park"]["why"] == {"kind": "words", "words": [], "typed": None, "fields": []}
        assert found["quiet"]["why"]["kind"] == "meaning"

    @pytest.mark.ckan_config("ckanext.orden.search.encoder", "none")
    def test_without_an_encoder_nothing_is_called_close_in_meaning(self) -> None:
        assert asked("避難所", "quiet")["quiet"]["why"]["kind"] == "parts"

    def test_datasets_come_in_the_order_asked_for(self) -> None:
        assert list(asked("避難所", "quiet", "shelter", "aed")) == ["quiet", "shelter", "aed"]

    @pytest.mark.parametrize("q", ["title:避難所", "*:*", "", None])
    def test_a_query_without_words_marks_nothing(self, q: str | None) -> None:
        found = asked(q, "shelter")["shelter"]
        assert said(found["title"]) == "指定避難所一覧"
        assert marked(found["title"]) == []
        assert found["why"] is None

    @pytest.mark.parametrize(
        "q",
        [
            "避" * 1000,
            "避難所 " * 200,
            "避難 所の場 " * 100,
            "🙂",
            '"',
            '""',
            "a/b (c",
            "{!lucene}x",
            "\\",
            "＊：＊",
            "-避難所",
            "観光地 観光名所 観光スポット コロナ 新型コロナ wi-fi 無線LAN 保育園 バス停 停留所 避難所 病院 ごみ AED",
            2024,
            ["a"],
        ],
    )
    def test_any_query_is_answered(self, q: Any) -> None:
        assert said(asked(q, "shelter")["shelter"]["title"]) == "指定避難所一覧"


@pytest.mark.usefixtures("datasets")
class TestRights:
    def test_a_dataset_that_the_reader_may_not_see_gives_nothing(self) -> None:
        secret = model.Package.get("secret")
        assert secret is not None
        assert asked("避難所", "secret", secret.id) == {}
        outsider = factories.User()
        assert asked("避難所", "secret", user=outsider["name"], auth_user_obj=model.User.get(outsider["id"])) == {}

    def test_a_member_sees_the_marks_of_a_private_dataset(self) -> None:
        member = factories.User()
        call_action("organization_member_create", id="toyonaka", username=member["name"], role="member")
        context = {"ignore_auth": False, "user": member["name"], "auth_user_obj": model.User.get(member["id"])}
        answer = call_action("orden_search_marks_list", context, q="避難所", ids=["secret"], include_private=True)
        assert [marked(found["title"]) for found in answer] == [["避難所"]]

    def test_a_hidden_dataset_changes_nothing_of_the_others(self) -> None:
        assert list(asked("避難所", "secret", "shelter")) == ["shelter"]


@pytest.mark.usefixtures("datasets")
class TestInput:
    @pytest.mark.parametrize("ids", [{"a": 1}, [1], 5, [["a"]], ["a"] * 101])
    def test_ids_that_are_none_are_refused_in_words(self, ids: Any) -> None:
        with pytest.raises(tk.ValidationError) as refused:
            call_action("orden_search_marks_list", q="避難所", ids=ids)
        assert refused.value.error_dict["ids"]

    def test_one_id_or_none_is_answered(self, app: Any) -> None:
        address = "/api/3/action/orden_search_marks_list"
        answer = app.get(address, query_string={"q": "避難所", "ids": "shelter"}).json["result"]
        assert answer[0]["title"] == [["指定", False], ["避難所", True], ["一覧", False]]
        assert app.get(address, query_string={"q": "避難所"}).json["result"] == []
        assert app.get(address, query_string={"q": "避難所", "ids": 'a" OR *:*'}).json["result"] == []

    def test_a_solr_that_cannot_mark_is_an_error_of_the_search(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(marks, "HANDLER", "/orden-none")
        with pytest.raises(SearchError):
            call_action("orden_search_marks_list", q="避難所", ids=["shelter"])


@pytest.mark.usefixtures("datasets")
class TestPages:
    def test_a_page_of_results_is_marked_and_says_why(self, app: Any) -> None:
        page = app.get("/dataset/", query_string={"q": "AED"}, headers={"Accept-Language": "ja"}).body
        assert "<mark>自動体外式除細動器</mark>の設置箇所" in page
        assert "「AED」に当たる言葉：自動体外式除細動器" in page

    def test_an_organisations_page_is_marked_too(self, app: Any) -> None:
        page = app.get("/organization/toyonaka", query_string={"q": "避難所"}).body
        assert "指定<mark>避難所</mark>一覧" in page

    def test_hostile_texts_stay_text_in_the_page(self, app: Any) -> None:
        page = app.get("/dataset/", query_string={"q": "避難所"}).body
        assert "&lt;script&gt;alert(&#34;<mark>避難所</mark>&#34;)&lt;/script&gt;" in page
        assert "<script>alert(" not in page

    @pytest.mark.parametrize(("q", "calls"), [("避難所", 1), ("", 0), ("title:避難所", 0)])
    def test_only_a_page_of_words_asks_once_more(
        self, app: Any, monkeypatch: pytest.MonkeyPatch, q: str, calls: int
    ) -> None:
        counted: list[Any] = []
        ask = marks.found
        monkeypatch.setattr(marks, "found", lambda *asked: counted.append(asked) or ask(*asked))
        app.get("/dataset/", query_string={"q": q}, status=200)
        app.get("/api/3/action/package_search", query_string={"q": q}, status=200)
        assert len(counted) == calls

    def test_a_page_without_marks_is_still_a_page(self, app: Any, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
        monkeypatch.setattr(marks, "HANDLER", "/orden-none")
        monkeypatch.setattr(shown.log, "disabled", False)
        page = app.get("/dataset/", query_string={"q": "避難所"}, status=200).body
        assert "指定避難所一覧" in page
        assert "<mark>" not in page
        assert "without marks" in caplog.text
