"""A score as RDF: W3C's Data Quality Vocabulary, with the metrics of data.europa.eu and ours."""

from __future__ import annotations

from datetime import date

from rdflib import PROV, RDF, XSD, Graph, Literal, Namespace, URIRef

from ..namespaces import DQV
from .metrics import MQA
from .score import Score

SCORING, JAPAN, OURS = "scoring", "japanScore", "ja."


def as_graph(dataset: URIRef, score: Score, day: date, namespace: Namespace) -> Graph:
    """A measurement for each metric that could be looked at, and for the sums."""
    graph = Graph("SimpleMemory", bind_namespaces="none")
    measured = {_metric(code, namespace): Literal(value) for code, value in score.found.items() if value is not None}
    measured[URIRef(MQA + SCORING)] = Literal(score.points)
    if score.japan is not None:
        measured[namespace[JAPAN]] = Literal(score.japan)
    for metric, value in measured.items():
        node = URIRef(f"{dataset}/quality#{str(metric).rsplit('#', 1)[-1]}")
        graph.add((dataset, DQV.hasQualityMeasurement, node))
        graph.add((node, RDF.type, DQV.QualityMeasurement))
        graph.add((node, DQV.computedOn, dataset))
        graph.add((node, DQV.isMeasurementOf, metric))
        graph.add((node, DQV.value, value))
        graph.add((node, PROV.generatedAtTime, Literal(day.isoformat(), datatype=XSD.date)))
    return graph


def name_of(code: str) -> str:
    """What a Japanese criterion (`ja.kana`) is called in our namespace."""
    return f"quality{code.removeprefix(OURS).capitalize()}"


def _metric(code: str, namespace: Namespace) -> URIRef:
    return namespace[name_of(code)] if code.startswith(OURS) else URIRef(MQA + code)
