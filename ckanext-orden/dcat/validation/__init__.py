"""RDF in, Report out: reading foreign text within limits, and checking graphs with our SHACL shapes."""

from __future__ import annotations

from ...rdf import RdfLimits, UnreadableRdf
from ...types import Report
from .check import check_graph
from .read import read_rdf
from .shapes import LEVELS

__all__ = ["LEVELS", "RdfLimits", "UnreadableRdf", "check_bytes", "check_graph", "read_rdf"]


def check_bytes(data: bytes, level: str, *, subject: str = "", limits: RdfLimits | None = None) -> Report:
    """The Report of a document; one that cannot be read has the reason as its only issue."""
    try:
        graph = read_rdf(data, limits=limits or RdfLimits())
    except UnreadableRdf as error:
        return Report((error.issue,), subject=subject, level=level)
    return check_graph(graph, level, subject=subject)
