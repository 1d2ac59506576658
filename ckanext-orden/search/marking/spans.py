"""Places in a text: where words stand, joined and cleaned; plain data in and out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple
from unicodedata import is_normalized, normalize

from ckanext.orden.solr.build import characters

OPEN, CLOSE = "\uf8f1", "\uf8f2"
"""Around a mark while it travels: signs of no language, apart from those that Japanese systems take for gaiji."""
DELIMITERS = {ord(OPEN): None, ord(CLOSE): None}
Source = Literal["literal", "words", "reading"]
STRONGEST: tuple[Source, ...] = ("literal", "words", "reading")
Segments = list[tuple[str, bool]]
"""A text in pieces, each with whether it is marked: `[("指定", False), ("避難所", True)]`."""

# A sign and what belongs to it: ｶﾞ is one sound.
CLUSTER = re.compile(r".[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*", re.DOTALL)
LATIN = re.compile(r"[0-9a-z]")
FEW_KANA = re.compile(r"[ぁ-ゖー]{1,3}|.", re.DOTALL)
YEAR, AFTER_YEAR = re.compile(r"[\d元]年?$"), re.compile(r"年度?|(?<=年)度")
TO_KATAKANA = {code: code + ord("ァ") - ord("ぁ") for code in range(ord("ぁ"), ord("ゖ") + 1)}


class Span(NamedTuple):
    """A marked place; `source` is what found it."""

    start: int
    end: int
    source: Source


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without its delimiters, and the places they stood around."""
    plain, places, begin, length = [], [], None, 0
    for piece in re.split(f"([{OPEN}{CLOSE}])", text):
        if piece == OPEN:
            begin = length
        elif piece == CLOSE:
            if begin is not None and begin < length:
                places.append((begin, length))
            begin = None
        else:
            plain.append(piece)
            length += len(piece)
    return "".join(plain), places


def marked(text: str, spans: Iterable[Span]) -> str:
    """A text with delimiters around its marks; its own private-use signs of that kind are gone."""
    pieces = ((part.translate(DELIMITERS), on) for part, on in segments(text, spans))
    return "".join(f"{OPEN}{part}{CLOSE}" if on else part for part, on in pieces)


def segments(text: str, spans: Iterable[tuple[int, int] | Span]) -> Segments:
    """A text in pieces, marked and not."""
    pieces: Segments = []
    position = 0
    for start, end, *_ in spans:
        pieces += [(text[position:start], False), (text[start:end], True)]
        position = end
    pieces.append((text[position:], False))
    return [piece for piece in pieces if piece[0]]


@cache
def _variants() -> dict[int, str]:
    return {ord(old): new for old, new in characters()}


def folded(text: str) -> str:
    """A text as it is compared: width, case, kana and variant characters are one."""
    return normalize("NFKC", text).casefold().translate(_variants()).translate(TO_KATAKANA)


def literal(text: str, words: Sequence[str]) -> Iterator[Span]:
    """Where words stand as they were typed."""
    whole = folded(text)
    wanted = [word for word in _folded(tuple(words)) if word in whole]
    if not wanted:
        return
    plain, starts, ends = _signs(text, whole)
    for word in wanted:
        for found in re.finditer(re.escape(word), plain):
            if _whole(plain, found.start(), found.end()):
                yield Span(starts[found.start()], ends[found.end() - 1], "literal")


def _signs(text: str, whole: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """A text as it is compared, and where each of its signs begins and ends in the text itself."""
    if len(whole) == len(text) and is_normalized("NFKC", text):
        return whole, range(len(text)), range(1, len(text) + 1)
    signs = [(_sign(cluster[0]), cluster.start(), cluster.end()) for cluster in CLUSTER.finditer(text)]
    plain = "".join(sign for sign, _, _ in signs)
    places = [(start, end) for sign, start, end in signs for _ in sign]
    return plain, [start for start, _ in places], [end for _, end in places]


@lru_cache(maxsize=8192)
def _sign(cluster: str) -> str:
    return folded(cluster)


@lru_cache(maxsize=32)
def _folded(words: tuple[str, ...]) -> list[str]:
    return list(filter(None, map(folded, words)))


def _whole(plain: str, start: int, end: int) -> bool:
    """Whether a place is no part of a longer Latin word or number."""
    return not (_both_latin(plain[start - 1 : start + 1]) or _both_latin(plain[end - 1 : end + 1]))


def _both_latin(pair: str) -> bool:
    return len(pair) == 2 and all(map(LATIN.match, pair))


def joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Marks that touch made one, without those that say nothing: a lone sign or few kana that nobody typed."""
    whole: list[Span] = []
    for span in sorted(spans):
        touches = bool(whole) and span.start <= whole[-1].end
        whole.append(_one(whole.pop(), span) if touches else span)
    tells = (span for span in whole if span.source == "literal" or not FEW_KANA.fullmatch(text[span.start : span.end]))
    return [_with_year(text, span) for span in tells]


def _one(first: Span, second: Span) -> Span:
    stronger = min(first, second, key=lambda span: STRONGEST.index(span.source))
    return Span(first.start, max(first.end, second.end), stronger.source)


def _with_year(text: str, span: Span) -> Span:
    """令和6 is analysed as a number; the reader sees 令和6年度."""
    after = AFTER_YEAR.match(text, span.end) if YEAR.search(text, span.start, span.end) else None
    return span._replace(end=after.end()) if after else span
