"""Languages: BCP 47 tags and the EU's language list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ...types import Text
from ..parsing.text import fold, key
from .loader import by_key, rows, spellings

AUTHORITY = "http://publications.europa.eu/resource/authority/language/"


@dataclass(frozen=True)
class Language:
    """A language; two scripts of Chinese share one EU code."""

    tag: str
    code: str
    label: Text

    @property
    def iri(self) -> str:
        return AUTHORITY + self.code


@cache
def languages() -> tuple[Language, ...]:
    """All languages: CADDE's 31, and those spoken in Osaka beyond them."""
    return tuple(
        Language(row["tag"], row["code"], {"ja": row["label_ja"], "en": row["label_en"]}) for row in rows("languages")
    )


def language_for(text: object) -> Language | None:
    """The language that a tag, a locale, an EU code or IRI, or a name names."""
    plain = fold(text)
    if "/authority/language/" in plain or "/iso639" in plain:
        plain = plain.rsplit("/", 1)[-1]
        if plain == "zho":
            plain = "zh"
    return _index().get(key(plain))


@cache
def _index() -> dict[str, Language]:
    words = (spellings(row, "tag", "label_ja", "label_en") for row in rows("languages"))
    return by_key(zip(languages(), words, strict=True))
