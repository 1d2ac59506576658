"""What a shape says about itself, for the messages; of shapes of others as much as they tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.term import Node

from ...types import Text
from ..namespaces import ORDEN, PREFIXES

OURS = "https://w3id.org/orden/shapes/"
FOLDER = Path(__file__).parents[1] / "shapes"
REPEATED = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}
NO_WORD = re.compile(r"\W+")


@dataclass(frozen=True)
class Rule:
    """The first part of an issue's code, and how to speak of what the shape looks at."""

    code: str
    name: Text
    path: str
    hint: Text = field(default_factory=dict)
    field: str = ""
    link: str = ""


def rule(graph: Graph, shape: Node) -> Rule:
    """The rule that a shape is."""
    path = graph.value(shape, SH.path)
    owner = next(graph.subjects(SH.property, shape), None) or shape
    ours = shape.startswith(OURS) if isinstance(shape, URIRef) else False
    shown = shown_path(graph, path) if path is not None else local_name(shape)
    name, field = (_texts(graph, shape, SH.name), str(graph.value(shape, ORDEN.field) or ""))
    if not ours:
        known = our_words().get(path)
        name = name or _texts(graph, shape, RDFS.label) or (known.name if known else {})
        field = field or (known.field if known else "")
    return Rule(
        code=f"dcat.{local_name(shape)}" if ours else f"shacl.{NO_WORD.sub('.', shown).strip('.')}",
        name=name,
        path=shown,
        hint=_texts(graph, shape, SH.message) or _texts(graph, shape, SH.description),
        field=field,
        link=str(graph.value(owner, RDFS.seeAlso) or ""),
    )


def shown_path(graph: Graph, path: Node | None) -> str:
    """A path as people write it; of alternatives the first."""
    if isinstance(path, URIRef):
        return short(path, {prefix: name for prefix, name in graph.namespaces() if prefix})
    if path is not None and graph.value(path, RDF.first) is not None:
        return "/".join(shown_path(graph, step) for step in graph.items(path) if step is not None)
    if (inverse := graph.value(path, SH.inversePath)) is not None:
        return "^" + shown_path(graph, inverse)
    for kind, sign in REPEATED.items():
        if (repeated := graph.value(path, kind)) is not None:
            return shown_path(graph, repeated) + sign
    options = graph.value(path, SH.alternativePath)
    return shown_path(graph, next(iter(graph.items(options)), None)) if options is not None else ""


def short(node: Node, prefixes: Mapping[str, object] = MappingProxyType({})) -> str:
    """An IRI with the prefix that people know, or that is declared."""
    for prefix, namespace in {**prefixes, **PREFIXES}.items():
        if str(node).startswith(str(namespace)):
            return f"{prefix}:{str(node).removeprefix(str(namespace))}"
    return str(node)


def local_name(node: Node) -> str:
    """What an IRI ends with."""
    return re.split(r"[#/:]", str(node))[-1]


@lru_cache(maxsize=1)
def our_words() -> dict[Node | None, Rule]:
    """What we call the properties that our own rules look at."""
    words: dict[Node | None, Rule] = {}
    for name in ("base", "odpo"):
        graph = Graph().parse(FOLDER / f"{name}.ttl", format="turtle")
        for shape, path in graph.subject_objects(SH.path):
            found = rule(graph, shape)
            words[path] = replace(words.get(path, found), field=found.field)
    return words


def _texts(graph: Graph, shape: Node, predicate: URIRef) -> Text:
    """A text by language; one without a language counts as English."""
    texts = (text for text in graph.objects(shape, predicate) if isinstance(text, Literal))
    return {text.language or "en": str(text) for text in texts}
