"""Whether a text of words that find each other can be used, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ckanext.orden.solr.build import query_stop_words

from ...types import Issue, Report, Text
from .. import query
from .lexicon import folded

LONGEST_TEXT, LONGEST_WORD, MOST_LINES, MOST_TERMS = 200_000, 50, 3_000, 60
MOST_ISSUES = 100
WEIGHT = re.compile(r"(?:0?\.\d+|0\.\d+|1(?:\.0+)?)")
_EXAMPLE: Text = {
    "ja": "例: 避難所, ひなん場所|0.8　または　水がもらえる場所 => 給水拠点|0.9",
    "en": "For example: shelter, refuge|0.8 or: where to get water => water supply point|0.9",
}
_TEXTS: dict[str, tuple[Text, Text]] = {
    "too_long": (
        {"ja": "全体が長すぎます。", "en": "The text is too long."},
        {
            "ja": f"{LONGEST_TEXT:,} 字、{MOST_LINES:,} 行までにしてください。",
            "en": f"Keep to {LONGEST_TEXT:,} characters and {MOST_LINES:,} lines.",
        },
    ),
    "alone": (
        {"ja": "語が1つしかありません。", "en": "There is only one word."},
        {
            "ja": "同じ意味の語をコンマで並べてください。",
            "en": "Put words of the same meaning side by side, with commas.",
        },
    ),
    "empty": (
        {"ja": "語のないところがあります。", "en": "A word is missing."},
        {"ja": "余分なコンマを消すか、語を書いてください。", "en": "Take the comma out or write the word."},
    ),
    "arrow": (
        {"ja": "「=>」が2つ以上あります。", "en": "There is more than one =>."},
        {"ja": "1行に「=>」は1つだけです。行を分けてください。", "en": "One => a line: make two lines of it."},
    ),
    "weight": (
        {"ja": "重みが読み取れません。", "en": "The weight cannot be read."},
        {
            "ja": "「|」のあとに 0 より大きく 1 以下の数を書いてください（例: |0.7）。",
            "en": "After | write a number above 0 and up to 1, such as |0.7.",
        },
    ),
    "long_word": (
        {"ja": "語が長すぎます。", "en": "The word is too long."},
        {"ja": f"{LONGEST_WORD} 字までにしてください。", "en": f"Keep to {LONGEST_WORD} characters."},
    ),
    "many": (
        {"ja": "1行の語が多すぎます。", "en": "There are too many words in a line."},
        {"ja": f"{MOST_TERMS} 語までにし、行を分けてください。", "en": f"Keep to {MOST_TERMS} and make more lines."},
    ),
    "signs": (
        {"ja": "検索の記号を含む語は使えません。", "en": "The word has signs that a search reads as commands."},
        {
            "ja": "引用符、*、~、文頭の - や +、AND、OR、NOT、「項目名:」を除いてください。",
            "en": 'Leave out ", *, ~, a leading - or +, AND, OR, NOT and names of fields with a colon.',
        },
    ),
    "says_nothing": (
        {"ja": "検索で読み飛ばす語です。", "en": "A search passes over this word."},
        {
            "ja": "「データ」「一覧」のような語や記号だけの語は使えません。ほかの語にしてください。",
            "en": "Words such as data or list, and signs alone, have no effect: take another word.",
        },
    ),
}


def report(text: str) -> Report:
    """Every problem of the text, with its line and how to mend it."""
    lines = text.splitlines()
    if len(text) > LONGEST_TEXT or len(lines) > MOST_LINES:
        return Report((_issue("too_long", "", f"{len(text):,} / {len(lines):,}"),), checked=len(lines))
    issues = [
        _issue(problem, str(number), value)
        for number, line in enumerate(lines, 1)
        for problem, value in _problems(line.split("#")[0].strip())
    ]
    return Report(tuple(issues), checked=len(lines)).shortened(MOST_ISSUES)


def _problems(line: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a line, and the part that is."""
    if not line:
        return
    sides = line.split("=>")
    if len(sides) > 2:
        yield "arrow", line
        return
    terms = [term.strip() for side in sides for term in side.split(",")]
    if len(terms) > MOST_TERMS:
        yield "many", str(len(terms))
    if len(terms) == 1:
        yield "alone", line
    for term in terms:
        yield from _of_term(term)


def _of_term(term: str) -> Iterator[tuple[str, str]]:
    word, bar, weight = term.partition("|")
    if not word.strip():
        yield "empty", term
    elif len(word) > LONGEST_WORD:
        yield "long_word", word
    elif query.kind(word) is not query.Kind.WORDS or query.kind(folded(word)) is not query.Kind.WORDS:
        yield "signs", word
    elif not query.LETTER.search(word) or folded(word) in query_stop_words():
        yield "says_nothing", word
    if bar and not (WEIGHT.fullmatch(weight.strip()) and float(weight) > 0):
        yield "weight", term


def _issue(problem: str, line: str, value: str) -> Issue:
    message, hint = _TEXTS[problem]
    if line:
        message = {"ja": f"{line}行目: {message['ja']}", "en": f"Line {line}: {message['en']}"}
    if problem == "alone":
        hint = {language: f"{hint[language]} {example}" for language, example in _EXAMPLE.items()}
    return Issue(f"words.{problem}", "error", "", message, hint, f"line {line}" if line else "", value[:100])
