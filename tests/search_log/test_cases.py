"""Test cases that what visitors open suggests, as `./orden bench search` reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ckan.lib.search.common import make_connection
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.orden.search_log import cases

from bench import judged

from .conftest import DAY, Pass

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_index", "log")


@pytest.fixture
def datasets(log: None, clean_index: None) -> None:
    """Datasets of which one is private and one becomes so after it was opened."""
    organization = factories.Organization(name="toyonaka", title="豊中市")
    titles = {"shelters": "避難所一覧", "parks": "公園一覧", "hidden": "避難所の鍵", "later": "避難所の備蓄"}
    for name, title in titles.items():
        resources = [{"name": "a.csv", "format": "CSV", "url": "https://example.jp/a.csv"}]
        fields = {"name": name, "title": title, "notes": "説明", "tags": [{"name": "防災"}], "resources": resources}
        factories.Dataset(owner_org=organization["id"], private=name == "hidden", **fields)
    make_connection().commit()


def listed() -> list[dict[str, Any]]:
    return call_action("orden_search_log_list", to=DAY.isoformat())["queries"]


def test_opened_datasets_are_suggested_as_answers(datasets: None, asked: Pass, tmp_path: Path):
    asked("避難所")
    for name in ("shelters", "hidden", "later"):
        asked("避難所", what="click", dataset=name)
    asked("給水車", what="nearest")
    asked("地図")
    call_action("package_patch", {"user": factories.Sysadmin()["name"]}, id="later", private=True)
    make_connection().commit()
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(cases.suggested(listed()), ensure_ascii=False))
    made = judged.read(path)
    assert [(query.q, query.kind, query.relevant) for query in made.queries] == [
        ("給水車", "no_hits", {}),
        ("避難所", "clicks", {"shelters": 2}),
    ]
    names = {dataset["name"] for dataset in made.datasets}
    assert "shelters" in names
    assert names <= {"shelters", "parks"}
    shelters = next(dataset for dataset in made.datasets if dataset["name"] == "shelters")
    assert shelters == {
        "name": "shelters",
        "organization": "toyonaka",
        "organization_title": "豊中市",
        "title": "避難所一覧",
        "notes": "説明",
        "tags": ["防災"],
        "resources": [{"name": "a.csv", "format": "CSV"}],
    }


def test_what_was_opened_is_in_the_set_though_no_search_finds_it(datasets: None, asked: Pass):
    asked("避難所")
    asked("避難所", what="click", dataset="parks")
    made = cases.suggested(listed())
    assert made["queries"] == [{"q": "避難所", "kind": "clicks", "relevant": {"parks": 2}}]
    assert "parks" in {dataset["name"] for dataset in made["datasets"]}
