"""Why a dataset was found."""

from __future__ import annotations

from typing import Any

from ckanext.orden.search.marking.marks import Found, Text
from ckanext.orden.search.marking.reasons import why
from ckanext.orden.search.marking.spans import Source, Span
from ckanext.orden.search.marking.typed import typed


def found(
    text: str = "", word: str = "", source: Source = "words", *, name: str = "title", holds: bool = True
) -> Found:
    spans = [Span(text.index(word), text.index(word) + len(word), source)] if word else []
    return Found("1", "one", {name: [Text(text, spans)]}, holds)


def reason(query: str, *dataset: Any, **more: Any) -> dict[str, Any]:
    return why(found(*dataset, **more), typed(query), meant=lambda: True) or {}


def test_a_word_as_typed_needs_no_explanation() -> None:
    assert reason("避難所", "指定避難所", "避難所") == {
        "kind": "words",
        "words": ["避難所"],
        "typed": None,
        "fields": ["title"],
    }


def test_a_synonym_stands_for_the_word_that_is_not_there() -> None:
    told = reason("AED 豊中市", "自動体外式除細動器", "自動体外式除細動器")
    assert (told["kind"], told["words"], told["typed"]) == ("synonym", ["自動体外式除細動器"], None)
    told = reason("AEDはどこ", "自動体外式除細動器", "自動体外式除細動器")
    assert told["typed"] == "AED"


def test_a_lone_sign_of_a_question_is_not_called_a_word() -> None:
    told = reason("災害のとき逃げるところ", "災害 避難場所", "避難場所")
    assert (told["kind"], told["typed"]) == ("synonym", None)
    assert reason("逃げるところ", "避難場所", "避難場所")["typed"] is None
    assert reason("水", "給水拠点", "拠点")["typed"] == "水"


def test_a_reading_is_no_synonym() -> None:
    told = reason("ひなんじょ", "指定避難所", "避難所", "reading")
    assert (told["kind"], told["typed"]) == ("reading", "ひなんじょ")


def test_another_form_of_a_word_is_that_word() -> None:
    assert reason("libraries", "City library", "library")["kind"] == "words"
    assert reason("借りる", "本を借りられます", "借り")["kind"] == "words"


def test_no_word_at_all_is_meaning_or_parts() -> None:
    nothing = found("公園", holds=False)
    assert (why(nothing, typed("遊び場"), meant=lambda: True) or {})["kind"] == "meaning"
    assert (why(nothing, typed("遊び場"), meant=lambda: False) or {})["kind"] == "parts"


def test_words_in_fields_that_are_not_shown_are_still_words() -> None:
    assert reason("公園", "駅")["kind"] == "words"
    assert reason("公園", "公園.csv", "公園", "literal", name="res_name")["fields"] == ["res_name"]


def test_a_query_without_words_has_no_reason() -> None:
    assert why(found("公園"), typed("title:公園"), meant=lambda: True) is None
