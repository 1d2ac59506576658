"""Which datasets may be one and the same; plain data in and out.

Strong evidence (an identifier, a file's address, a landing page with its title) counts unless the titles name other
years, numbers or places. Weak evidence (title, meaning) counts only between datasets of the same years, numbers and
place, which are compared group by group: 20,000 datasets are a few products of matrices.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ...metadata.particulars import Particulars, contradict, particulars
from ..encoders import Vectors

IDENTIFIER, FILE, PAGE, TITLE, MEANING = REASONS = ("identifier", "file", "page", "title", "meaning")
SHARED = 5
"""What more datasets than this have in common (the address of a portal, the title of minutes) tells nothing."""
BLOCK = 1000
Indexes = tuple[int, int]


@dataclass(frozen=True)
class Candidate:
    """A dataset, as far as it may be another one."""

    id: str
    title: str
    places: frozenset[str]
    """Of whom it tells where its title names no place."""
    origin: tuple[str, str]
    """Its organisation and its harvest source."""
    marks: frozenset[tuple[str, str]]
    """Strong evidence: the reason and the identifier or address."""


@dataclass(frozen=True)
class Pair:
    """Two datasets by their ids, why they may be one, and whether they come from different organisations or sources."""

    one: str
    other: str
    near: float | None
    """The cosine of what they mean; None without an encoder."""
    reasons: tuple[str, ...]
    sources: tuple[str, str]
    """The titles of their harvest sources; empty for a dataset written here."""
    apart: bool


def pairs(candidates: Sequence[Candidate], vectors: Vectors | None, same: float) -> list[Pair]:
    """The pairs that may be duplicates, across organisations and sources first, then by how much speaks for them.

    :param vectors: what the candidates mean; None without an encoder
    :param same: the cosine from which two may be one
    """
    titles = [particulars(candidate.title) for candidate in candidates]
    found: dict[Indexes, set[str]] = defaultdict(set)
    for one, other, reason in _marked(candidates):
        if not contradict(titles[one], titles[other]):
            found[one, other].add(reason)
    for group in _groups(candidates, titles):
        for one, other in _titled(group, titles):
            found[one, other].add(TITLE)
        for one, other in _meant(group, candidates, vectors, same):
            found[one, other].add(MEANING)
    judged = [_pair(candidates, vectors, indexes, reasons) for indexes, reasons in found.items()]
    return sorted(judged, key=_order)


def _order(pair: Pair) -> tuple[bool, int, float, str, str]:
    return not pair.apart, -len(pair.reasons), -(pair.near or 0), pair.one, pair.other


def _marked(candidates: Sequence[Candidate]) -> Iterator[tuple[int, int, str]]:
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, candidate in enumerate(candidates):
        for mark in candidate.marks:
            holders[mark].append(number)
    for (reason, _), numbers in holders.items():
        for one, other in _few(numbers):
            yield one, other, reason


def _groups(candidates: Sequence[Candidate], titles: Sequence[Particulars]) -> Iterable[list[int]]:
    """The datasets of the same years, numbers and place; others are not one."""
    groups: dict[object, list[int]] = defaultdict(list)
    for number, (candidate, title) in enumerate(zip(candidates, titles, strict=True)):
        groups[title.numbers, title.places or candidate.places].append(number)
    return [group for group in groups.values() if len(group) > 1]


def _titled(group: Sequence[int], titles: Sequence[Particulars]) -> Iterator[Indexes]:
    named: dict[str, list[int]] = defaultdict(list)
    for number in group:
        named[titles[number].series].append(number)
    for numbers in named.values():
        yield from _few(numbers)


def _meant(
    group: Sequence[int], candidates: Sequence[Candidate], vectors: Vectors | None, same: float
) -> Iterator[Indexes]:
    """Those of other origin that mean the same, of each the nearest; those of one origin are told apart by it."""
    if vectors is None:
        return
    origins: dict[tuple[str, str], int] = {}
    own = np.array([origins.setdefault(candidates[number].origin, len(origins)) for number in group])
    numbers = np.array(group)
    means = vectors[numbers]
    for start in range(0, len(group) if len(origins) > 1 else 0, BLOCK):
        near = means[start : start + BLOCK] @ means.T
        near[own[start : start + BLOCK, None] == own] = -1
        best = np.argpartition(-near, min(SHARED, len(group)) - 1, axis=1)[:, :SHARED]
        for row, column in zip(*np.nonzero(np.take_along_axis(near, best, 1) >= same), strict=True):
            one, other = sorted((int(numbers[start + row]), int(numbers[best[row, column]])))
            yield one, other


def _few(numbers: Sequence[int]) -> Iterable[Indexes]:
    return combinations(numbers, 2) if len(numbers) <= SHARED else ()


def _pair(candidates: Sequence[Candidate], vectors: Vectors | None, indexes: Indexes, reasons: Iterable[str]) -> Pair:
    first, second = sorted((candidates[number] for number in indexes), key=lambda candidate: candidate.id)
    near = None if vectors is None else round(float(vectors[indexes[0]] @ vectors[indexes[1]]), 3)
    return Pair(
        one=first.id,
        other=second.id,
        near=near,
        reasons=tuple(sorted(reasons, key=REASONS.index)),
        sources=(first.origin[1], second.origin[1]),
        apart=first.origin != second.origin,
    )
