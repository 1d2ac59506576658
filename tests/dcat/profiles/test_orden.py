"""What the profile writes conforms in every syntax, and what it wrote it reads again."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckanext.dcat.processors import RDFParser
from ckanext.orden.dcat.namespaces import ADMS, DCAT, DCT, ORDEN
from ckanext.orden.dcat.profiles.iris import FORBIDDEN
from ckanext.orden.dcat.validation import RdfLimits, check_graph, read_rdf
from rdflib import FOAF, RDF, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from ..conftest import GOLDEN, OFFICIAL, GraphOf, official_results
from ..examples import KINDS, example

SYNTAXES = ["turtle", "xml", "pretty-xml", "json-ld", "nt"]
NOT_IN_RDF = {"id", "name", "type", "organization", "metadata_created", "metadata_modified"}
NOT_IN_RDF_OF_A_RESOURCE = {"id", "package_id"}


def without(data: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in names and value not in (None, "", [])}


def parsed(graph: Graph) -> dict[str, Any]:
    parser = RDFParser(profiles=["orden_dcat"])
    parser.g += graph
    return next(iter(parser.datasets()))


@pytest.mark.parametrize("kind", KINDS)
def test_dataset_conforms_to_base_and_range(graph_of: GraphOf, kind: str):
    graph = graph_of(example(kind))
    assert check_graph(graph, "range").report.issues == ()
    if OFFICIAL.is_dir():
        assert official_results(graph, "range") == set()


def test_values_are_of_the_lists_of_dcat_ap(graph_of: GraphOf):
    graph = graph_of(*(example(kind) for kind in KINDS if kind != "hostile"), catalog=True)
    assert check_graph(graph, "full").report.valid


def test_format_that_the_list_does_not_know_is_the_only_error_of_vocabulary(graph_of: GraphOf):
    resource = {
        "id": "88888888-8888-4888-8888-888888888888",
        "name": "表",
        "url": "https://e.jp/1",
        "format": "謎の形式",
    }
    report = check_graph(graph_of({**example("minimal"), "resources": [resource]}), "vocabulary").report
    assert {issue.code for issue in report.issues if issue.severity == "error"} == {"dcat.distribution.format.pattern"}


def test_status_of_dcat_ap_2_is_written_as_that_of_3(graph_of: GraphOf):
    deprecated = URIRef("http://publications.europa.eu/resource/authority/distribution-status/DEPRECATED")
    dataset = example("rich")
    dataset["resources"][0]["status"] = "http://purl.org/adms/status/Deprecated"
    assert set(graph_of(dataset).objects(None, ADMS.status)) == {deprecated}


def test_service_that_an_api_is_has_publisher_and_themes_of_its_dataset(graph_of: GraphOf):
    theme = "http://publications.europa.eu/resource/authority/data-theme/ENVI"
    graph = graph_of({**example("ngsi"), "theme": [theme]})
    dataset, service = (next(graph.subjects(RDF.type, kind)) for kind in (DCAT.Dataset, DCAT.DataService))
    assert set(graph.objects(service, DCAT.theme)) == {URIRef(theme)}
    publishers = [graph.value(node, DCT.publisher) for node in (dataset, service)]
    assert [graph.value(node, FOAF.name) for node in publishers] == [Literal("大阪府", lang="ja")] * 2
    assert publishers[0] != publishers[1]


def test_page_with_all_datasets_conforms(graph_of: GraphOf):
    graph = graph_of(*map(example, KINDS), catalog=True)
    assert check_graph(graph, "range").report.issues == ()
    assert len(set(graph.objects(None, DCAT.dataset))) == len(KINDS)
    assert len(set(graph.objects(None, DCAT.service))) == 2


def test_catalogue_without_datasets_conforms(graph_of: GraphOf):
    assert check_graph(graph_of(catalog=True), "range").report.issues == ()


def test_output_is_the_one_on_file(graph_of: GraphOf):
    """A changed output is a changed interface: look at the difference, then write the file anew."""
    graph = graph_of(*(example(kind) for kind in ("rich", "ngsi", "paid")), catalog=True)
    graph.remove((URIRef("http://test.ckan.net"), DCT.modified, None))  # that of what other tests have indexed
    assert isomorphic(graph, Graph().parse(GOLDEN))


@pytest.mark.parametrize("kind", KINDS)
def test_every_syntax_holds_the_same_triples(graph_of: GraphOf, kind: str):
    graph = graph_of(example(kind))
    for syntax in SYNTAXES:
        text = graph.serialize(format=syntax)
        assert isomorphic(graph, read_rdf(text.encode(), limits=RdfLimits())), syntax


def test_characters_that_xml_cannot_hold_are_left_out(graph_of: GraphOf):
    texts = {str(term) for triple in graph_of(example("hostile")) for term in triple if isinstance(term, Literal)}
    assert {"A1", "1.2", "規格二", "調査", "課"} <= texts


@pytest.mark.parametrize("kind", ["rich", "paid", "ngsi"])
def test_dataset_comes_back_as_it_was(graph_of: GraphOf, kind: str):
    before = example(kind)
    after = parsed(graph_of(before))
    assert after.pop("uri") == f"http://test.ckan.net/dataset/{before['id']}"
    resources = [without(resource, NOT_IN_RDF_OF_A_RESOURCE) for resource in before.pop("resources")]
    for found in after.pop("resources"):
        assert found.pop("uri").startswith("http://test.ckan.net/dataset/")
        written = next(resource for resource in resources if resource["name"] == found["name"])
        assert {**found, "mimetype": written.get("mimetype")} == {**written, "mimetype": written.get("mimetype")}
    assert after == without(before, NOT_IN_RDF)


def test_geometries_come_back_with_their_precision(graph_of: GraphOf):
    point = '{"type": "Point", "coordinates": [135.4612345, 34.7812345]}'
    dataset = {**example("minimal"), "spatial_coverage": [{"text": "市役所", "centroid": point}]}
    assert parsed(graph_of(dataset))["spatial_coverage"] == [{"text": "市役所", "centroid": point}]


def test_no_forbidden_character_reaches_an_iri(graph_of: GraphOf):
    graph = graph_of(example("hostile"), catalog=True)
    iris = [term for triple in graph for term in triple if isinstance(term, URIRef)]
    assert iris
    assert [iri for iri in iris if FORBIDDEN.search(iri) or iri.partition(":")[0] in ("javascript", "file")] == []


@pytest.mark.parametrize("key", ["sample", "has_version", "source", "documentation", "qualified_relation", "in_series"])
def test_extra_that_should_be_an_address_does_not_break_the_page(graph_of: GraphOf, key: str):
    graph = graph_of({**example("minimal"), "extras": [{"key": key, "value": "あり"}]}, catalog=True)
    assert not [subject for subject in graph.subjects() if isinstance(subject, Literal)]
    assert check_graph(graph, "range").report.issues == ()


def test_input_is_left_alone(graph_of: GraphOf):
    for kind in KINDS:
        dataset = example(kind)
        graph_of(dataset)
        assert dataset == example(kind)


def test_texts_carry_the_sites_language(graph_of: GraphOf):
    graph = graph_of(example("rich"))
    ref = next(graph.subjects(RDF.type, DCAT.Dataset))
    assert graph.value(ref, DCT.title) == Literal("指定緊急避難場所一覧", lang="ja")
    assert set(graph.objects(ref, DCAT.keyword)) == {Literal("防災", lang="ja"), Literal("ＡＥＤ", lang="ja")}


def test_format_is_tagged_english_only_where_it_is_known(graph_of: GraphOf):
    graph = graph_of(example("hostile"))
    labels = {text for node in graph.objects(None, DCT.format) for text in graph.objects(node)}
    assert Literal("謎の形式", lang="ja") in labels
    assert Literal("CSV", lang="en") in labels


def test_claimed_uri_of_a_record_is_no_subject(graph_of: GraphOf):
    other = "http://test.ckan.net/dataset/44444444-4444-4444-8444-444444444444"
    graph = graph_of({**example("rich"), "uri": other}, example("minimal"))
    assert len(set(graph.objects(URIRef(other), DCT.title))) == 1


def test_shared_publisher_with_other_details_still_conforms(graph_of: GraphOf):
    first, second = example("rich"), example("paid")
    second["publisher"] = [{**first["publisher"][0], "type": "http://purl.org/adms/publishertype/Company"}]
    second["spatial_coverage"] = [{"uri": "https://sws.geonames.org/1849837/", "centroid": "POINT (135 34)"}]
    first["spatial_coverage"][0]["centroid"] = "POINT (136 35)"
    assert check_graph(graph_of(first, second), "range").report.issues == ()


def test_own_namespace_can_be_changed(graph_of: GraphOf, ckan_config: Any, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(tk.config, "ckanext.orden.dcat.namespace", "https://ns.example.jp/#")
    graph = graph_of(example("paid"))
    assert (None, URIRef("https://ns.example.jp/#fee"), Literal("有償")) in graph
    assert not [term for triple in graph for term in triple if str(term).startswith(str(ORDEN))]


def test_organisation_is_the_publisher_of_a_dataset_that_names_none(act: Any, graph_of: GraphOf):
    organization = act(
        "organization_create", name="osaka", title="大阪府", orden_org_kind="public", orden_municipality="270008"
    )
    dataset = act("package_create", name="dataset", title="題", notes="説明", owner_org=organization["id"])
    graph = graph_of(act("package_show", id=dataset["id"]))
    publisher = graph.value(URIRef(f"http://test.ckan.net/dataset/{dataset['id']}"), DCT.publisher)
    assert publisher == URIRef(f"http://test.ckan.net/organization/{organization['id']}")
    assert graph.value(publisher, FOAF.name) == Literal("大阪府", lang="ja")
    assert str(graph.value(publisher, DCT.type)).endswith("/RegionalAuthority")
