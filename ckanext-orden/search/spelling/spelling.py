"""What a misspelt query was meant to be: words of our own texts, or of datasets that the reader may see."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pysolr
from ckan.lib.search.common import make_connection
from ckanext.orden.solr.build import query_stop_words, vocabulary

from ..query import FIELDS
from . import sounds
from .slips import KANJI, LONGEST, SHORTEST, Lexicon, Token, Typed, Word, words_of

HANDLER = "/orden-spelling"
ATTRIBUTES = "org.apache.lucene.analysis.ja.tokenattributes."
MOST_WORDS, MOST_SLIPS, MOST_CANDIDATES = 6, 2, 4
MOST_TEXTS, LONG = 20, 8
FEW, OFTENER = 2, 10
"""A word that so few datasets hold is perhaps misspelt: when so many times as many hold what it may mean."""
LETTERS = re.compile(r"[^\W\d_]+")
HANGUL = re.compile(r"[가-힣]")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Correction:
    """The query as it was probably meant."""

    query: str
    sure: bool
    """No dataset holds what was typed, so its results may be shown at once."""


def correction(query: str, words: Sequence[str], filters: Sequence[str]) -> Correction | None:
    """What a query of words was probably meant to be, or None where nothing seems misspelt.

    :param filters: what the reader may see, as Solr's `fq`; nothing else is counted or offered
    """
    try:
        return _correction(query, words, filters)
    except pysolr.SolrError as error:
        log.warning("Solr does not help with spelling (an older configset?): %s", error)
        return None


def _correction(query: str, words: Sequence[str], filters: Sequence[str]) -> Correction | None:
    some = [word for word in words[:MOST_WORDS] if _may_be_misspelt(word)]
    counts = _counts(some, filters) if some else {}
    rare = [word for word in some if counts[word] <= FEW][:MOST_SLIPS]
    meant = {word: other for word in rare if (other := _meant(word, counts[word], filters))}
    if not meant:
        return None
    return Correction(_replaced(query, meant), not any(counts[word] for word in meant))


def _may_be_misspelt(word: str) -> bool:
    """Whether this is a word that our texts do not know; numbers are never corrected."""
    text = sounds.plain(word)
    length = SHORTEST <= len(text) <= LONGEST
    return length and bool(LETTERS.fullmatch(text)) and not HANGUL.search(text) and text not in _vocabulary()


@cache
def _vocabulary() -> Lexicon:
    return Lexicon(Word(*row) for row in vocabulary())


def _meant(word: str, count: int, filters: Sequence[str]) -> str | None:
    """The word that was probably meant: of our texts when some dataset holds it, else of datasets."""
    text = sounds.plain(word)
    typed = Typed(text, _tokens(text))
    if count and all(token.honest for token in typed.tokens):
        return None
    known = _vocabulary().near(typed)[:MOST_CANDIDATES]
    counts, texts = _around(typed, [near.word.text for near in known], filters)
    enough = [near for near in known if _says_nothing(near.word.text) or counts[near.word.text] > count * OFTENER]
    if not enough and not count:
        joined = "\n".join(texts)
        enough = Lexicon(words_of(joined, _tokens(joined))).near(typed)
    best = min(enough, key=lambda near: (near.distance, -counts.get(near.word.text, 0)), default=None)
    return best.word.text if best else None


def _says_nothing(word: str) -> bool:
    return word in query_stop_words()


def _replaced(query: str, meant: Mapping[str, str]) -> str:
    for word, other in meant.items():
        query = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", other, query)
    return query


def _counts(words: Sequence[str], filters: Sequence[str]) -> dict[str, int]:
    """How many datasets hold each word, its parts side by side."""
    return _asked(words, "*:*", 0, filters)[0]


def _around(typed: Typed, words: Sequence[str], filters: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """How many datasets hold each of some words; and texts of those that look or sound like what was typed."""
    # Counts are taken within what the query matches: all datasets, those that are not alike at no score.
    counts, rows = _asked(words, " OR ".join([*_alike(typed), "*:*^=0"]), MOST_TEXTS, filters)
    found = [row for row in rows if row["score"]]
    texts = [[row.get("title", ""), row.get("organization_title", ""), *row.get("tags", [])] for row in found]
    return counts, list(dict.fromkeys(text for some in texts for text in some))


def _asked(words: Sequence[str], like: str, rows: int, filters: Sequence[str]) -> tuple[dict[str, int], Any]:
    phrases = {f"word{number}": f'"{word}"' for number, word in enumerate(words)}
    asked = {
        "facet.query": [f"{{!edismax key={name} v=${name}}}" for name in phrases],
        "qf": FIELDS,
        "q.op": "AND",
        "rows": rows,
        "fq": list(filters),
    }
    found = make_connection(decode_dates=False).search(like, search_handler=HANDLER, **asked, **phrases)
    counts = found.facets.get("facet_queries", {})
    return {word: counts.get(name, 0) for name, word in zip(phrases, words, strict=True)}, found


def _alike(typed: Typed) -> Iterator[str]:
    """Clauses for datasets whose names look or sound like a word; constant scores, so that only they decide."""
    reading = sounds.reading(typed.reading).rstrip("ー")
    slips = (len(reading) > SHORTEST) + (len(reading) >= LONG)
    yield from (f"{field}:{reading}~{slips}^=5" for field in ("title_yomi", "organization_yomi"))
    if typed.text.isascii():
        yield from (f"{field}:{typed.text}~{slips}^=5" for field in ("title", "tags_text", "organization_title"))
    if KANJI.search(typed.text):
        yield from (f"{field}:{sign}^=1" for sign in typed.text for field in ("title_cjk", "organization_cjk"))


def _tokens(text: str) -> list[Token]:
    """The parts of a text with their readings, as Solr's dictionary cuts it."""
    if not text:
        return []
    asked = {"analysis.fieldtype": "orden_tokens", "analysis.fieldvalue": text}
    answer = make_connection(decode_dates=False).search("", search_handler="/analysis/field", **asked).raw_response
    stages = answer["analysis"]["field_types"]["orden_tokens"]["index"]
    return [_token(row) for row in next(stage for stage in reversed(stages) if isinstance(stage, list))]


def _token(row: Mapping[str, Any]) -> Token:
    reading = row.get(f"{ATTRIBUTES}ReadingAttribute#reading") or ""
    kind = row.get(f"{ATTRIBUTES}PartOfSpeechAttribute#partOfSpeech") or ""
    return Token(row["start"], row["end"], reading, kind)
