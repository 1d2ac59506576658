"""Graphs of the example datasets, the official shapes where they are, and stored datasets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from ckan.plugins import toolkit as tk
from ckanext.dcat.processors import RDFSerializer
from rdflib import SH, Graph, URIRef

from .examples import example

GOLDEN = Path(__file__).parent / "fixtures/catalogue.ttl"
WHOLE = Path(__file__).parent / "fixtures/whole.ttl"
OFFICIAL = Path(__file__).parents[3] / "shared/shapes/dcat-ap-3.0.1"
Act = Callable[..., Any]
GraphOf = Callable[..., Graph]


@pytest.fixture()
def graph_of(with_plugins: None, app: Any) -> Iterator[GraphOf]:
    """Makes the graph of datasets, with the catalogue if asked for."""

    def make(*datasets: dict[str, Any], catalog: bool = False) -> Graph:
        serializer = RDFSerializer(profiles=["orden_dcat"])
        if catalog:
            serializer.serialize_catalog({}, list(datasets))
        else:
            for dataset in datasets:
                serializer.graph_from_dataset(dataset)
        return plain(serializer.g)

    with app.flask_app.test_request_context():
        yield make


@pytest.fixture()
def act(clean_db: None, clean_index: None) -> Act:
    """Calls an action as the site's own user."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]

    def call(action: str, **data: Any) -> Any:
        return tk.get_action(action)({"user": user, "ignore_auth": True}, data)

    return call


@pytest.fixture()
def stored(act: Act) -> list[dict[str, Any]]:
    """The examples as the site holds them."""
    organization = act("organization_create", name="toyonaka", title="豊中市", orden_org_kind="public")
    left_out = ("organization", "metadata_created", "metadata_modified")
    return [
        act(
            "package_create",
            owner_org=organization["id"],
            **{key: value for key, value in example(kind).items() if key not in left_out},
        )
        for kind in ("rich", "paid", "ngsi")
    ]


def plain(graph: Graph) -> Graph:
    """The same triples in a graph without contexts."""
    copy = Graph()
    for triple in graph:
        copy.add(triple)
    return copy


@cache
def official_shapes(level: str) -> Graph:
    """The published shapes of a level."""
    shapes = Graph().parse(OFFICIAL / "shapes.ttl")
    return shapes.parse(OFFICIAL / "range.ttl") if level == "range" else shapes


def official_results(graph: Graph, level: str = "range") -> set[tuple[str, str, str]]:
    """(focus node, path, component) of each official violation."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=official_shapes(level), inplace=True)
    assert isinstance(report, Graph)
    results = list(report.objects(None, SH.result))
    return {
        (
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultPath)),
            str(report.value(result, SH.sourceConstraintComponent)).partition("#")[2],
        )
        for result in results
        if report.value(result, SH.resultSeverity) == SH.Violation
    }


FILES = {
    "base": "shapes.ttl",
    "range": "range.ttl",
    "recommended": "shapes_recommended.ttl",
    "vocabulary": "mdr-vocabularies.shape.ttl",
}
"""The official file of each of our files of shapes."""


@cache
def official_file(name: str) -> Graph:
    """The published shapes of one file: names that two files share mean other things in each."""
    return Graph().parse(OFFICIAL / FILES[name])


def official_verdicts(graph: Graph, files: tuple[str, ...]) -> set[tuple[str, str]]:
    """(focus node, path) of each official result of any severity; a path that is no single predicate is empty."""
    reports = (pyshacl.validate(graph, shacl_graph=official_file(name), inplace=True)[1] for name in files)
    return {
        (str(report.value(result, SH.focusNode)), str(path) if isinstance(path, URIRef) else "")
        for report in reports
        if isinstance(report, Graph)
        for result in report.objects(None, SH.result)
        for path in (report.value(result, SH.resultPath),)
    }
