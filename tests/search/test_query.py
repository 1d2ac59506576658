"""What is asked of Solr, without Solr."""

from __future__ import annotations

from typing import Any

import pytest
from ckanext.orden.search import query as search
from ckanext.orden.search.query import Kind
from ckanext.orden.search.words.lexicon import Variant


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        (None, Kind.EVERYTHING),
        ("", Kind.EVERYTHING),
        (" *:* ", Kind.EVERYTHING),
        ('""', Kind.EVERYTHING),
        ("title:避難所", Kind.FIELDED),
        ("豊中市 -tags:防災", Kind.FIELDED),
        ("(name:a OR name:b)", Kind.FIELDED),
        ("{!knn f=v}x", Kind.FIELDED),
        ("fee:有償", Kind.FIELDED),
        ("extras_fee:有償", Kind.FIELDED),
        ("AED -vocab_orden_price:paid", Kind.FIELDED),
        ("title_yomi:ひな*", Kind.FIELDED),
        ("field_of_another_plugin:x", Kind.FIELDED),
        ('"避難所"', Kind.OPERATORS),
        ("避難所 OR 公園", Kind.OPERATORS),
        ("公園 -大阪", Kind.OPERATORS),
        ("避難*", Kind.OPERATORS),
        ("https://example.jp/a?b=c", Kind.OPERATORS),
        ("避難所", Kind.WORDS),
        ("大阪:人口", Kind.WORDS),
        ("大阪市/堺市", Kind.WORDS),
        ("避難所はどこ?", Kind.WORDS),
        ("where is a shelter?", Kind.WORDS),
        ("Wi-Fi 10:30", Kind.WORDS),
        ("Wi-Fi:大阪", Kind.WORDS),
        ("PDF形式:地図", Kind.WORDS),
        ("AED:豊中市", Kind.WORDS),
        ("豊中市 CSV:避難所", Kind.WORDS),
        ("wifi:大阪", Kind.WORDS),
        ("Title:避難所", Kind.WORDS),
        ("PM2.5 (大阪)", Kind.WORDS),
        ("🚒 ＡＥＤ", Kind.WORDS),
    ],
)
def test_a_query_is_of_its_kind(query: str | None, kind: Kind) -> None:
    assert search.kind(query) is kind


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("避難所", "避難所"),
        ("大阪市/堺市", "(大阪市 堺市) OR (大阪市 AND 堺市)"),
        ("大阪:人口", "(大阪 人口) OR (大阪 AND 人口)"),
        ("bus stop?", "(bus stop) OR (bus AND stop)"),
        ("where is it?", "it"),
        ("カフェ & バー", "(カフェ バー) OR (カフェ AND バー)"),
        ("PM2.5 (大阪)", "(PM2.5 大阪) OR (PM2.5 AND 大阪)"),
        ("豊中市　ＡＥＤ データ 一覧", "(豊中市 ＡＥＤ) OR (豊中市 AND ＡＥＤ)"),
        ("ＤＡＴＡ", "ＤＡＴＡ"),
        ("(", "("),
        ("https://example.jp/a?b", '"https://example.jp/a?b"'),
        ("避難所 OR 公園", "避難所 OR 公園"),
    ],
)
def test_words_are_asked_for_together_and_each_for_itself(query: str, asked: str) -> None:
    assert search.parameters({"q": query})["q"] == asked


def ways(*texts: str) -> Any:
    return lambda typed: [Variant(text, 0.5) for text in texts]


def test_other_words_are_asked_for_beside_and_below_what_was_typed() -> None:
    asked = search.parameters({"q": "水"}, ways("給水", "bus stop", "()"))["q"]
    assert asked == "(水) OR (給水)^0.150 OR (bus AND stop)^0.150"
    asked = search.parameters({"q": "水 場所"}, ways("給水 場所"))["q"]
    assert asked == "((水 場所) OR (水 AND 場所)) OR (給水 AND 場所)^0.150"
    for query in ('"水"', "水 OR 火", "title:水", "水*", "*:*", ""):
        assert search.parameters({"q": query}, ways("給水")) == search.parameters({"q": query})


def test_other_words_take_only_the_room_that_is_left() -> None:
    many = ways(*(f"語{number}" for number in range(99)))
    assert search.parameters({"q": "水"}, many)["q"].count("語") == 15
    assert search.parameters({"q": " ".join(f"語{number}" for number in range(16))}, ways("水"))["q"].count("水") == 0
    assert search.parameters({"q": "水" * 100}, ways("火" * 51, "火" * 50))["q"].count("火") == 50
    assert search.any_of(["水"], [Variant("bus stop", 0.5)]) == '水 ("bus" AND "stop")^0.50'
    assert search.any_of(["水"], many("")).count("語") == 15


