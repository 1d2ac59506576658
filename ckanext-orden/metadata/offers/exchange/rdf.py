"""An offer in RDF: ODRL says what may be done, schema.org what it costs, and a property of the offer all the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ....types import Issue
from ..fields import PRIVATE, fields
from ..markets import Markets
from ..offer import Offer, Values, values_of
from . import json_ld, odrl, schemaorg
from .losses import Target, losses, normal
from .names import PREFIXES, SCHEMA, Names

_LISTS = frozenset({"terms", "open_terms", "regions", "names"})


@dataclass(frozen=True)
class Written:
    """The graph, and what it does not hold (`offer.lossy`)."""

    graph: Graph
    issues: tuple[Issue, ...] = ()


def policy(offer: Offer, names: Names, markets: Markets) -> Written:
    """The ODRL policy alone."""
    graph = _graph(names)
    odrl.write(graph, offer, names)
    return Written(graph, _lost("odrl", offer, odrl.read(graph, names), markets))


def priced(offer: Offer, names: Names, markets: Markets, language: str = "") -> Written:
    """The schema.org Offer alone; with a `language`, in that one."""
    graph = _graph(names)
    schemaorg.write(graph, offer, names, language)
    return Written(graph, _lost("schema", offer, schemaorg.read(graph, names), markets))


def write(offer: Offer, names: Names, markets: Markets) -> Written:
    """The whole offer as `offer_graph` has it, and what that does not hold."""
    graph = offer_graph(offer, names, markets)
    return Written(graph, _lost("rdf", offer, read(graph, names), markets))


def offer_graph(offer: Offer, names: Names, markets: Markets) -> Graph:
    """The whole offer, but for what is private: one node that is both an ODRL and a schema.org Offer.

    What neither vocabulary says stands in `schema:additionalProperty`, by the names of the offer's fields.
    """
    graph = _graph(names)
    odrl.write(graph, offer, names)
    schemaorg.write(graph, offer, names)
    said = normal(read(graph, names), markets)
    for name, value in values_of(offer).items():
        if name not in PRIVATE and said.get(name) != value:
            _add_property(graph, names, name, value)
    return graph


def read(graph: Graph, names: Names) -> dict[str, Any]:
    """The values for `check` that the graph states; our own properties say it last."""
    return {**odrl.read(graph, names), **schemaorg.read(graph, names), **dict(_properties(graph, names))}


def policy_document(offer: Offer, names: Names, markets: Markets) -> json_ld.Tree:
    """The ODRL policy as JSON-LD."""
    return json_ld.tree(policy(offer, names, markets).graph, names.offer, _prefixes(names))


def document(offer: Offer, names: Names, markets: Markets) -> json_ld.Tree:
    """The whole offer as JSON-LD."""
    return json_ld.tree(offer_graph(offer, names, markets), names.offer, _prefixes(names))


def page_document(offer: Offer, names: Names, language: str) -> json_ld.Tree:
    """The schema.org Offer as a page carries it for search engines."""
    graph = _graph(names)
    schemaorg.write(graph, offer, names, language)
    return json_ld.page(graph, names.offer)


def _prefixes(names: Names) -> dict[str, str]:
    return {**PREFIXES, "orden": names.namespace}


def _graph(names: Names) -> Graph:
    graph = Graph()
    for prefix, namespace in _prefixes(names).items():
        graph.bind(prefix, namespace, replace=True)
    return graph


def _lost(target: Target, offer: Offer, found: Values, markets: Markets) -> tuple[Issue, ...]:
    return losses(target, values_of(offer), normal(found, markets))


def _add_property(graph: Graph, names: Names, name: str, value: Any) -> None:
    node = BNode()
    graph.add((URIRef(names.offer), SCHEMA.additionalProperty, node))
    graph.add((node, RDF.type, SCHEMA.PropertyValue))
    graph.add((node, SCHEMA.propertyID, Literal(name)))
    for literal in _literals(value):
        graph.add((node, SCHEMA.value, literal))


def _literals(value: Any) -> Iterator[Literal]:
    """Texts by language, each of several, records as JSON."""
    if isinstance(value, dict):
        yield from (Literal(text, lang=tag) for tag, text in value.items())
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield Literal(json.dumps(value, ensure_ascii=False, sort_keys=True))
    elif isinstance(value, list):
        yield from map(Literal, value)
    else:
        yield Literal(value)


def _properties(graph: Graph, names: Names) -> Iterator[tuple[str, Any]]:
    known = fields()
    for node in graph.objects(URIRef(names.offer), SCHEMA.additionalProperty):
        name = str(graph.value(node, SCHEMA.propertyID))
        values = sorted(graph.objects(node, SCHEMA.value), key=str)
        if name in known and name not in PRIVATE and values:
            yield name, _value(known[name].kind, values)


def _value(kind: str, values: list[Node]) -> Any:
    if kind == "texts":
        return {getattr(value, "language", None) or "ja": str(value) for value in values}
    if kind == "links":
        return _records(str(values[0]))
    texts = [str(value) for value in values]
    return texts if kind in _LISTS else texts[0]


def _records(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
