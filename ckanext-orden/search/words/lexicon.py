"""Words that find each other, met in what somebody typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import prod
from typing import NamedTuple
from unicodedata import normalize

from ckanext.orden.solr.generate import Term

Rule = tuple[Sequence[Term], Sequence[Term]]
MOST_PLACES, MOST_OTHERS = 4, 5
"""So many words of a query are looked at together, and so many others of each."""


class Place(NamedTuple):
    """A word of the lexicon in a text, from one character to before another."""

    start: int
    end: int
    others: Mapping[str, float]


@dataclass(frozen=True)
class Variant:
    """The same said in other words, and how much it counts beside what was typed."""

    text: str
    weight: float


class Lexicon:
    """Words and what each also means, with weights; spelling that Solr takes as one is one here, too."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self._others: dict[str, dict[str, float]] = {}
        for typed, meant in rules:
            for term in typed:
                self._add(folded(term.text), meant)
        self._longest = max(map(len, self._others), default=0)

    def _add(self, word: str, meant: Sequence[Term]) -> None:
        others = self._others.setdefault(word, {})
        for text, weight in meant:
            other = folded(text)
            if other != word:
                others[other] = max(weight, others.get(other, 0))

    def places(self, text: str) -> list[Place]:
        """Where words of the lexicon stand in a folded text, the longest at each place."""
        found, start = [], 0
        while start < len(text):
            place = self._longest_at(text, start)
            if place:
                found.append(place)
            start = place.end if place else start + 1
        return found

    def _longest_at(self, text: str, start: int) -> Place | None:
        for end in range(min(len(text), start + self._longest), start, -1):
            others = self._others.get(text[start:end])
            if others and is_whole(text, start, end):
                return Place(start, end, others)
        return None

    def others(self, text: str) -> list[Variant]:
        """What the words of a text also mean, each for itself, what means most the same first."""
        best: dict[str, float] = {}
        for place in self.places(folded(text)):
            for other, weight in place.others.items():
                best[other] = max(weight, best.get(other, 0))
        return [Variant(other, weight) for other, weight in sorted(best.items(), key=lambda other: -other[1])]

    def variants(self, text: str, most: int) -> list[Variant]:
        """The whole text in other words, what means most the same first."""
        plain = folded(text)
        places = self.places(plain)[:MOST_PLACES]
        ways = [
            Variant(_replaced(plain, places, [other for other, _ in choice]), prod(weight for _, weight in choice))
            for choice in product(*(list(_choices(plain, place)) for place in places))
        ]
        ways.sort(key=lambda way: -way.weight)
        return [way for way in ways if way.text != plain][:most]


def folded(text: str) -> str:
    """Without width and case, as Solr's analysis begins."""
    return normalize("NFKC", text).casefold().strip()


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether what stands there can be a word, and no part of one: バス is none in バスケット, 川 none in 河川."""
    length = end - start
    first, last = _script(text[start]), _script(text[end - 1])
    begins = start == 0 or _script(text[start - 1]) != first or length > _PART_BEGINS.get(first, length)
    ends = end == len(text) or _script(text[end]) != last or length > _PART_ENDS.get(last, length)
    return begins and ends


_PART_BEGINS = {"han": 1, "hiragana": 2, "": 0}
_PART_ENDS = {"han": 1, "hiragana": 1, "hangul": 0, "": 0}
"""Longer words of these scripts may be met inside a run of the same: compounds and particles are written together."""
_SCRIPTS = (
    ("hiragana", "ぁ", "ゟ"),
    ("katakana", "゠", "ヿ"),
    ("han", "々", "〇"),
    ("han", "㐀", "鿿"),
    ("hangul", "가", "힣"),
)


def _script(character: str) -> str:
    for name, first, last in _SCRIPTS:
        if first <= character <= last:
            return name
    return "latin" if character.isalnum() else ""


def _choices(text: str, place: Place) -> Iterator[tuple[str, float]]:
    yield text[place.start : place.end], 1.0
    yield from islice(sorted(place.others.items(), key=lambda other: -other[1]), MOST_OTHERS)


def _replaced(text: str, places: Sequence[Place], words: Sequence[str]) -> str:
    parts, after = [], 0
    for place, word in zip(places, words, strict=True):
        parts += [text[after : place.start], word]
        after = place.end
    return "".join([*parts, text[after:]])
