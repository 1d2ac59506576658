"""The recipe that a provider copies: create once, update what differs, leave the rest alone."""

from types import SimpleNamespace

import pytest
from ckanapi import NotFound

from demo.provider import Tally, holds, register, upload

WANTED = {
    "name": "mihon-data",
    "owner_org": "mihon",
    "title": "見本データ",
    "tags": [{"name": "見本"}, {"name": "交通"}],
    "resources": [{"name": "CSV", "url": "https://www.example.jp/a.csv", "size": 12}],
}


class Catalogue:
    """As much of CKAN's API as the recipe uses."""

    def __init__(self):
        self.datasets, self.calls = {}, []
        self.action = self

    def package_show(self, id):
        if id not in self.datasets:
            raise NotFound
        return self.datasets[id]

    def package_create(self, **record):
        self.calls.append("package_create")
        return self._keep(record)

    def package_patch(self, id, **record):
        self.calls.append("package_patch")
        return self._keep({**self.datasets[record["name"]], **record})

    def resource_create(self, package_id, upload, **record):
        self.calls.append("resource_create")
        dataset = next(dataset for dataset in self.datasets.values() if dataset["id"] == package_id)
        shown = {"id": "u1", "url_type": "upload", "size": len(upload.read()), **record}
        dataset["resources"].append(shown)

    def _keep(self, record):
        resources = [{"id": f"r{at}", "state": "active", **item} for at, item in enumerate(record["resources"])]
        organization = {"name": record["owner_org"]}
        self.datasets[record["name"]] = {**record, "id": "d1", "organization": organization, "resources": resources}
        return self.datasets[record["name"]]


@pytest.fixture
def catalogue():
    """A catalogue that holds the dataset already."""
    site = Catalogue()
    register(site, WANTED, Tally())
    site.calls.clear()
    return site


def test_a_new_dataset_is_created():
    site, tally = Catalogue(), Tally()
    register(site, WANTED, tally)
    assert site.calls == ["package_create"]
    assert tally == Tally(created=1)


def test_the_same_again_writes_nothing(catalogue):
    tally = Tally()
    register(catalogue, WANTED, tally)
    assert catalogue.calls == []
    assert tally == Tally(unchanged=1)


def test_a_change_keeps_the_ids_of_the_resources(catalogue):
    before = catalogue.datasets["mihon-data"]["resources"][0]["id"]
    register(catalogue, WANTED | {"title": "新しい見本データ"}, Tally())
    assert catalogue.calls == ["package_patch"]
    assert catalogue.datasets["mihon-data"]["resources"][0]["id"] == before


def test_a_file_is_uploaded_once_and_kept(catalogue, tmp_path):
    path = tmp_path / "sample.pdf"
    path.write_bytes(b"%PDF-1.4 %%EOF")
    for _ in range(2):
        dataset = register(catalogue, WANTED, Tally())
        upload(catalogue, dataset, {"name": "PDF"}, path, Tally())
    assert catalogue.calls == ["resource_create"]
    assert len(catalogue.datasets["mihon-data"]["resources"]) == 2


@pytest.mark.parametrize(
    ("shown", "wanted", "held"),
    [
        ({"size": 12, "more": 1}, {"size": "12"}, True),
        ({"tags": [{"name": "b"}, {"name": "a"}]}, {"tags": [{"name": "a"}, {"name": "b"}]}, True),
        ({"tags": [{"name": "a"}]}, {"tags": []}, False),
        ({"title": "a"}, {"title": "b"}, False),
        (SimpleNamespace(), {"title": "b"}, False),
    ],
)
def test_what_the_site_adds_is_no_difference(shown, wanted, held):
    assert holds(shown, wanted) is held
