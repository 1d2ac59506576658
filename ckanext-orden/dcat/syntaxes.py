"""The syntaxes that we publish in, and how a document in each is put together from parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

import pyoxigraph as ox
from ckan.plugins import toolkit as tk
from rdflib import RDF

from .namespaces import PREFIXES


@dataclass(frozen=True)
class Syntax:
    """How a graph is written."""

    media_type: str
    format: ox.RdfFormat
    name: str


@dataclass(frozen=True)
class Frame:
    """What stands before, between and after the parts of a document."""

    before: str
    between: str
    after: str


TURTLE = Syntax("text/turtle", ox.RdfFormat.TURTLE, "Turtle")
RDF_XML = Syntax("application/rdf+xml", ox.RdfFormat.RDF_XML, "RDF/XML")
JSON_LD = Syntax("application/ld+json", ox.RdfFormat.JSON_LD, "JSON-LD")
N_TRIPLES = Syntax("application/n-triples", ox.RdfFormat.N_TRIPLES, "N-Triples")
SYNTAXES = {
    "ttl": TURTLE,
    "rdf": RDF_XML,
    "xml": RDF_XML,
    "jsonld": JSON_LD,
    "nt": N_TRIPLES,
    "n3": Syntax("text/n3", ox.RdfFormat.TURTLE, "Notation3"),
}
"""By the ending of the address; Turtle is Notation3."""

_ROOT = "rdf:RDF"
_TYPES = re.compile(rf'"{re.escape(RDF.type)}":\[((?:\{{"@id":"[^"]*"\}},?)+)\]')
_KEYS = re.compile(r'"(http[^"]*[/#])([A-Za-z][\w-]*)":')


def prefixes(namespace: str) -> dict[str, str]:
    """Our short names; `namespace` is that of our own terms."""
    return {**{prefix: str(name) for prefix, name in sorted(PREFIXES.items())}, "orden": namespace}


def frame(syntax: Syntax, namespace: str) -> Frame:
    """What makes a document of parts."""
    names = prefixes(namespace)
    if syntax.format == ox.RdfFormat.TURTLE:
        return Frame("".join(f"@prefix {prefix}: <{name}> .\n" for prefix, name in names.items()), "", "")
    if syntax is JSON_LD:
        context = ",\n".join(f'  "{prefix}": "{name}"' for prefix, name in names.items())
        return Frame(f'{{"@context": {{\n{context}\n}},\n"@graph": [\n', ",\n", "\n]}\n")
    if syntax is RDF_XML:
        spaces = "".join(f"\n  xmlns:{p}={quoteattr(n)}" for p, n in {"rdf": str(RDF), **names}.items())
        return Frame(f'<?xml version="1.0" encoding="UTF-8"?>\n<{_ROOT}{spaces}>\n', "\n", f"\n</{_ROOT}>\n")
    return Frame("", "", "")


def part(triples: str, syntax: Syntax, namespace: str) -> str:
    """N-Triples in a syntax, as a part of a document."""
    if syntax is N_TRIPLES or not triples:
        return triples
    names = prefixes(namespace)
    quads = ox.parse(triples, format=ox.RdfFormat.N_TRIPLES)
    text = (ox.serialize(quads, format=syntax.format, prefixes=names) or b"").decode()
    if syntax.format == ox.RdfFormat.TURTLE:
        return text[re.match(r"(?:@prefix [^\n]*\n)*", text).end() :]  # pyright: ignore[reportOptionalMemberAccess]
    if syntax is JSON_LD:
        return _compact(text[1:-1], names)
    return "\n".join(text.split("\n")[2:-1])


def document(triples: str, syntax: Syntax, namespace: str) -> str:
    """N-Triples as a document in a syntax."""
    around = frame(syntax, namespace)
    return around.before + part(triples, syntax, namespace) + around.after


def canonical(document: bytes, syntax: Syntax) -> str:
    """The same text for the same graph, however it is written."""
    graph = ox.Dataset(ox.parse(document, format=syntax.format))
    graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return "\n".join(sorted(map(str, graph)))


def no_such_format() -> str:
    """What there is, for one who asks for something else."""
    return tk._("There is no such format: {formats}").format(formats=", ".join(sorted(SYNTAXES)))


def _compact(text: str, names: dict[str, str]) -> str:
    """Expanded JSON-LD with classes as `@type` and our short names as keys; within a text a quote is escaped."""
    shorts = {name: prefix for prefix, name in names.items()}

    def types(found: re.Match[str]) -> str:
        return '"@type":[{}]'.format(found[1].replace('{"@id":', "").replace("}", ""))

    def key(found: re.Match[str]) -> str:
        return f'"{shorts[found[1]]}:{found[2]}":' if found[1] in shorts else found[0]

    return _KEYS.sub(key, _TYPES.sub(types, text))
