"""RDF in, Report out: reading foreign text within limits, and checking graphs with SHACL shapes."""

from __future__ import annotations

from ...rdf import RdfLimits, UnreadableRdf
from .check import Checked, check_graph
from .read import read_rdf
from .shapes import LEVELS, levels

__all__ = ["LEVELS", "Checked", "RdfLimits", "UnreadableRdf", "check_bytes", "check_graph", "levels", "read_rdf"]


def check_bytes(
    data: bytes, level: str, *, subject: str = "", limits: RdfLimits | None = None, folder: str = ""
) -> Checked:
    """The check of a document; one that cannot be read has the reason as its only issue."""
    try:
        graph = read_rdf(data, limits=limits or RdfLimits())
    except UnreadableRdf as error:
        return Checked.only(error.issue, subject=subject, level=level)
    return check_graph(graph, level, subject=subject, folder=folder)
