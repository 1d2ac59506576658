"""What comes near a query, on a running Solr: rights, filters, honesty, and what happens without an encoder."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from ckan.lib.search import clear_all
from ckan.lib.search.common import SearchError, make_connection
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.orden.search import near

OPTION = "ckanext.orden.search.encoder"
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", "orden"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]
TITLES = {
    "toilet": "多目的トイレ一覧",
    "nursery": "保育施設の空き状況",
    "timetable": "市バス時刻表",
    "waste": "家庭系一般廃棄物の収集日程",
    "committee": "農業委員会の議事録",
}


@pytest.fixture(autouse=True)
def organization(with_plugins: None, clean_db: None, clean_index: None) -> dict[str, Any]:
    organization = factories.Organization(title="豊中市", name="toyonaka")
    for name, title in TITLES.items():
        add(name=name, title=title, notes="", owner_org=organization["id"])
    return organization


def add(**values: Any) -> None:
    """A dataset that is searched from now on; CKAN's own commit does not wait for it."""
    factories.Dataset(**values)
    make_connection().commit()


def search(q: str, **parameters: Any) -> dict[str, Any]:
    return call_action("package_search", {"ignore_auth": False, "user": ""}, q=q, **parameters)


def names(answer: dict[str, Any]) -> list[str]:
    return [dataset["name"] for dataset in answer["results"]]


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("車いすで入れるお手洗い", "toilet"),
        ("子どもを預けたい", "nursery"),
        ("bus schedule", "timetable"),
        ("垃圾收集日", "waste"),
        ("쓰레기 수거일", "waste"),
    ],
)
def test_words_that_no_title_has_find_what_they_mean(q: str, first: str) -> None:
    assert names(search(q))[0] == first


def test_what_holds_all_the_words_stays_first() -> None:
    answer = search("時刻表")
    assert (names(answer)[0], answer["orden_match_all_count"]) == ("timetable", 1)


def test_the_best_that_are_known_mean_what_a_search_for_them_would() -> None:
    visible = near.visible({"user": ""}, {})
    known = [dataset["id"] for dataset in search("時刻表")["results"]][:1]
    assert near.surely("時刻表", visible, known) == near.surely("時刻表", visible) != []
    hidden = [*visible, "-*:*"]
    assert near.surely("時刻表", hidden, known) == near.surely("時刻表", hidden) == []


def test_an_answer_by_meaning_and_none_are_told_apart(organization: dict[str, Any]) -> None:
    add(name="sports", title="体育館・野球場の一覧", notes="", owner_org=organization["id"])
    assert search("垃圾收集日")["orden_match"] == "partial"
    answer = search("大谷翔平の成績")
    assert (answer["orden_match"], answer["orden_match_all_count"]) == ("nearest", 0)


def test_words_that_no_dataset_holds_need_more_than_a_vague_meaning(organization: dict[str, Any]) -> None:
    add(name="marriages", title="婚姻・離婚件数（人口動態統計）", notes="", owner_org=organization["id"])
    unknown, known = search("離婚届 書き方"), search("離婚 書き方")
    assert (unknown["orden_match"], known["orden_match"]) == ("nearest", "partial")
    assert names(unknown)[0] == names(known)[0] == "marriages"


def test_a_word_that_only_a_hidden_dataset_holds_is_not_known(organization: dict[str, Any]) -> None:
    add(name="marriages", title="婚姻・離婚件数（人口動態統計）", notes="", owner_org=organization["id"])
    add(title="離婚届の用紙", owner_org=organization["id"], private=True)
    assert search("離婚届 書き方")["orden_match"] == "nearest"


@pytest.mark.parametrize("q", ['"お手洗い"', "title:お手洗い", "お手洗い OR 便器", "*:*"])
def test_quotes_fields_and_operators_take_what_they_say(q: str) -> None:
    answer = search(q)
    assert answer["count"] == answer["orden_match_all_count"]


def test_a_hidden_dataset_neither_shows_nor_counts_nor_answers(organization: dict[str, Any]) -> None:
    add(name="sports", title="体育館・野球場の一覧", notes="", owner_org=organization["id"])
    before = search("大谷翔平の成績", **{"facet.field": ["organization", "tags"]})
    tags = [{"name": "野球"}]
    add(title="大谷翔平選手の打撃成績", owner_org=organization["id"], private=True, tags=tags)
    after = search("大谷翔平の成績", **{"facet.field": ["organization", "tags"]})
    assert (names(after), after["count"], after["facets"]) == (names(before), before["count"], before["facets"])
    assert after["orden_match"] == before["orden_match"] == "nearest"
    assert search("大谷翔平の成績", include_private=True)["orden_match_all_count"] == 0


def test_hidden_datasets_take_no_place_among_the_nearest(
    organization: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near, "NEAREST", 2)
    before = names(search("車いすで入れるお手洗い"))
    for number in range(3):
        add(title=f"車いす対応のお手洗い{number}", owner_org=organization["id"], private=True)
    assert names(search("車いすで入れるお手洗い")) == before


def test_each_filter_narrows_to_what_it_counted() -> None:
    facets = search("子どもを預けたい", **{"facet.field": ["name"]})["facets"]["name"]
    assert facets
    for name, count in facets.items():
        assert search("子どもを預けたい", fq=f"name:{name}")["count"] == count


def test_a_filter_that_leaves_nothing_near_looks_again_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "NEAREST", 1)
    assert names(search("子どもを預けたい")) == ["nursery"]
    assert names(search("子どもを預けたい", fq="-name:nursery")) != []


def test_the_faintest_evidence_is_still_an_order() -> None:
    ids = [search(f'"{title}"')["results"][0]["id"] for title in (TITLES["toilet"], TITLES["waste"])]
    faint = [near.Near(ids[0], 2e-7, 0.0), near.Near(ids[1], 1e-7, 0.0)]
    answer = call_action("package_search", **near.in_order(faint))
    assert names(answer) == ["toilet", "waste"]


def test_pages_are_parts_of_one_order() -> None:
    whole = search("子どもを預けたい", rows=100)
    pages = [search("子どもを預けたい", rows=1, start=start) for start in range(whole["count"])]
    assert [name for page in pages for name in names(page)] == names(whole)


@pytest.mark.ckan_config(OPTION, "none")
def test_without_an_encoder_words_alone_go_on() -> None:
    assert search("車いすで入れるお手洗い")["orden_match"] != "nearest"
    assert names(search("バスの時刻を教えて"))[0] == "timetable"


def test_an_older_configset_is_words_alone_and_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(near, "HANDLER", "/not-there")
    monkeypatch.setattr(near.log, "disabled", False)
    with caplog.at_level(logging.WARNING):
        assert names(search("バスの時刻を教えて"))[0] == "timetable"
    assert "configset" in caplog.text


@pytest.mark.parametrize(
    "q",
    [
        "🙂 お手洗い",
        "お手洗い' OR '1'='1",
        "お手洗い&fq=-state:active",
        "お手洗い\x00",
        "aあ가汉" * 300,
        "\u202eお手洗い",
    ],
)
def test_anything_typed_is_answered(q: str) -> None:
    assert search(q)["count"] >= 0


def test_solrs_own_parsers_stay_refused() -> None:
    with pytest.raises(SearchError):
        search("{!func}お手洗い")


def test_an_empty_index_has_nothing_near(clean_index: None) -> None:
    clear_all()
    answer = search("車いすで入れるお手洗い")
    assert (answer["count"], answer["results"]) == (0, [])
