"""Every field that RDF has a term for is written and read back."""

from __future__ import annotations

from typing import Any

from ckanext.dcat.processors import RDFParser
from ckanext.orden.dcat.validation import check_graph
from ckanext.orden.metadata.mapping.losses import losses
from metadata.full import full, leaves_of, paths

from ..conftest import OFFICIAL, GraphOf, official_results

ID = "11111111-1111-4111-8111-111111111111"


def stored() -> dict[str, Any]:
    """The full dataset with the ids that a stored one has."""
    dataset = {**full(), "id": ID}
    dataset["resources"][0] |= {"id": "22222222-2222-4222-8222-222222222222", "package_id": ID}
    return dataset


def test_every_field_with_a_term_comes_back(graph_of: GraphOf):
    parser = RDFParser(profiles=["orden_dcat"])
    parser.g += graph_of(stored())
    found = losses("rdf", stored(), next(iter(parser.datasets())))
    assert leaves_of(found) == paths(lambda about: "reason" in about)


def test_full_dataset_conforms(graph_of: GraphOf):
    graph = graph_of(stored())
    assert check_graph(graph, "range").issues == ()
    if OFFICIAL.is_dir():
        assert official_results(graph, "range") == set()
