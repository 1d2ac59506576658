"""Excerpts around words."""

from __future__ import annotations

from ckanext.orden.search.marking.excerpts import excerpt
from ckanext.orden.search.marking.spans import Segments, joined, literal

FAR = "市内の施設の名称、所在地、電話番号をまとめたものです。" * 60


def cut(text: str, *words: str) -> Segments:
    return excerpt(text, joined(text, literal(text, words)), str)


def said(pieces: Segments) -> str:
    return "".join(piece for piece, _ in pieces)


def test_a_word_at_the_beginning_leaves_the_beginning() -> None:
    assert cut("避難所の一覧です。", "避難所") == [("避難所", True), ("の一覧です。", False)]


def test_a_word_further_on_is_shown_with_what_is_before_it() -> None:
    pieces = cut("名称と住所。" * 20 + "災害のときの避難所です。", "避難所")
    assert pieces[0] == ("…", False)
    assert ("避難所", True) in pieces
    assert said(pieces).index("避難所") <= 20


def test_a_word_far_behind_is_found() -> None:
    assert ("避難所", True) in cut(FAR + "\n避難所です。" + FAR, "避難所")


def test_an_excerpt_is_never_longer_than_a_card_holds() -> None:
    for text in (FAR, FAR + "避難所" + FAR, "避難所" * 500, "a" * 5000):
        assert len(said(cut(text, "避難所"))) <= 122


def test_a_text_without_the_words_shows_its_beginning() -> None:
    pieces = cut(FAR, "避難所")
    assert said(pieces) == FAR[:119] + "…"
    assert not any(on for _, on in pieces)


def test_an_empty_text_has_no_pieces() -> None:
    assert cut("", "避難所") == []
