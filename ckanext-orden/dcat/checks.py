"""The checks within the operator's limits: anybody may ask for one, of anything."""

from __future__ import annotations

from collections.abc import Callable

from rdflib import Graph

from .. import config
from ..types import Report
from .validation import RdfLimits, check_bytes, check_graph
from .validation.apart import apart
from .validation.problems import issue
from .validation.shapes import shapes_of


def check_document(data: bytes, level: str, *, subject: str = "") -> Report:
    """The Report of a document in RDF, or of what else the bytes are."""
    limits = RdfLimits(size=config.dcat_max_bytes(), triples=config.dcat_max_triples())
    return _in_time(lambda: check_bytes(data, level, subject=subject, limits=limits), level, subject)


def check_dataset(graph: Graph, level: str, subject: str) -> Report:
    """The Report of a dataset's graph."""
    return _in_time(lambda: check_graph(graph, level, subject=subject), level, subject)


def _in_time(check: Callable[[], Report], level: str, subject: str) -> Report:
    shapes_of(level)  # parsed once, here, and not in every child
    seconds = config.dcat_max_seconds()
    slow = issue("rdf.too_slow", limit=seconds)
    return apart(check, seconds) or Report((slow,), subject=subject, level=level)
