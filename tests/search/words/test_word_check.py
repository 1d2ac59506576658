"""The editors' text is judged line by line."""

from __future__ import annotations

import pytest
from ckanext.orden.search.words import word_check
from ckanext.orden.solr.build import TEXTS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a remark",
        "給水拠点, 給水所, 応急給水|0.7",
        "水がもらえる場所 => 給水拠点|0.9",
        "bus stop, バス停 # a remark",
        "AED, 自動体外式除細動器|1",
        "Wi-Fi, 無線LAN|.8",
        "PM2.5 => 大気汚染",
    ],
)
def test_a_good_line_is_taken(text: str) -> None:
    assert word_check.report(text).issues == ()


@pytest.mark.parametrize(
    ("line", "code", "value"),
    [
        ("給水拠点", "alone", "給水拠点"),
        ("給水拠点,", "empty", ""),
        ("=> 給水拠点", "empty", ""),
        ("甲 => 乙 => 丙", "arrow", "甲 => 乙 => 丙"),
        ("甲, 乙|多い", "weight", "乙|多い"),
        ("甲, 乙|0", "weight", "乙|0"),
        ("甲, 乙|7", "weight", "乙|7"),
        ("甲, 乙|", "weight", "乙|"),
        ("甲, 乙|0.5|0.7", "weight", "乙|0.5|0.7"),
        ('甲, "乙"', "signs", '"乙"'),
        ("甲, -乙", "signs", "-乙"),
        ("甲, 乙*", "signs", "乙*"),
        ("甲, title:乙", "signs", "title:乙"),
        ("甲, 乙 OR 丙", "signs", "乙 OR 丙"),
        ("甲, {!func}乙", "signs", "{!func}乙"),
        ("甲, ＊乙", "signs", "＊乙"),
        ("甲, 一覧", "says_nothing", "一覧"),
        ("甲, !!", "says_nothing", "!!"),
        ("甲, " + "乙" * 51, "long_word", "乙" * 51),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_how_to_mend_it(line: str, code: str, value: str) -> None:
    report = word_check.report(f"# head\n\n{line}\n避難所, ひなんばしょ")
    [issue] = report.issues
    assert (issue.code, issue.where, issue.value) == (f"words.{code}", "line 3", value)
    assert issue.message["ja"].startswith("3行目: ")
    assert issue.message["en"].startswith("Line 3: ")
    assert issue.hint["ja"] and issue.hint["en"]


SOME_LINES = 500
"""Of the reviewed text, which is longer than what editors may save."""


def test_a_text_beyond_measure_is_refused_as_a_whole() -> None:
    for text in ("甲, 乙\n" * (word_check.MOST_LINES + 1), "甲, 乙 # " + "x" * word_check.LONGEST_TEXT):
        [issue] = word_check.report(text).issues
        assert issue.code == "words.too_long"
    assert [issue.code for issue in word_check.report(", ".join("甲乙" for _ in range(61))).issues] == ["words.many"]


def test_only_the_first_hundred_problems_are_listed() -> None:
    report = word_check.report("甲\n" * 500)
    assert (len(report.issues), report.count("error")) == (100, 500)


def test_the_reviewed_text_of_the_configset_has_the_same_syntax() -> None:
    lines = (TEXTS / "synonyms.txt").read_text(encoding="utf-8").splitlines()
    for start in range(0, len(lines), SOME_LINES):
        assert word_check.report("\n".join(lines[start : start + SOME_LINES])).issues == ()
