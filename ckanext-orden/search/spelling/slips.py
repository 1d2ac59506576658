"""Which words a misspelt one may have been meant for; plain data in and out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from .sounds import kana_key, katakana, latin_key, plain

KANJI, KANA_ONLY, HIRAGANA_ONLY = re.compile(r"[一-鿿々]"), re.compile(r"[ぁ-ヺー]+"), re.compile(r"[ぁ-ゖー]+")
SHORTEST, LONGEST = 2, 20
SUFFIX = "名詞-接尾"
MOST = 20


class Word(NamedTuple):
    """A word that somebody may mean, and its reading in katakana (none for words in Latin letters)."""

    text: str
    reading: str


class Token(NamedTuple):
    """A part of a text as Solr cuts it; a reading only where the dictionary knows it."""

    start: int
    end: int
    reading: str
    kind: str

    @property
    def honest(self) -> bool:
        """Whether this is a word and not the debris of one."""
        return bool(self.reading) and (self.end - self.start > 1 or self.kind.startswith(SUFFIX))


class Near(NamedTuple):
    """A word and how far it is from what was typed."""

    distance: float
    word: Word


@dataclass(frozen=True)
class Typed:
    """A word as it was typed, with its parts."""

    text: str
    tokens: Sequence[Token]

    @property
    def reading(self) -> str:
        parts = (token.reading or plain(self.text[token.start : token.end]) for token in self.tokens)
        return katakana("".join(parts)) if KANJI.search(self.text) else katakana(plain(self.text))

    @property
    def known(self) -> bool:
        """Whether the dictionary has it: one word, or several in katakana."""
        whole = len(self.tokens) == 1 or not (HIRAGANA_ONLY.fullmatch(self.text) or KANJI.search(self.text))
        return whole and all(token.honest for token in self.tokens)


class Lexicon:
    """Words by how they look and how they sound."""

    def __init__(self, words: Iterable[Word]) -> None:
        self.words = list(dict.fromkeys(words))
        self._texts = [plain(word.text) for word in self.words]
        self._kana = [kana_key(word.reading) for word in self.words]
        self._latin = [latin_key(word.reading or word.text) for word in self.words]
        self._known = frozenset(self._texts)

    def __contains__(self, text: str) -> bool:
        return plain(text) in self._known

    def near(self, typed: Typed) -> list[Near]:
        """The words that were probably meant, nearest first."""
        best: dict[Word, float] = {}
        for distance, word in self._candidates(typed):
            if plain(word.text) != plain(typed.text):
                best[word] = min(distance, best.get(word, distance))
        return sorted((Near(distance, word) for word, distance in best.items()), key=lambda near: near.distance)[:MOST]

    def _candidates(self, typed: Typed) -> Iterator[Near]:
        if KANJI.search(typed.text):
            yield from self._homophones(typed)
            yield from self._look_alikes(typed)
        elif not typed.known and KANA_ONLY.fullmatch(typed.text):
            yield from self._close(typed, self._kana, kana_key(typed.reading), (4, 8))
        elif not typed.known:
            yield from self._close(typed, self._latin, latin_key(typed.text), (6, 9))

    def _homophones(self, typed: Typed) -> Iterator[Near]:
        """Another conversion of the same reading, or of one that is often mixed up with it."""
        for near in self._close(typed, self._kana, kana_key(typed.reading), None):
            same = katakana(near.word.reading) == typed.reading
            if set(typed.text) & set(near.word.text) and (same or not typed.known):
                yield near
        if not KANA_ONLY.fullmatch(typed.reading):
            yield from self._close(typed, self._latin, latin_key(typed.reading), None)

    def _look_alikes(self, typed: Typed) -> Iterator[Near]:
        """One sign wrong, missing or swapped, outside of what is a word of its own."""
        for text, distance, place in process.extract(
            plain(typed.text), self._texts, scorer=OSA.distance, score_cutoff=1, limit=MOST
        ):
            if len(text) > SHORTEST and _spares_words(typed, text):
                yield self._near(typed, place, distance)

    def _close(self, typed: Typed, keys: list[str], key: str, slips: tuple[int, int] | None) -> Iterator[Near]:
        """Words whose key is the same, or, from so many signs on, differs by one or two."""
        allowed = sum(len(key) >= length for length in slips or ())
        if len(key) <= SHORTEST:
            return
        for other, distance, place in process.extract(key, keys, scorer=OSA.distance, score_cutoff=allowed, limit=MOST):
            if not distance or (len(other) > SHORTEST and other[0] == key[0]):
                yield self._near(typed, place, distance)

    def _near(self, typed: Typed, place: int, distance: float) -> Near:
        word = self.words[place]
        apart = OSA.distance(typed.reading, katakana(word.reading or plain(word.text)))
        return Near(distance + min(apart, 9) / 10, word)


def _spares_words(typed: Typed, meant: str) -> bool:
    """Whether the signs that differ belong to no word of the dictionary."""
    return not any(
        token.honest
        and (token.start < edit.src_pos or edit.tag != "insert")
        and token.start <= edit.src_pos < token.end
        for edit in Levenshtein.editops(plain(typed.text), meant)
        for token in typed.tokens
    )


def words_of(text: str, tokens: Sequence[Token], most: int = 4) -> Iterator[Word]:
    """Each run of a few neighbouring parts of a text, as a word."""
    for first in range(len(tokens)):
        run = tokens[first : first + most]
        for last, token in enumerate(run):
            if last and token.start != run[last - 1].end:
                break
            surface = text[run[0].start : token.end]
            if SHORTEST <= len(surface) <= LONGEST:
                parts = (part.reading or text[part.start : part.end] for part in run[: last + 1])
                yield Word(surface, "" if surface.isascii() else katakana(plain("".join(parts))))
