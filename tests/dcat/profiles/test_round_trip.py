"""Every field that RDF has a term for is written and read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from ckanext.dcat.processors import RDFParser
from ckanext.orden.dcat.validation import check_graph
from ckanext.orden.metadata.mapping import cadde, list_row
from ckanext.orden.metadata.mapping.losses import losses
from metadata.full import full, leaves_of, not_held
from rdflib import Graph

from ..conftest import OFFICIAL, GraphOf, official_results

ID = "11111111-1111-4111-8111-111111111111"


def stored() -> dict[str, Any]:
    """The full dataset with the ids that a stored one has."""
    return with_ids(full())


def with_ids(dataset: Mapping[str, Any]) -> dict[str, Any]:
    ids = {"id": "22222222-2222-4222-8222-222222222222", "package_id": ID}
    return {**dataset, "id": ID, "resources": [{**file, **ids} for file in dataset["resources"]]}


def read(graph: Graph) -> dict[str, Any]:
    parser = RDFParser(profiles=["orden_dcat"])
    parser.g += graph
    return next(iter(parser.datasets()))


def test_every_field_with_a_term_comes_back(graph_of: GraphOf):
    assert leaves_of(losses("rdf", stored(), read(graph_of(stored())))) == not_held("rdf")


@pytest.mark.parametrize("text", ["http://", "https://"])
def test_text_that_only_begins_like_an_address_comes_back(graph_of: GraphOf, text: str):
    dataset = stored()
    for holder in (dataset, *dataset["resources"]):
        holder |= {name: said(holder[name], text) for name in ("conforms_to", "provenance", "rights") if name in holder}
    graph = graph_of(dataset)
    assert leaves_of(losses("rdf", dataset, read(graph))) == not_held("rdf")
    assert check_graph(graph, "range").report.issues == ()


def said(value: Any, text: str) -> Any:
    """The text where there was another, or several."""
    return [text] if isinstance(value, list) else text


def test_full_dataset_conforms(graph_of: GraphOf):
    graph = graph_of(stored())
    assert check_graph(graph, "range").report.issues == ()
    if OFFICIAL.is_dir():
        assert official_results(graph, "range") == set()


@pytest.mark.parametrize("before", [cadde.read_back, list_row.read_back])
def test_dataset_of_another_format_survives_rdf(graph_of: GraphOf, before: Callable[..., Mapping[str, Any]]):
    """CADDE → DCAT and 一覧 → DCAT; what those formats hold, RDF holds too."""
    written = cadde.write(stored()).package if before is cadde.read_back else list_row.rows(stored()).rows
    between = with_ids(before(written))
    assert losses("rdf", between, read(graph_of(between))) == ()


@pytest.mark.parametrize(("target", "write"), [("cadde", cadde.write), ("list", list_row.rows)])
def test_dataset_read_from_rdf_survives_other_formats(graph_of: GraphOf, target: str, write: Callable[..., Any]):
    between = {"id": ID, **read(graph_of(stored()))}
    assert leaves_of(write(between).issues) <= not_held(target)
