"""The words of a query that can be marked."""

from __future__ import annotations

import pytest
from ckanext.orden.search.marking.typed import Typed, typed


@pytest.mark.parametrize(
    ("query", "words", "is_literal"),
    [
        ("豊中市　避難所", ("豊中市", "避難所"), False),
        ("避難所 データ", ("避難所",), False),
        ("避難所 OR 公園", ("避難所", "公園"), False),
        ("避難所 -公園", ("避難所",), False),
        ("避難所 NOT 公園", ("避難所",), False),
        ('避難所 -"都市 公園" NOT (水 火)', ("避難所",), True),
        ('"避難 場所" 豊中', ("避難 場所", "豊中"), True),
        ("避難*", ("避難",), False),
        ("title:避難所", (), False),
        ("*:*", (), False),
        ("", (), False),
        ("🙂 ーーー ()", ("ーーー",), False),
        (None, (), False),
    ],
)
def test_a_query_is_read_for_the_words_it_asks_for(query: str | None, words: tuple[str, ...], is_literal: bool) -> None:
    assert typed(query) == Typed(words, is_literal)


def test_a_long_query_has_a_bounded_number_of_words() -> None:
    assert len(typed("避 " * 500).words) <= 16
    assert len(typed('"避" ' * 500).words) <= 16
    assert len("".join(typed("避" * 1000).words)) <= 150


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("豊中市の避難所", ["豊中市", "避難所"]),
        ("AEDはどこにある", ["AED"]),
        ("ひなんじょ", ["ひなんじょ"]),
        ("粗大ごみ", ["粗大ごみ"]),
        ("借りる", ["借りる"]),
    ],
)
def test_a_question_is_taken_apart_and_a_word_is_not(query: str, parts: list[str]) -> None:
    assert typed(query).parts() == parts


def test_words_are_asked_each_and_together_without_solrs_signs() -> None:
    assert typed("bus stop").solr()["words"] == "(bus stop) OR bus OR stop"
    assert Typed(('a"b', "c:d")).solr()["words"] == '(a\\"b c\\:d) OR a\\"b OR c\\:d'


def test_quotes_ask_for_no_synonyms() -> None:
    asked = typed('"避難場所"').solr()
    assert asked["hl"] == "false"
    assert asked["words"] == '"避難場所"'
