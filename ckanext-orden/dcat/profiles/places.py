"""Where the data is about: places with geometries, and the municipality by its 全国地方公共団体コード."""

from __future__ import annotations

import json
from typing import Any

from geomet import InvalidGeoJSONException, wkt
from rdflib import RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from ...metadata import vocabularies
from ..namespaces import DCAT, DCT, GSP, LOCN
from .iris import web_iri

Dict = dict[str, Any]
PATH = "municipality/"
GEOMETRIES = {"geom": LOCN.geometry, "bbox": DCAT.bbox, "centroid": DCAT.centroid}
DECIMALS = 7


def add_places(graph: Graph, ref: URIRef, places: list[Dict]) -> None:
    """Each place that says something, its geometries as WKT."""
    for place in places:
        shapes = {predicate: as_wkt(place.get(name)) for name, predicate in GEOMETRIES.items()}
        iri = web_iri(place.get("uri"))
        if iri is None and not place.get("text") and not any(shapes.values()):
            continue
        node = iri or BNode()
        graph.add((ref, DCT.spatial, node))
        graph.add((node, RDF.type, DCT.Location))
        if place.get("text"):
            graph.add((node, SKOS.prefLabel, Literal(place["text"])))
        for predicate, shape in shapes.items():
            if shape:
                graph.add((node, predicate, Literal(shape, datatype=GSP.wktLiteral)))


def add_municipality(graph: Graph, ns: Namespace, ref: URIRef, code: str) -> None:
    """The place of a known code, with its name and the code."""
    place = vocabularies.municipality(code)
    if place is None:
        return
    location = ns[PATH + code]
    graph.add((ref, DCT.spatial, location))
    graph.add((location, RDF.type, DCT.Location))
    graph.add((location, DCT.identifier, Literal(code)))
    graph.add((location, SKOS.prefLabel, Literal(place.full_name, lang="ja")))
    if place.name_en:
        graph.add((location, SKOS.prefLabel, Literal(place.name_en, lang="en")))


def read_places(graph: Graph, ns: Namespace, ref: Node) -> list[Dict]:
    """The places of a dataset, its municipality left out: that has a field of its own."""
    nodes = (node for node in graph.objects(ref, DCT.spatial) if not str(node).startswith(str(ns[PATH])))
    found = (_place(graph, node) for node in nodes)
    return sorted((place for place in found if place), key=lambda place: json.dumps(place, sort_keys=True))


def as_wkt(value: Any) -> str | None:
    """GeoJSON or WKT as WKT; None for what is neither."""
    try:
        geometry = json.loads(value) if isinstance(value, str) and value.lstrip().startswith("{") else value
        if isinstance(geometry, str):
            geometry = wkt.loads(geometry)
        return wkt.dumps(geometry, decimals=DECIMALS) if geometry else None
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, StopIteration, InvalidGeoJSONException):
        return None  # geomet tells broken input by whatever its code stumbles over


def _place(graph: Graph, node: Node) -> Dict:
    if isinstance(node, Literal):
        return {"text": str(node)}
    labels = sorted((label for name in (SKOS.prefLabel, RDFS.label) for label in graph.objects(node, name)), key=str)
    japanese = [label for label in labels if isinstance(label, Literal) and label.language == "ja"]
    found = {"uri": str(node) if isinstance(node, URIRef) else "", "text": str(next(iter(japanese + labels), ""))}
    for name, predicate in GEOMETRIES.items():
        found[name] = next(filter(None, map(_geojson, graph.objects(node, predicate))), "")
    return {key: value for key, value in found.items() if value}


def _geojson(literal: Node) -> str:
    """A geometry literal (WKT, also with a reference system before it, or GeoJSON) as GeoJSON."""
    text = str(literal).strip()
    shape = as_wkt(text.partition("> ")[2] if text.startswith("<") else text)
    return json.dumps(wkt.loads(shape)) if shape else ""
