"""What the index holds of a dataset beyond CKAN's own, without Solr."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckanext.orden.search import documents

pytestmark = [pytest.mark.ckan_config("ckan.plugins", "orden"), pytest.mark.usefixtures("with_plugins", "clean_db")]
DATASET = {"organization": {"name": "toyonaka", "title": "豊中市"}, "groups": [{"name": "g", "title": "防災"}]}


def indexed(**document: Any) -> dict[str, Any]:
    return documents.indexed({"data_dict": json.dumps(DATASET), **document})


def test_titles_of_organisation_and_groups_are_indexed() -> None:
    document = indexed(name="a")
    assert (document["organization_title"], document["group_titles"]) == ("豊中市", ["防災"])


def test_a_dataset_without_organisation_is_indexed() -> None:
    assert documents.indexed({"data_dict": '{"organization": null, "groups": []}'})["organization_title"] == ""


def test_its_meaning_is_a_vector_of_bytes() -> None:
    vector = indexed(title="指定避難所一覧", notes="災害のときに開く。", tags=["防災"])["orden_meaning"]
    assert len(vector) == 512
    assert all(isinstance(number, int) and -128 <= number <= 127 for number in vector)
    assert any(vector)


def test_nothing_to_say_is_still_a_document() -> None:
    assert len(indexed(title="", notes=None)["orden_meaning"]) == 512


@pytest.mark.ckan_config("ckanext.orden.search.encoder", "none")
def test_without_an_encoder_there_is_no_meaning() -> None:
    assert "orden_meaning" not in indexed(title="指定避難所一覧")
