"""Names for blank nodes that stay the same as long as what is said of them does."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import TypeAlias, TypeVar

import pyoxigraph as ox

ROUNDS = 8
"""Steps from a node to what tells it apart; the agents and periods of catalogues need two or three."""

End = TypeVar("End", ox.NamedNode | ox.BlankNode | ox.Triple, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple)
Term: TypeAlias = "ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple"
Edges = dict[ox.BlankNode, list[tuple[str, Term]]]
"""What is said of each blank node, and by whom: the predicate with its direction, and the other end."""


def named(triples: Collection[ox.Triple]) -> list[ox.Triple]:
    """The triples with blank nodes named by content and neighbours; those that cannot be told apart are numbered.

    Colour refinement, the first step of RDF Dataset Canonicalization (W3C 2024), without its search through the nodes
    that are left alike: a stranger can make that endless.
    """
    names = _names(_edges(triples))
    return [ox.Triple(_end(one.subject, names), one.predicate, _end(one.object, names)) for one in triples]


def _edges(triples: Iterable[ox.Triple]) -> Edges:
    edges: Edges = defaultdict(list)
    for triple in triples:
        if isinstance(triple.subject, ox.BlankNode):
            edges[triple.subject].append((f">{triple.predicate}", triple.object))
        if isinstance(triple.object, ox.BlankNode):
            edges[triple.object].append((f"<{triple.predicate}", triple.subject))
    return edges


def _names(edges: Edges) -> dict[ox.BlankNode, ox.BlankNode]:
    colours, kinds = dict.fromkeys(edges, ""), 1
    for _ in range(ROUNDS):
        colours = {node: _colour(colours[node], edges[node], colours) for node in edges}
        before, kinds = kinds, len(set(colours.values()))
        if kinds in (before, len(edges)):
            break
    numbers: Counter[str] = Counter()
    names = {}
    for node, colour in colours.items():
        numbers[colour] += 1
        names[node] = ox.BlankNode(f"b{colour}n{numbers[colour]}")
    return names


def _colour(own: str, edges: Iterable[tuple[str, Term]], colours: dict[ox.BlankNode, str]) -> str:
    ends = sorted(f"{way} {colours[end] if isinstance(end, ox.BlankNode) else end}" for way, end in edges)
    return hashlib.sha256("\n".join([own, *ends]).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _end(term: End, names: dict[ox.BlankNode, ox.BlankNode]) -> End | ox.BlankNode:
    return names[term] if isinstance(term, ox.BlankNode) else term
