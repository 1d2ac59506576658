"""A dataset's triples as JSON-LD that people can read: short names, plain values, what belongs to a node within it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Dict = dict[str, Any]
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
XSD = "http://www.w3.org/2001/XMLSchema#"
TEXT = f"{XSD}string"
TRUTH = f"{XSD}boolean"
WHOLE = frozenset(f"{XSD}{name}" for name in ("integer", "nonNegativeInteger"))
LARGEST = 2**53
FIRST = [RDF_TYPE, *(f"http://purl.org/dc/terms/{name}" for name in ("title", "description"))]
LISTS = frozenset(f"http://www.w3.org/ns/dcat#{name}" for name in ("distribution", "keyword", "theme"))
"""Always a list, also of one: programs walk over them."""


def document(triples: str, root: str, prefixes: dict[str, str]) -> str:
    """N-Triples as a document with the node `root` on top."""
    frame = _Frame(ox.parse(triples, format=ox.RdfFormat.N_TRIPLES), prefixes)
    top = frame.whole(ox.NamedNode(root))
    return json.dumps({"@context": frame.context(), **top}, ensure_ascii=False, indent=2) + "\n"


class _Frame:
    """The graph as it is written; each node is described where it is met first."""

    def __init__(self, quads: Iterable[ox.Quad], prefixes: dict[str, str]) -> None:
        self._prefixes = prefixes
        self._nodes: dict[Any, dict[str, list[Any]]] = {}
        self._values: dict[str, list[Any]] = {}
        self._met: set[Any] = set()
        self._used: set[str] = set()
        self._times: dict[Any, int] = {}
        for quad in sorted(quads, key=str):
            self._nodes.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
            self._times[quad.object] = self._times.get(quad.object, 0) + 1
            if quad.predicate.value != RDF_TYPE:
                self._values.setdefault(quad.predicate.value, []).append(quad.object)

    def context(self) -> Dict:
        """The short names of what is written already, and what the values of a property are where all are alike."""
        terms = {self._short(predicate): self._term(predicate) for predicate in self._values}
        names = {prefix: name for prefix, name in self._prefixes.items() if prefix in self._used}
        return {**names, **{name: term for name, term in sorted(terms.items()) if term}}

    def whole(self, root: ox.NamedNode) -> Dict:
        """The root with all that it leads to; what nothing leads to is included beside it."""
        top = self._node(root)
        rest = [node for node in self._nodes if node not in self._met and self._times.get(node, 0) == 0]
        rest += [node for node in self._nodes if node not in rest]
        others = [self._node(node) for node in rest if node not in self._met]
        return {**top, "@included": others} if others else top

    def _node(self, node: Any, within: int = 0) -> Dict:
        """A node; `within` is 1 where it stands in another, so that nothing more need name it."""
        self._met.add(node)
        named = isinstance(node, ox.NamedNode) or self._times.get(node, 0) > within
        written: Dict = {"@id": self._id(node)} if named else {}
        for predicate, values in sorted(self._nodes.get(node, {}).items(), key=_place):
            if predicate == RDF_TYPE:
                written["@type"] = _one([self._class(value) for value in values])
            else:
                written[self._short(predicate)] = self._written(predicate, values)
        return written

    def _written(self, predicate: str, values: list[Any]) -> Any:
        term = self._term(predicate)
        kind, container = term.get("@type"), term.get("@container", ())
        if "@language" in container:
            said: dict[str, list[str]] = {}
            for value in values:
                said.setdefault(value.language, []).append(value.value)
            return {tag: texts if "@set" in container else _one(texts) for tag, texts in said.items()}
        found = [self._value(value, kind) for value in values]
        return found if "@set" in container else _one(found)

    def _value(self, value: Any, kind: str | None) -> Any:
        if isinstance(value, ox.Literal):
            return _literal(value, typed=kind is not None, shorten=self._short)
        if value in self._nodes and value not in self._met:
            return self._node(value, within=1)
        return self._id(value) if kind == "@id" else {"@id": self._id(value)}

    def _term(self, predicate: str) -> Dict:
        """What the context says of a property."""
        values = self._values[predicate]
        kinds = {_kind(value) for value in values}
        sets = ["@set"] if predicate in LISTS else []
        if kinds == {"@language"}:
            return {"@container": ["@language", *sets] if sets else "@language"}
        kind = kinds.pop() if len(kinds) == 1 else TEXT
        found = {} if kind == TEXT else {"@type": kind if kind == "@id" else self._short(kind)}
        return {**found, **({"@container": "@set"} if sets else {})}

    def _short(self, iri: str) -> str:
        for prefix, namespace in self._prefixes.items():
            local = iri.removeprefix(namespace)
            if local != iri and local.replace("_", "").replace("-", "").isalnum() and local.isascii():
                self._used.add(prefix)
                return f"{prefix}:{local}"
        return iri

    def _class(self, value: Any) -> str:
        return self._short(value.value) if isinstance(value, ox.NamedNode) else self._id(value)

    @staticmethod
    def _id(node: Any) -> str:
        return node.value if isinstance(node, ox.NamedNode) else f"_:{node.value}"


def _place(said: tuple[str, list[Any]]) -> tuple[int, str]:
    """Where a property stands: what a node is and is called comes first."""
    predicate, _ = said
    return FIRST.index(predicate) if predicate in FIRST else len(FIRST), predicate


def _kind(value: Any) -> str:
    if not isinstance(value, ox.Literal):
        return "@id"
    return "@language" if value.language else value.datatype.value


def _literal(value: ox.Literal, *, typed: bool, shorten: Any) -> Any:
    """As it stands where its property says the type, else with it."""
    kind = _kind(value)
    plain: Any = value.value
    if kind in WHOLE and plain.isdigit() and str(int(plain)) == plain and int(plain) < LARGEST:
        plain = int(plain)
    if kind == TRUTH and plain in ("true", "false"):
        plain = plain == "true"
    if typed or kind == TEXT:
        return plain
    if kind == "@language":
        return {"@language": value.language, "@value": value.value}
    return {"@type": shorten(kind), "@value": plain}


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
