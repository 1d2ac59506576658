"""A record that contradicts itself is refused alone, and told why; the others are taken."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from metadata.contradictory import CASES

from .conftest import acting, found, shown
from .feeds import package, packages, search

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"


def contradictory(case: str) -> dict[str, Any]:
    """A remote record with what the case says, as another CKAN gives it."""
    _, changes, _ = CASES[case]
    extras = [{"key": key, "value": value} for key, value in changes.items() if key != "resources"]
    files = {"resources": changes["resources"]} if "resources" in changes else {}
    return package(9, extras=extras, **files)


@pytest.mark.parametrize("case", CASES)
def test_contradiction_stops_only_its_record(server, make_source, harvest, case: str):
    server.answers[SEARCH] = search([*packages(1, 2), contradictory(case)])
    run = harvest(make_source(server.url("")))
    assert (run.counts["added"], run.counts["errors"]) == (2, 1)
    assert {dataset["title"] for dataset in shown()} == {package(1)["title"], package(2)["title"]}
    report = tk.get_action("harvest_job_report")(acting(), {"id": run.job_id})
    (error,) = report["object_errors"].values()
    assert CASES[case][2] in error["errors"][0]["message"]


def test_harvested_dataset_cannot_be_hidden(server, make_source, harvest):
    server.answers[SEARCH] = search(packages(1))
    source = make_source(server.url(""))
    harvest(source)
    assert found() == 1, "the index knows by now where the dataset comes from"
    (dataset,) = shown()
    for change in ({"private": True}, {"private": "True", "extras": []}):
        with pytest.raises(tk.ValidationError) as caught:
            tk.get_action("package_patch")(acting(), {"id": dataset["id"], **change})
        assert set(caught.value.error_dict) == {"private"}
    tk.get_action("package_patch")(acting(), {"id": dataset["id"], "title": "題"})
    assert harvest(source, hours=24).state == "finished"
