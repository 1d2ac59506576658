"""Foreign text to quads, within limits."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from ..types import Issue, Text
from .detect import begins_like_turtle, first_statement, looks_like_table
from .limits import RdfLimits
from .problems import UnreadableRdf, issue, place, syntax_issue
from .refuse import refuse

MARKED = (ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD)
"""Syntaxes that are known by how they begin; Turtle and its kin are what is left."""
QUOTED = re.compile("'(.+?)'")


def quads(text: str, syntax: ox.RdfFormat, *, base: str, limits: RdfLimits) -> Iterator[ox.Quad]:
    """The quads of a document one by one, else `UnreadableRdf`; nothing is fetched, nothing is expanded."""
    refuse(text, syntax, limits)
    try:
        for count, quad in enumerate(ox.parse(text.encode(), format=syntax, base_iri=base), 1):
            _refuse_quad(quad, count, limits)
            yield quad
    except SyntaxError as error:
        raise UnreadableRdf(_syntax_issue(error, text, syntax)) from error
    except MemoryError as error:  # of the parser's own buffer for one value
        raise UnreadableRdf(issue("rdf.too_large", found="> 16 MiB in one value", limit="16 MiB")) from error


def _refuse_quad(quad: ox.Quad, count: int, limits: RdfLimits) -> None:
    if count > limits.triples:
        most = f"{limits.triples:,} triples"
        raise UnreadableRdf(issue("rdf.too_large", found=f"> {most}", limit=most))
    if isinstance(quad.object, ox.Triple):
        raise UnreadableRdf(issue("rdf.too_deep"))
    if isinstance(quad.object, ox.Literal) and len(quad.object.value) > limits.literal:
        where, length = f"{quad.subject} {quad.predicate}", len(quad.object.value)
        raise UnreadableRdf(issue("rdf.long_literal", where=where, place=where, found=length, limit=limits.literal))


def _syntax_issue(error: SyntaxError, text: str, syntax: ox.RdfFormat) -> Issue:
    if syntax not in MARKED and not begins_like_turtle(text):
        line, beginning = first_statement(text)
        code = "rdf.csv" if looks_like_table(text) else "rdf.not_rdf"
        return issue(code, where=f"line {line}", line=line, found=beginning)
    where = _iri_place(text, error.msg) if syntax == ox.RdfFormat.RDF_XML else place(error.lineno, error.offset)
    reason = re.sub(r"^Parser error at .*?: ", "", error.msg)
    return syntax_issue(syntax.name, where, reason)


def _iri_place(text: str, reason: str) -> Text:
    """Where the value stands that pyoxigraph complains about: of RDF/XML it tells no line."""
    quoted = QUOTED.search(reason)
    start = text.find(quoted[1]) if quoted else -1
    return place(text.count("\n", 0, start) + 1 if start >= 0 else None)
