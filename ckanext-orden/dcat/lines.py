"""On which line of a pasted text a node stands, as well as that can be told without a parser that counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

PREFIX = re.compile(r"(?:@prefix|PREFIX)\s+([\w.-]*):\s*<([^<>\s]*)>", re.IGNORECASE)
STEP = " / "


def lines(text: str, places: Iterable[str]) -> dict[str, int]:
    """The line, from 1, where the node of a place is first written, for the places that are found."""
    prefixes = [(name, iri) for name, iri in PREFIX.findall(text) if iri]
    found = {place: _line(text, place.split(STEP)[0], prefixes) for place in set(places) if place}
    return {place: line for place, line in found.items() if line}


def _line(text: str, iri: str, prefixes: list[tuple[str, str]]) -> int:
    ways = [f"<{iri}>", f'"{iri}"']
    ways += [f"{name}:{iri.removeprefix(start)}" for name, start in prefixes if iri.startswith(start) and iri != start]
    starts = [match.start() for way in ways if (match := re.search(rf"{re.escape(way)}(?![\w-])", text))]
    return text.count("\n", 0, min(starts)) + 1 if starts else 0
