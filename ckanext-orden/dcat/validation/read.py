"""Foreign bytes to an rdflib graph: nothing is fetched, nothing is expanded, everything has a limit."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

import pyoxigraph as ox
from rdflib import Graph

from ...types import Issue, Text
from .convert import OverLimit, graph_of
from .detect import (
    begins_like_turtle,
    binary_kind,
    first_statement,
    is_html,
    looks_like_table,
    names_rdf,
    root_element,
    syntax_of,
)
from .limits import RdfLimits
from .problems import issue, place

DECLARATION = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
FORMATS = {
    "xml": ox.RdfFormat.RDF_XML,
    "json": ox.RdfFormat.JSON_LD,
    "turtle": ox.RdfFormat.TURTLE,
}
NAMES = {"xml": "RDF/XML", "json": "JSON-LD", "turtle": "Turtle"}
UTF_8 = ("utf-8", "utf8")
ENCODINGS = {"cp932": "Shift_JIS (CP932)", "euc_jp": "EUC-JP"}
NEWLINE = b"\n"
QUOTED = re.compile("'(.+?)'")
BASE = "https://document.invalid/"
"""Stands for the document's unknown address, so that relative addresses can be read."""


class UnreadableRdf(Exception):  # noqa: N818 - a verdict on the document
    """The document cannot be checked; `issue` says why and how to mend it."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.text("en"))
        self.issue = issue


def read_rdf(data: bytes, *, limits: RdfLimits) -> Graph:
    """The graph of a document in any of the four syntaxes, else `UnreadableRdf`."""
    text = _text(data, limits)
    syntax = syntax_of(text.lstrip())
    _refuse(text, syntax, limits)
    try:
        return graph_of(_quads(text, syntax), limits)
    except OverLimit as error:
        raise UnreadableRdf(error.issue) from error


def _text(data: bytes, limits: RdfLimits) -> str:
    if len(data) > limits.size:
        raise UnreadableRdf(issue("rdf.too_large", found=f"{len(data):,} bytes", limit=f"{limits.size:,} bytes"))
    if kind := binary_kind(data):
        raise UnreadableRdf(issue("rdf.binary", found=kind))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableRdf(issue("rdf.encoding", found="UTF-16"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableRdf(_encoding_issue(data, error.start)) from error
    if "\x00" in text:
        raise UnreadableRdf(issue("rdf.binary", found="binary"))
    if not text.strip():
        raise UnreadableRdf(issue("rdf.empty"))
    return text


def _encoding_issue(data: bytes, start: int) -> Issue:
    """Which encoding it may be; a table in it is named as one, the encoding is not its first fault."""
    where = f"line {data.count(NEWLINE, 0, start) + 1}"
    for name, label in ENCODINGS.items():
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if looks_like_table(text) and not begins_like_turtle(text):
            return issue("rdf.csv", where="line 1", found=first_statement(text)[1])
        return issue("rdf.encoding", where=where, found=label)
    return issue("rdf.encoding", where=where, found="?")


def _refuse(text: str, syntax: str, limits: RdfLimits) -> None:
    """Raise for documents that must not reach a parser."""
    content = text.lstrip()
    if is_html(content):
        raise UnreadableRdf(issue("rdf.html"))
    if syntax == "xml":
        if DECLARATION.search(text):
            raise UnreadableRdf(issue("rdf.doctype"))
        if not names_rdf(text):
            raise UnreadableRdf(issue("rdf.xml_not_rdf", found=root_element(content)))
        _refuse_xml(text, limits)
    if syntax == "json":
        _refuse_json(text, limits)


def _refuse_json(text: str, limits: RdfLimits) -> None:
    try:
        document = json.loads(text, parse_int=str)  # Python refuses to make numbers of thousands of digits
    except json.JSONDecodeError as error:
        where = place(error.lineno, error.colno)
        raise UnreadableRdf(issue("rdf.json_syntax", where=where["en"], place=where, found=error.msg)) from error
    except RecursionError as error:
        raise UnreadableRdf(issue("rdf.too_deep")) from error
    seen = False
    for key, value, depth in _members(document):
        if depth > limits.nesting:
            raise UnreadableRdf(issue("rdf.too_deep"))
        seen = seen or key.startswith("@")
        contexts = value if isinstance(value, list) else [value]
        if key == "@import" or (key == "@context" and any(isinstance(context, str) for context in contexts)):
            raise UnreadableRdf(issue("rdf.remote_context", found=str(value)[:200]))
    if not seen:
        raise UnreadableRdf(issue("rdf.json_not_ld"))


def _members(document: Any) -> Iterator[tuple[str, Any, int]]:
    """Each member of each object with its depth, without recursion."""
    queue = [(document, 1)]
    while queue:
        value, depth = queue.pop()
        if isinstance(value, dict):
            yield from ((key, member, depth) for key, member in value.items())
            queue.extend((member, depth + 1) for member in value.values())
        elif isinstance(value, list):
            yield "", None, depth
            queue.extend((member, depth + 1) for member in value)


def _quads(text: str, syntax: str) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse(text.encode(), format=FORMATS[syntax], base_iri=BASE)
    except SyntaxError as error:
        raise UnreadableRdf(_syntax_issue(error, text, syntax)) from error


def _syntax_issue(error: SyntaxError, text: str, syntax: str) -> Issue:
    if syntax == "turtle" and not begins_like_turtle(text):
        line, beginning = first_statement(text)
        code = "rdf.csv" if looks_like_table(text) else "rdf.not_rdf"
        return issue(code, where=f"line {line}", line=line, found=beginning)
    where = _iri_place(text, error.msg) if syntax == "xml" else place(error.lineno, error.offset)
    reason = re.sub(r"^Parser error at .*?: ", "", error.msg)
    return issue("rdf.syntax", where=where["en"], syntax=NAMES[syntax], place=where, found=reason)


def _iri_place(text: str, reason: str) -> Text:
    """Where the value stands that pyoxigraph complains about: of RDF/XML it tells no line."""
    quoted = QUOTED.search(reason)
    start = text.find(quoted[1]) if quoted else -1
    return place(text.count("\n", 0, start) + 1 if start >= 0 else None)


def _refuse_xml(text: str, limits: RdfLimits) -> None:
    """Raise for XML that is not well formed or nested too deeply; declarations have been refused before."""
    depth = 0

    def start(name: str, attributes: Any) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.nesting:
            raise UnreadableRdf(issue("rdf.too_deep"))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def declaration(version: str, encoding: str | None, standalone: int) -> None:
        if encoding and encoding.lower() not in UTF_8:
            raise UnreadableRdf(issue("rdf.xml_encoding", where="line 1", found=encoding))

    parser = expat.ParserCreate("utf-8")
    parser.XmlDeclHandler = declaration
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(text.lstrip().encode(), True)
    except expat.ExpatError as error:
        where = place(error.lineno + text[: len(text) - len(text.lstrip())].count("\n"), error.offset + 1)
        reason = expat.errors.messages[error.code]
        raise UnreadableRdf(
            issue("rdf.syntax", where=where["en"], syntax=NAMES["xml"], place=where, found=reason)
        ) from error
