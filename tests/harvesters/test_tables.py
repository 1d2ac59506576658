"""Harvested tables: checked after the commit, shown as conforming, and never a reason for another write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ckan import model
from ckan.lib import jobs as queues
from ckan.plugins import toolkit as tk
from ckanext.orden.tables.checking import check_dataset
from ckanext.orden.tables.jobs import QUEUE
from fetching.server import Server, reply
from tables.conftest import toilets

from .conftest import acting
from .feeds import package, search
from .test_run import SEARCH, rows

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def shown(dataset_id: str) -> list[str]:
    resource = tk.get_action("package_show")(acting(), {"id": dataset_id})["resources"][0]
    return resource.get("conforms_to") or []


def test_a_table_that_conforms_never_makes_its_record_changed(
    server: Server, make_source: Callable[..., str], harvest: Callable[..., Any]
):
    record = package(1, resources=[{"id": "a", "name": "一覧", "url": server.url("/toilets.csv"), "format": "CSV"}])
    server.answers |= {SEARCH: search([record]), "/toilets.csv": reply(toilets(), ETag='"1"')}
    queue = queues.get_queue(QUEUE)
    queue.empty()
    source = make_source(server.url(""))
    harvest(source)
    dataset_id = model.Session.query(model.Package.id).filter_by(type="dataset").scalar()
    assert [job.args[0] for job in queue.jobs] == [[dataset_id]]
    assert check_dataset(dataset_id) == 1
    assert len(shown(dataset_id)) == 1

    before = rows("package", "resource", "activity", "harvest_object")
    run = harvest(source, hours=24)
    assert run.counts["unchanged"] == 1
    assert rows("package", "resource", "activity", "harvest_object") == before
    assert len(queue.jobs) == 1

    record["title"] = "別の題"
    run = harvest(source, hours=48)
    assert run.counts["updated"] == 1
    stored = model.Session.query(model.Resource).filter_by(package_id=dataset_id, state="active").one()
    assert "conforms_to" not in stored.extras
    assert len(shown(dataset_id)) == 1
    assert check_dataset(dataset_id) == 0
    queue.empty()
