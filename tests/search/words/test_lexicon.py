"""Words met in what somebody typed, without Solr."""

from __future__ import annotations

import pytest
from ckanext.orden.search.words.lexicon import Lexicon
from ckanext.orden.solr.generate import rules


def lexicon(*lines: str) -> Lexicon:
    return Lexicon(rules("\n".join(lines)))


def texts(words: Lexicon, typed: str) -> list[str]:
    return [variant.text for variant in words.variants(typed, 8)]


def test_a_group_finds_the_others_and_an_arrow_goes_one_way() -> None:
    words = lexicon("給水拠点, 給水所", "水がもらえる場所 => 給水拠点|0.9")
    assert texts(words, "給水所") == ["給水拠点"]
    assert texts(words, "水がもらえる場所") == ["給水拠点"]
    assert texts(words, "給水拠点") == ["給水所"]


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("水がもらえる場所はどこ", ["給水拠点はどこ"]),
        ("豊中市の水がもらえる場所", ["豊中市の給水拠点"]),
        ("ＷＡＴＥＲ　Station", ["給水拠点"]),
        ("water stations", []),
        ("underwater station", []),
        ("バスの時間", ["路線車両の時間"]),
        ("バスケット", []),
        ("マイクロバス", []),
        ("河川", []),
        ("川の水", ["一級水流の水"]),
        ("水をいすで", []),
        ("いすを", ["椅子を"]),
        ("쓰레기를", ["ごみ를"]),
    ],
)
def test_a_word_is_met_whole_and_in_any_spelling(typed: str, others: list[str]) -> None:
    words = lexicon(
        "水がもらえる場所 => 給水拠点",
        "Water Station => 給水拠点",
        "バス => 路線車両",
        "川 => 一級水流",
        "いす => 椅子",
        "쓰레기 => ごみ",
    )
    assert texts(words, typed) == others


def test_the_longest_word_at_a_place_is_met() -> None:
    words = lexicon("避難 => 退避", "避難所 => 逃げる所")
    assert texts(words, "避難所") == ["逃げる所"]
    assert texts(words, "避難場所") == ["退避場所"]


def test_weights_decide_which_words_come_first() -> None:
    words = lexicon("甲乙 => 丙丁|0.3, 戊己|0.9", "庚辛 => 壬癸|0.5")
    assert [(way.text, round(way.weight, 3)) for way in words.variants("甲乙 庚辛", 3)] == [
        ("戊己 庚辛", 0.9),
        ("甲乙 壬癸", 0.5),
        ("戊己 壬癸", 0.45),
    ]
    assert [way.text for way in words.others("甲乙 庚辛")] == ["戊己", "壬癸", "丙丁"]


def test_a_text_full_of_words_stays_small() -> None:
    words = lexicon("甲乙, " + ", ".join(f"語{number}番" for number in range(50)))
    assert len(words.variants("甲乙" * 70, 8)) == 8


def test_nothing_is_met_in_nothing() -> None:
    words = lexicon("甲乙, 丙丁")
    for typed in ("", " ", "🙂", "()"):
        assert texts(words, typed) == []
        assert words.others(typed) == []
    assert texts(Lexicon(), "甲乙") == []
