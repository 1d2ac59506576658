"""The demo's records keep the catalogue's own rules and stand on every point of the five axes."""

import pytest
from ckanext.orden.metadata.axes import LABELS, derive
from ckanext.orden.metadata.mapping import ckan_package, open_data_list
from ckanext.orden.metadata.parsing.open_data_list import read
from ckanext.orden.metadata.validation import check

from demo.plan import EXPECTED
from demo.provider_records import dataset_record, organization_record
from demo.publishers import lists
from demo.publishers.ckan_records import package
from demo.publishers.publication import Publication
from demo.sources import sources
from demo.world import world

PUBLICATION = Publication("http://localhost:5000/sample")


@pytest.fixture(scope="module")
def records():
    """The companies' and the prefecture's datasets, each with its organisation."""
    mapped = [ckan_package.dataset(package(dataset, PUBLICATION)) for dataset in world().of("osaka-pref-ckan")]
    own = [
        (dataset_record(dataset, PUBLICATION), organization_record(dataset.organization))
        for dataset in world().of("companies")
    ]
    return [*((found.dataset, found.organization) for found in mapped), *own]


def test_no_record_breaks_a_rule(records):
    wrong = [
        (dataset["title"], issue.code)
        for dataset, organization in records
        for issue in check(dataset, organization).issues
        if issue.severity == "error"
    ]
    assert wrong == []


def test_every_value_of_the_axes_occurs(records):
    found = {
        (name, value)
        for dataset, organization in records
        for name, axis in derive(dataset, organization).items()
        for value in axis.values
    }
    assert found == {(name, value) for name, labels in LABELS.items() for value in labels}


@pytest.mark.parametrize(
    ("body", "source"), [(lists.toyonaka, "toyonaka-list"), (lists.sakai, "sakai-list")], ids=["old", "new"]
)
def test_a_list_maps_to_its_datasets_without_a_complaint(body, source):
    found = open_data_list.datasets(read(body(PUBLICATION)))
    assert len(found) == EXPECTED["sources"][source]["datasets"]
    assert sum(len(mapped.dataset["resources"]) for mapped in found) == EXPECTED["sources"][source]["resources"]
    assert [issue for mapped in found for issue in mapped.issues] == []


def test_paid_products_name_their_market_page():
    paid = [dataset for dataset in world().of("companies") if dataset.terms.get("fee") == "有償"]
    assert len(paid) > 20
    for dataset in paid:
        assert dataset.terms["sales_info_url"].startswith("https://market.example.jp/listings/")
        assert dataset.terms["pricing_price_range"]
        assert dataset.access != "PUBLIC"


def test_sources_are_named_as_the_counts_are():
    found = sources("http://127.0.0.1:1")
    assert {source["name"] for source in found} | {"companies"} == set(EXPECTED["sources"])
    assert {source["source_type"] for source in found} == {"orden_ckan", "orden_list", "orden_dcat"}
