"""What is left of a question when its words of asking are gone."""

from __future__ import annotations

import pytest
from ckanext.orden.search.asking import asked_for


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("粗大ごみの日はいつですか", "粗大ごみの日"),
        ("市役所の電話番号が知りたいです", "市役所の電話番号"),
        ("プールはどこにありますか？", "プール"),
        ("児童手当について教えてください", "児童手当"),
        ("AEDありますか", "AED"),
        ("うちの近くの図書館はどこ", "図書館"),
        ("台風のときどこに逃げればいい", "台風のときどこに逃げればいい"),
        ("迷子の犬はどこに行けばいいですか", "迷子の犬"),
        ("救急車 いくら", "救急車"),
        ("Where can I find a library?", "library"),
        ("where is the city hall", "city hall"),
        ("请问图书馆在哪里", "图书馆"),
        ("도서관은 어디에 있나요?", "도서관"),
    ],
)
def test_a_question_asks_for_a_thing(question: str, thing: str) -> None:
    assert asked_for(question) == thing


@pytest.mark.parametrize(
    "name",
    [
        "何でも相談窓口",
        "いつでも図書館",
        "どこでも市役所",
        "誰でもトイレ",
        "避難所",
        "knowhow",
        "呢絨",
        "の",
        "か",
        "😀",
    ],
)
def test_a_name_is_no_question(name: str) -> None:
    assert asked_for(name) == name


@pytest.mark.parametrize("query", ["どこ", "知りたい", "いつですか", "where is the", "在哪里", "어디", "?", ""])
def test_asking_for_nothing_stays_what_it_is(query: str) -> None:
    assert asked_for(query) == query


def test_a_long_text_is_read_at_once() -> None:
    assert asked_for("どこに" * 300 + "ですか" * 300)
