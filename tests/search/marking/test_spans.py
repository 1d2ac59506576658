"""Places of words in texts."""

from __future__ import annotations

import pytest
from ckanext.orden.search.marking.spans import CLOSE, OPEN, Span, joined, literal, marked, segments, unmarked


def words_in(text: str, *words: str) -> list[str]:
    return [text[span.start : span.end] for span in joined(text, literal(text, words))]


class TestLiteral:
    @pytest.mark.parametrize(
        ("text", "typed", "expected"),
        [
            ("指定避難所一覧", "避難所", ["避難所"]),
            ("ＡＥＤ設置箇所", "aed", ["ＡＥＤ"]),
            ("ヒナンジョの地図", "ひなんじょ", ["ヒナンジョ"]),
            ("ｶﾞｿﾘﾝスタンド", "ガソリン", ["ｶﾞｿﾘﾝ"]),
            ("㈱なにわ", "株", ["㈱"]),
            ("🙂避難所𠮟る避難所🙂", "避難所", ["避難所", "避難所"]),
            ("𠮟る声", "𠮟る", ["𠮟る"]),
            ("圖書館の図書館", "図書館", ["圖書館", "図書館"]),
            ("information", "in", []),
            ("parking in Osaka", "in", ["in"]),
            ("2024年と12024", "2024", ["2024年"]),
            ("도서관 목록", "도서관", ["도서관"]),
        ],
    )
    def test_a_word_is_found_in_any_spelling(self, text: str, typed: str, expected: list[str]) -> None:
        assert words_in(text, typed) == expected

    def test_a_word_that_is_not_there_is_not_marked(self) -> None:
        assert words_in("公園一覧", "避難所") == []


class TestJoined:
    def test_marks_that_touch_are_one(self) -> None:
        spans = [Span(2, 4, "words"), Span(4, 5, "words"), Span(2, 5, "reading")]
        assert joined("指定避難所", spans) == [Span(2, 5, "words")]

    def test_a_lone_sign_or_particle_that_nobody_typed_goes(self) -> None:
        text = "市役所にある、水"
        spans = [Span(2, 3, "words"), Span(4, 6, "words"), Span(7, 8, "literal")]
        assert joined(text, spans) == [Span(7, 8, "literal")]

    @pytest.mark.parametrize(
        ("text", "said"),
        [("令和6年度予算", "令和6年度"), ("令和元年の", "令和元年"), ("2024の", "2024"), ("気温30度", "気温30")],
    )
    def test_a_year_is_marked_with_its_counter(self, text: str, said: str) -> None:
        end = len(said.removesuffix("年度").removesuffix("年"))
        [span] = joined(text, [Span(0, end, "words")])
        assert text[span.start : span.end] == said


class TestDelimiters:
    def test_what_is_marked_reads_back_the_same(self) -> None:
        text = "指定<script>避難所"
        assert unmarked(marked(text, [Span(10, 13, "words")])) == (text, [(10, 13)])

    def test_a_delimiter_of_the_texts_own_goes_with_the_marks(self) -> None:
        text = f"{CLOSE}避難{OPEN}所"
        assert unmarked(marked(text, [Span(1, 3, "words")]))[0] == "避難所"

    @pytest.mark.parametrize("text", [OPEN, CLOSE, f"{OPEN}{CLOSE}", f"{CLOSE}a{OPEN}b", f"{OPEN}{OPEN}a"])
    def test_delimiters_without_their_like_mark_nothing_empty(self, text: str) -> None:
        plain, places = unmarked(text)
        assert all(0 <= start < end <= len(plain) for start, end in places)

    def test_segments_hold_the_whole_text(self) -> None:
        assert segments("指定避難所一覧", [Span(2, 5, "words")]) == [
            ("指定", False),
            ("避難所", True),
            ("一覧", False),
        ]
