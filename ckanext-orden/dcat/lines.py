"""On which line of a pasted text a node stands, as well as that can be told without a parser that counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

PREFIX = re.compile(r"(?:@prefix|PREFIX)\s+([\w.-]*):\s*<([^<>\s]*)>", re.IGNORECASE)
NAME = re.compile(r'<([^<>\s]*)>|"([^"\s]*)"|(?<![\w.-])([\w.-]*):([\w.%-]+)')
"""An address, a text that may be one (JSON), or a name with its prefix; read once, whatever the text."""
STEP = " / "


def lines(text: str, places: Iterable[str]) -> dict[str, int]:
    """The line, from 1, where the node of a place is first written, for the places that are found."""
    wanted = {place: place.split(STEP)[0] for place in places if place}
    nodes, prefixes = set(wanted.values()), dict(PREFIX.findall(text))
    first: dict[str, int] = {}
    for number, line in enumerate(text.split("\n") if nodes else (), 1):
        for address, quoted, prefix, local in NAME.findall(line):
            node = address or quoted or (prefixes.get(prefix, "") + local.rstrip("."))
            if node in nodes:
                first.setdefault(node, number)
    return {place: first[node] for place, node in wanted.items() if node in first}
