"""Parts put together to one document: a shared node is described once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..profiles.finish import SINGLE
from ..syntaxes import Syntax, frame, part
from .fragments import Fragment, in_order, lines_of

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


class Document:
    """A catalogue in a syntax, given to `write` piece by piece; `triples` counts what it holds."""

    def __init__(self, head: str, syntax: Syntax, namespace: str, write: Callable[[str], object]) -> None:
        self.triples = 0
        self._frame, self._write, self._once = frame(syntax, namespace), write, Once()
        self._syntax, self._namespace, self._begun = syntax, namespace, False
        write(self._frame.before)
        self._add_lines(in_order(head))

    def add(self, fragments: Iterable[Fragment]) -> None:
        """Add datasets: their own parts as they are, of the shared nodes what has not been said."""
        shared: list[str] = []
        for fragment in fragments:
            self.triples += fragment.triples
            self._add(fragment.own)
            shared += lines_of(fragment.shared)
        self._add_lines(shared)

    def end(self) -> None:
        self._write(self._frame.after)

    def _add_lines(self, lines: Iterable[str]) -> None:
        new = [f"{line}\n" for line in filter(self._once, lines)]
        self.triples += len(new)
        self._add(part("".join(new), self._syntax, self._namespace))

    def _add(self, text: str) -> None:
        if not text:
            return
        if self._begun:
            self._write(self._frame.between)
        self._begun = True
        self._write(text)
