"""The part of a description that shows the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .spans import Segments, Span, marked, segments, unmarked

LONGEST = 120
SEEN = 40
"""Characters that two lines show on a phone: a word must begin within them."""
BEFORE = 16
RAW = 960
"""Characters of Markdown that an excerpt is made of."""
SENTENCE = re.compile(r"[。．！？!?]\s*|\.\s+|\s+")


def excerpt(text: str, spans: Sequence[Span], plain: Callable[[str], str]) -> Segments:
    """The beginning of a description, or the surroundings of the first word where the beginning holds none.

    :param plain: makes plain text of Markdown
    """
    begin = _line_before(text, spans[0].start) if spans and spans[0].end > RAW // 2 else 0
    some = [span._replace(start=span.start - begin, end=span.end - begin) for span in spans if span.start >= begin]
    window = text[begin : begin + RAW]
    said, places = unmarked(plain(marked(window, [span for span in some if span.end <= len(window)])))
    start = _start(said, places)
    end = start + LONGEST - 1
    inside = [(max(0, a - start), min(b, end) - start) for a, b in places if a >= start and a < end]
    shown = segments(said[start:end], inside)
    before = [("…", False)] if start or begin else []
    after = [("…", False)] if len(said) > end else []
    return [*before, *shown, *after]


def _line_before(text: str, position: int) -> int:
    """Where the line of a place begins: Markdown cut elsewhere shows its signs."""
    return max(text.rfind("\n", 0, position) + 1, position - RAW // 2)


def _start(said: str, places: Sequence[tuple[int, int]]) -> int:
    """Where the excerpt begins, at the beginning of a sentence or word where one is near."""
    if not places or places[0][1] <= SEEN:
        return 0
    first = max(0, places[0][0] - BEFORE)
    near = SENTENCE.search(said, first, places[0][0])
    return near.end() if near else first
