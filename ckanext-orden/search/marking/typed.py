"""The words of a query that can be marked in what it found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from ..query import FIELDS, LETTER, LITERAL, LONGEST, MOST_TOGETHER, MOST_WORDS, Kind, kind, words
from ..suggesting.suggestions import SOLR_SIGNS

NEGATED = re.compile(r'(?:^|(?<=[\s(]))(?:[-!]|NOT\s+)(?:"[^"]*"|\([^)]*\)|\S+)')
QUOTED = re.compile(r'"([^"]+)"')
OPERATOR_SIGNS = re.compile(r'[+\-&|!(){}\[\]^"~*?:\\/]+')
OPERATOR_WORDS = {"AND", "OR", "NOT", "TO"}
# 豊中市の避難所: the words of a question are told by their scripts.
WITHIN_KANA = re.compile(r"[^\Wぁ-ゖ][ぁ-ゖ]+[^\Wぁ-ゖ]|[^\Wぁ-ゖ][ぁ-ゖ]{3,}$")
RUN = re.compile(r"[0-9a-z.]+|[ァ-ヺー]+|[一-鿿々〆]+", re.IGNORECASE)


@dataclass(frozen=True)
class Typed:
    """What somebody typed: words, and whether they mean these very characters."""

    words: tuple[str, ...] = ()
    literal: bool = False

    def solr(self) -> dict[str, str]:
        """The parameters of `/orden-marks`: each word for itself, and some of them together."""
        if self.literal:
            return {"words": " OR ".join(f'"{word}"' for word in self.words), "qf": LITERAL["qf"], "hl": "false"}
        some = [SOLR_SIGNS.sub(r"\\\1", word) for word in self.words]
        together = [f"({' '.join(some)})"] if 1 < len(some) <= MOST_TOGETHER else []
        # The tokens of a word stand together (避難 + 所), those of a question may stand alone.
        operator = "OR" if any(map(WITHIN_KANA.search, self.words)) else "AND"
        return {"words": " OR ".join([*together, *some]), "qf": FIELDS, "operator": operator}

    def parts(self) -> list[str]:
        """The words, and of those that are whole questions the parts that carry meaning."""
        return [part for word in self.words for part in _parts(normalize("NFKC", word))]


def typed(query: str | None) -> Typed:
    """The words of a query; none where it speaks to Solr itself or asks for everything."""
    asked = kind(query)
    if query is None or asked in (Kind.EVERYTHING, Kind.FIELDED):
        return Typed()
    if asked is Kind.WORDS:
        return Typed(tuple(word for word in words(query) if LETTER.search(word)))
    positive = NEGATED.sub(" ", query[:LONGEST])
    bare = OPERATOR_SIGNS.sub(" ", QUOTED.sub(" ", positive)).split()
    some = [*QUOTED.findall(positive), *(word for word in bare if word not in OPERATOR_WORDS)]
    return Typed(tuple(word for word in some if LETTER.search(word))[:MOST_WORDS], '"' in query)


def _parts(word: str) -> list[str]:
    return RUN.findall(word) if WITHIN_KANA.search(word) else [word]
