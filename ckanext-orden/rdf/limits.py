"""How much of our time and memory a foreign RDF document may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RdfLimits:
    """Bytes, triples, characters of a value, levels, brackets open at a time (which cost memory) and attributes."""

    size: int = 5_000_000
    triples: int = 50_000
    literal: int = 100_000
    nesting: int = 64
    brackets: int = 100_000
    attributes: int = 1_000
