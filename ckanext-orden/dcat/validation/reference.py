"""pyshacl, the reference: slow, complete, and right where engines differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pyshacl.graph_abstraction import DataGraph
from pyshacl.rdfutil.stringify import stringify_blank_node
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator
from rdflib import BNode, Graph, URIRef
from rdflib.term import Node

Result = dict[URIRef, Any]
"""What a SHACL result says of itself, by property (SHACL 3.6.2)."""


def reference_results(graph: Graph, shapes: ShapesGraph) -> list[Result]:
    """The SHACL results; pyshacl's shapes are kept, its report graph is never made."""
    data = DataGraph.from_rdflib_graph(graph)
    executor = Validator(data, shacl_graph=Graph(), options={"inplace": True}).make_executor()
    # pyshacl writes out each blank node with all that it holds, quadratic in its values, into texts that nobody reads,
    # and keeps what it wrote for ever under an id() that is used again: what it finds there it takes.
    written = vars(stringify_blank_node)["dict_cache"]
    written.update({(id(graph), str(node)): "[]" for node in graph.all_nodes() if isinstance(node, BNode)})
    found = [result for shape in shapes.shapes for result in shape.validate(executor, data)[1]]
    written.clear()
    return [dict(_properties(top, triples)) for _, top, triples in found]


def _properties(top: Node, triples: Any) -> Iterator[tuple[Any, Any]]:
    """What is said of the result itself; pyshacl gives nodes of the data together with their graph."""
    for node, predicate, value in triples:
        if node == top:
            yield predicate, value[1] if isinstance(value, tuple) else value
