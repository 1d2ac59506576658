"""The coded values of offers: `data/terms.csv`, with what CADDE 4.0 writes for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ...types import Text
from ..parsing.text import clean, key
from ..vocabularies.loader import by_key, rows, spellings

OTHER = "other"
_REMARK = f"{OTHER}:"


@dataclass(frozen=True)
class Term:
    """One value of a vocabulary; `cadde` is what CADDE writes for it, empty where CADDE has no word."""

    code: str
    label: Text
    cadde: str


@cache
def terms(vocabulary: str) -> tuple[Term, ...]:
    """All terms of a vocabulary, in their order."""
    return tuple(
        Term(row["code"], {"ja": row["label_ja"], "en": row["label_en"]}, row["cadde"])
        for row in rows("terms", __package__)
        if row["field"] == vocabulary
    )


def term_for(vocabulary: str, text: object) -> Term | None:
    """The term that a code or a word names."""
    return _index(vocabulary).get(key(text))


def with_remark(remark: str) -> str:
    """What no term says, as a value of an open vocabulary: `other:<words>`."""
    return f"{_REMARK}{remark}" if remark else OTHER


def remark_of(value: str) -> str | None:
    """The words of `other:<words>`; None where a term says it all."""
    return clean(value[len(_REMARK) :]) if value.startswith(_REMARK) else None


def label(vocabulary: str, value: str) -> Text:
    """What a value is called; a remark is called as it is written."""
    found, remark = term_for(vocabulary, value), remark_of(value)
    return found.label if found else {"ja": remark or value, "en": remark or value}


@cache
def _index(vocabulary: str) -> dict[str, Term]:
    found = [row for row in rows("terms", __package__) if row["field"] == vocabulary]
    words = (spellings(row, "code", "label_ja", "label_en", "cadde") for row in found)
    return by_key(zip(terms(vocabulary), words, strict=True))
