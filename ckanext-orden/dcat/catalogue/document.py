"""Fragments put together to one document: a shared node is described once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from ..profiles.finish import SINGLE
from ..syntaxes import Syntax, serialize
from .fragments import Fragment, in_order

_SINGLE = frozenset(f"<{predicate}>" for predicate in SINGLE)


class Once:
    """Lets each statement on a shared node pass once, and of what may have one value only the first."""

    def __init__(self) -> None:
        self._said: set[str] = set()
        self._values: dict[tuple[str, str], str] = {}

    def __call__(self, line: str) -> bool:
        if line in self._said:
            return False
        self._said.add(line)
        subject, predicate, value = line.split(" ", 2)
        return predicate not in _SINGLE or self._values.setdefault((subject, predicate), value) == value


def lines(head: str, fragments: Iterable[Fragment]) -> Iterator[str]:
    """The N-Triples of a catalogue: its head, then its datasets, in blocks of whole lines."""
    once = Once()
    yield from _block("\n".join(in_order(head)), once)
    for fragment in fragments:
        yield fragment.own
        yield from _block(fragment.shared, once)


def written(triples: str, syntax: Syntax, namespace: str) -> bytes:
    """N-Triples in another syntax, in memory: for one page."""
    if syntax.format == ox.RdfFormat.N_TRIPLES:
        return triples.encode()
    return serialize(ox.parse(triples.encode(), format=ox.RdfFormat.N_TRIPLES), syntax, namespace)


def _block(text: str, once: Once) -> Iterator[str]:
    for line in text.splitlines():
        if once(line):
            yield f"{line}\n"