@pytest.mark.parametrize(
    ("query", "half"),
    [
        ("甲乙丙丁" * 10, "甲乙丙丁" * 5),
        ("a b c d", "a b"),
        ("甲" * 10, "甲" * 10),
        ("甲", "甲"),
        ("甲" * 999, "甲" * 75),
    ],
)
def test_what_is_too_much_is_asked_by_its_first_half(query: str, half: str) -> None:
    assert search.shorter(query) == half


def test_solrs_word_for_too_much_is_known() -> None:
    assert search.too_much(
        ValueError("[Reason: Query contains too many nested clauses; maxClauseCount is set to 1024]")
    )
    assert search.too_much(ValueError("too many boolean clauses"))
    assert not search.too_much(ValueError("undefined field x"))


def test_a_page_of_words_is_cut() -> None:
    page = " ".join(f"語{number}" for number in range(200))
    assert search.parameters({"q": page})["q"] == " AND ".join(f"語{number}" for number in range(16))
    assert len(search.parameters({"q": "語" * 999})["q"]) == 150


def test_each_step_asks_for_less() -> None:
    asked = [(step["q"], step["mm"], step["defType"]) for step in search.steps("豊中 避難所 地図")]
    assert asked == [
        ("豊中 OR 避難所 OR 地図", "2", "edismax"),
        ("豊中 OR 避難所 OR 地図", "1", "edismax"),
        ("豊中 避難所 地図", "1", "dismax"),
        ("豊中 避難所 地図", "1", "dismax"),
    ]
    assert len(list(search.steps("豊中 避難所"))) == 3
    assert len(list(search.steps("避難所はどこ"))) == 2


@pytest.mark.parametrize("query", ["", "*:*", "title:避難所", "tags:防災 大阪市"])
def test_a_query_in_solrs_language_is_left_alone(query: str) -> None:
    assert search.parameters({"q": query}) == {}


@pytest.mark.parametrize("given", ["defType", "qf", "mm", "tie"])
def test_a_callers_own_parameters_are_left_alone(given: str) -> None:
    assert search.parameters({"q": "避難所", given: "x"}) == {}
    assert not search.wants_more({"q": "避難所", given: "x"}, 0, 3)


def test_quotes_are_literal() -> None:
    assert "text^2" not in search.parameters({"q": '"避難所"'})["qf"]


@pytest.mark.parametrize(
    ("query", "found", "few", "more"),
    [
        ("避難所", 0, 3, True),
        ("避難所", 2, 3, True),
        ("避難所", 3, 3, False),
        ("豊中市 避難所", 1, 3, True),
        ("🙂", 0, 3, False),
        ("避難所の一覧を教えて", 3, 3, False),
        ("避難所", 0, 0, False),
        ('"避難所"', 0, 3, False),
        ("title:避難所", 0, 3, False),
        ("*:*", 0, 3, False),
    ],
)
def test_near_datasets_follow_only_where_words_left_too_few(query: str, found: int, few: int, more: bool) -> None:
    assert search.wants_more({"q": query}, found, few) is more


@pytest.mark.parametrize(
    ("start", "rows", "shown", "expected"),
    [(0, 10, 2, (0, 8)), (2, 10, 0, (0, 10)), (10, 10, 0, (8, 10)), (0, 1, 1, (0, 0)), (1, 10, 1, (0, 9))],
)
def test_the_page_goes_on_where_the_first_search_ends(
    start: int, rows: int, shown: int, expected: tuple[int, int]
) -> None:
    changes = search.remainder({"start": start, "fq_list": ["+x:y"]}, ["id-1", "id-2"], shown, rows)
    assert (changes["start"], changes["rows"]) == expected
    assert changes["fq_list"] == ["+x:y", '-id:("id-1" OR "id-2")']


def answer(count: int, **tags: int) -> dict[str, Any]:
    items = [{"name": name, "display_name": name, "count": number} for name, number in tags.items()]
    return {
        "count": count,
        "results": [count],
        "facets": {"tags": tags},
        "search_facets": {"tags": {"title": "tags", "items": items}},
        "sort": "score desc",
    }


def test_counts_and_facets_of_two_answers_add_up() -> None:
    both = search.joined(answer(2, a=2, b=1), answer(5, a=3, c=2), 50)
    assert (both["count"], both["results"]) == (7, [2, 5])
    assert both["facets"] == {"tags": {"a": 5, "b": 1, "c": 2}}
    assert [(item["name"], item["count"]) for item in both["search_facets"]["tags"]["items"]] == [
        ("c", 2),
        ("b", 1),
        ("a", 5),
    ]


def test_a_count_that_a_cut_list_does_not_tell_is_not_invented() -> None:
    assert search.joined(answer(1, a=1, b=1), answer(9, a=5, c=4), 2)["facets"] == {"tags": {"a": 6, "c": 4}}
