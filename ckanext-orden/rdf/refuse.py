"""What must not reach a parser: entities, remote contexts, and what would take more time or memory than it is worth."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

import pyoxigraph as ox

from .detect import is_html, names_rdf, root_element
from .limits import RdfLimits
from .problems import UnreadableRdf, issue, place, syntax_issue

DECLARATION = re.compile(r"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
VALUES = 4
"""How many values of JSON a triple takes, at most."""
UTF_8 = ("utf-8", "utf8")
TOKEN = re.compile(
    r'''"""(?:[^"\\]+|\\.?|"(?!""))*(?:""")?|"(?:[^"\\\n]+|\\.?)*"?'''
    r"""|'''(?:[^'\\]+|\\.?|'(?!''))*(?:''')?|'(?:[^'\\\n]+|\\.?)*'?"""
    r"""|\#[^\n]*|<<|>>|<[^<>"\s]*>?|[(\[{}\])]""",
    re.DOTALL,
)
"""Texts, comments, addresses and brackets of Turtle. None of them can fail: what is not closed goes on to its end."""
OPENING, CLOSING = frozenset(("(", "[", "{")), frozenset((")", "]", "}"))


def refuse(text: str, syntax: ox.RdfFormat, limits: RdfLimits) -> None:
    """Raise for documents that must not reach a parser."""
    content = text.lstrip()
    if is_html(content):
        raise UnreadableRdf(issue("rdf.html"))
    if syntax == ox.RdfFormat.RDF_XML:
        if DECLARATION.search(text):
            raise UnreadableRdf(issue("rdf.doctype"))
        if not names_rdf(text):
            raise UnreadableRdf(issue("rdf.xml_not_rdf", found=root_element(content)))
        _refuse_xml(text, limits)
    elif syntax == ox.RdfFormat.JSON_LD:
        _refuse_json(text, limits)
    else:
        _refuse_brackets(text, limits)


def _refuse_json(text: str, limits: RdfLimits) -> None:
    try:
        document = json.loads(text, parse_int=str)  # Python refuses to make numbers of thousands of digits
    except json.JSONDecodeError as error:
        where = place(error.lineno, error.colno)
        raise UnreadableRdf(issue("rdf.json_syntax", where=where["en"], place=where, found=error.msg)) from error
    except RecursionError as error:
        raise UnreadableRdf(issue("rdf.too_deep")) from error
    seen, most = False, VALUES * limits.triples
    for count, (key, value, depth) in enumerate(_members(document)):
        if count > most:
            raise UnreadableRdf(issue("rdf.too_large", found=f"> {most:,} values", limit=f"{most:,} values"))
        if depth > limits.nesting:
            raise UnreadableRdf(issue("rdf.too_deep"))
        seen = seen or key.startswith("@")
        contexts = value if isinstance(value, list) else [value]
        if key == "@import" or (key == "@context" and any(isinstance(context, str) for context in contexts)):
            raise UnreadableRdf(issue("rdf.remote_context", found=str(value)[:200]))
    if not seen:
        raise UnreadableRdf(issue("rdf.json_not_ld"))


def _members(document: Any) -> Iterator[tuple[str, Any, int]]:
    """Each member of each object and each item of each list with its depth, without recursion."""
    queue = [(document, 1)] if isinstance(document, (dict, list)) else []
    while queue:
        value, depth = queue.pop()
        pairs = value.items() if isinstance(value, dict) else (("", item) for item in value)
        for key, member in pairs:
            yield key, member, depth
            if isinstance(member, (dict, list)):
                queue.append((member, depth + 1))


def _refuse_xml(text: str, limits: RdfLimits) -> None:
    """Raise for XML that is not well formed or nested too deeply; declarations have been refused before."""
    depth = 0

    def start(name: str, attributes: Any) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.nesting:
            raise UnreadableRdf(issue("rdf.too_deep"))
        if len(attributes) > limits.attributes:
            where = place(parser.CurrentLineNumber)
            found = {"found": len(attributes), "limit": limits.attributes, "place": where}
            raise UnreadableRdf(issue("rdf.attributes", where=where["en"], **found))

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
        raise UnreadableRdf(syntax_issue("RDF/XML", where, expat.errors.messages[error.code])) from error


def _refuse_brackets(text: str, limits: RdfLimits) -> None:
    """Raise for Turtle with too many brackets open at a time: the parser keeps all of them."""
    brackets = triples = 0
    for token in TOKEN.finditer(text):
        sign = token[0]
        brackets += (sign in OPENING) - (sign in CLOSING)
        triples += (sign == "<<") - (sign == ">>")
        if brackets > limits.brackets or triples > limits.nesting:
            raise UnreadableRdf(issue("rdf.too_deep"))
