"""All that everybody may see, in batches: PostgreSQL says which datasets, and the index gives them where it is as new.

A dataset that the index does not hold, or as it was before, is read from PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ckan.types import Context

from ..syntaxes import Syntax
from . import query, truth
from .fragments import Fragment, fragments, fresh, written
from .query import Entry


@dataclass(frozen=True)
class Batch:
    """Some datasets: those that the index holds as PostgreSQL does, and the parts of the others in N-Triples, by id."""

    indexed: Sequence[Entry]
    others: Mapping[str, Fragment]

    @property
    def ids(self) -> list[str]:
        return sorted([*(entry.id for entry in self.indexed), *self.others])

    def parts(self, syntax: Syntax) -> list[Fragment]:
        """Of all of them, in a syntax."""
        return [*fragments(self.indexed, syntax).values(), *(written(part, syntax) for part in self.others.values())]


def walk(size: int) -> Iterator[Batch]:
    """The datasets by id, as everybody may see them at the moment when their batch is read."""
    for indexed, others in _batches(size):
        yield Batch(indexed, dict(zip((dataset["id"] for dataset in others), fresh(others), strict=True)))


def datasets(size: int) -> Iterator[dict[str, Any]]:
    """The same as dicts."""
    for indexed, others in _batches(size):
        yield from query.datasets(entry.id for entry in indexed)
        yield from others


def _batches(size: int) -> Iterator[tuple[list[Entry], list[dict[str, Any]]]]:
    """Those that the index holds as PostgreSQL does, and the others as PostgreSQL has them."""
    everybody, last = Context(user=""), ""
    while public := truth.public(last, size):
        last = list(public)[-1]
        indexed = [entry for entry in query.entries(public, everybody) if entry.is_of(public[entry.id])]
        late = public.keys() - {entry.id for entry in indexed}
        yield indexed, [dataset for id_ in sorted(late) if (dataset := truth.shown(everybody, id_))]
