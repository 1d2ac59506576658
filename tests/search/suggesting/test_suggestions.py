"""What Solr is asked while somebody types, and how its answer is read."""

from __future__ import annotations

import logging
import re

import pytest
from ckanext.orden.search.suggesting import suggestions
from ckanext.orden.search.suggesting.suggestions import Found, Value
from ckanext.orden.search.suggesting.values import MARKS, packed, written


def term(kind: str, name: str, value: str) -> str:
    return MARKS[kind] + name + packed(value)


@pytest.mark.parametrize("typed", ['a" OR *:*', "a) OR (b", "a\\", "*", "?", "/a/", "a&fq=b"])
def test_signs_of_solr_are_words_here(typed: str) -> None:
    titles = re.sub(r"title_read:[\ue10fa-z]*\*", "", suggestions.titles(typed)).replace("\\\\", "")
    for sign in ('\\"', "\\(", "\\)", "\\*", "\\?", "\\/"):
        titles = titles.replace(sign, "")
    outside = "".join(titles.split('"')[::2])
    assert outside.count("*") == outside.count("title_exact:") == 1
    assert set(re.findall(r"(\w+):", outside)) <= {"title_exact", "title_ngram"}


def test_each_word_is_looked_for_by_itself() -> None:
    assert suggestions.titles("豊中 避難").endswith('((title_ngram:"豊中"^=1) AND (title_ngram:"避難"^=1))')


def test_kanji_are_asked_for_as_they_are_written_only() -> None:
    assert len(suggestions.request("避難")["facet.field"]) == len(MARKS)
    assert len(suggestions.request("ひなん")["facet.field"]) == 2 * len(MARKS)


def test_one_letter_asks_for_names_that_begin_with_it() -> None:
    asked = suggestions.request("a")
    for field, name in (("suggest_written", "\ue103aed"), ("suggest_read", "\ue103 aed setchi")):
        pattern = asked[f"f.{field}.facet.matches"]
        assert re.fullmatch(pattern, name)
        assert not re.fullmatch(pattern, name.replace("a", "x", 1))


def test_two_letters_ask_for_words_that_begin_with_them() -> None:
    pattern = suggestions.request("se")["f.suggest_read.facet.matches"]
    assert re.fullmatch(pattern, "\ue103 aed setchi kasho" + packed("x"))
    assert not re.fullmatch(pattern, "\ue103 aed kasetsu" + packed("x"))


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("ひなん", ["\ue103 hinan jo", "\ue103 shitei hinan basho"]),
        ("hu", ["\ue103 hukushi", "\ue103 fukushi"]),
        ("ＡＥＤ", ["\ue103 aed setchi"]),
        ("toshokan", ["\ue103 to sho kan"]),
    ],
)
def test_what_is_looked_for_before_the_pattern_leaves_out_no_name(typed: str, names: list[str]) -> None:
    asked = suggestions.request(typed)
    held = asked.get("f.suggest_read.facet.contains", "")
    for name in names:
        assert re.fullmatch(asked["f.suggest_read.facet.matches"], name)
        assert held in name
    assert asked["f.suggest_written.facet.contains"] == written(typed)


def test_a_value_counts_once_and_best_under_the_name_that_begins_so() -> None:
    facets = {
        "tag.suggest_written": [term("tag", "防災無線", "防災無線"), 9, term("tag", "bous", "bous"), 1],
        "tag.suggest_read": [term("tag", " bosai musen ", "防災無線"), 9, term("tag", " shobo bosai ", "消防防災"), 20],
    }
    found = suggestions.values(facets, "bous")
    assert [(value.value, value.count, value.begins) for value in found] == [
        ("防災無線", 9, True),
        ("bous", 1, True),
        ("消防防災", 20, False),
    ]


def test_kinds_stand_in_their_order_and_datasets_have_half_of_the_room() -> None:
    values = [Value(kind, f"{kind}{number}", 1, number == 2) for kind in reversed(MARKS) for number in range(5)]
    datasets = [{"name": f"d{number}"} for number in range(9)]
    kept, rest = suggestions.fitting(Found(values, datasets), 10)
    assert [value.kind for value in kept] == sorted((value.kind for value in kept), key=list(MARKS).index)
    assert (len(kept), len(rest)) == (5, 5)
    kept, rest = suggestions.fitting(Found(values, datasets[:1]), 10)
    assert (len(kept), len(rest)) == (9, 1)
    kept, rest = suggestions.fitting(Found(values[:1], datasets), 10)
    assert (len(kept), len(rest)) == (1, 9)
    kept, rest = suggestions.fitting(Found(values, datasets), 1)
    assert (len(kept), len(rest)) == (1, 0)


@pytest.mark.ckan_config("ckan.plugins", "orden")
@pytest.mark.usefixtures("with_plugins")
def test_an_older_configset_suggests_nothing_and_is_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(suggestions, "HANDLER", "/not-there")
    monkeypatch.setattr(suggestions.log, "disabled", False)
    with caplog.at_level(logging.WARNING):
        assert suggestions.find("避", 10, []) == Found([], [])
    assert "configset" in caplog.text
