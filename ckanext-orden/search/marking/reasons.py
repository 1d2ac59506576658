"""Why a dataset is in the list: its words, their synonyms or readings, or its meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, NamedTuple

from .marks import Found
from .spans import Source, folded
from .typed import Typed

Kind = Literal["words", "synonym", "reading", "parts", "meaning"]
MOST_WORDS = 3
SAME_STEM = 4


class Mark(NamedTuple):
    """A marked word and the field it stands in."""

    word: str
    source: Source
    field: str


def why(found: Found, typed: Typed, meant: Callable[[], bool]) -> dict[str, Any] | None:
    """The reason as data; None where the query has no words to look for.

    :param meant: whether the search looks for meaning; else what holds no word holds parts of them
    """
    if not typed.words:
        return None
    marks = list(_marks(found))
    if not marks and not found.holds:
        return _reason("meaning" if meant() else "parts", [])
    literal = [mark for mark in marks if _as_typed(mark, typed)]
    left = [part for part in typed.parts() if not any(_akin(mark.word, part) for mark in literal)]
    other = [mark for mark in marks if mark not in literal]
    if not left or not other:
        return _reason("words", literal or marks)
    kind = "synonym" if any(mark.source == "words" for mark in other) else "reading"
    # One sign of a question (逃 of 逃げるところ) is no word of it.
    told = len(left) == 1 and (len(left[0]) > 1 or left[0] in typed.words)
    return _reason(kind, other, left[0] if told else None)


def _marks(found: Found) -> Iterator[Mark]:
    for name, texts in found.texts.items():
        for text in texts:
            yield from (Mark(text.text[span.start : span.end], span.source, name) for span in text.spans)


def _as_typed(mark: Mark, typed: Typed) -> bool:
    return mark.source == "literal" or any(_akin(mark.word, word) for word in typed.words)


def _akin(one: str, other: str) -> bool:
    """Whether two words are the same, a part of each other, or the same English word in two forms."""
    first, second = folded(one), folded(other)
    return first in second or second in first or (first.isascii() and first[:SAME_STEM] == second[:SAME_STEM])


def _reason(kind: Kind, marks: list[Mark], typed: str | None = None) -> dict[str, Any]:
    return {
        "kind": kind,
        "words": list(dict.fromkeys(mark.word for mark in marks))[:MOST_WORDS],
        "typed": typed,
        "fields": list(dict.fromkeys(mark.field for mark in marks)),
    }
