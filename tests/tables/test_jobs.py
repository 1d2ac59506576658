"""Jobs: queued after the commit, once for each dataset, and only where there is a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ckan import model
from ckan.lib import jobs as queues
from ckan.plugins import toolkit as tk
from ckanext.orden.tables import jobs
from rq.timeouts import JobTimeoutException

from .conftest import Act, Make, toilets

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
Waiting = Callable[[], list[str]]


def test_a_new_dataset_with_a_table_is_queued_once(act: Act, make: Make, waiting: Waiting):
    dataset = make(toilets())
    act("package_patch", id=dataset["id"], notes="別の説明")
    act("resource_patch", id=dataset["resources"][0]["id"], description="別の説明")
    assert waiting() == [dataset["id"]]


def test_nothing_is_queued_before_the_commit(make: Make, act: Act, waiting: Waiting, toyonaka: dict[str, Any]):
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    file = {"url": "https://example.org/a.csv", "format": "CSV"}
    data = {"name": "later", "title": "題", "notes": "説明", "owner_org": toyonaka["id"], "resources": [file]}
    context: Any = {"user": user, "ignore_auth": True, "defer_commit": True, "return_id_only": True}
    dataset_id = tk.get_action("package_create")(context, data)
    assert waiting() == []
    model.Session.commit()
    assert waiting() == [dataset_id]


def test_a_dataset_without_tables_is_not_queued(act: Act, waiting: Waiting, toyonaka: dict[str, Any]):
    file = {"url": "https://example.org/a.pdf", "format": "PDF"}
    act("package_create", name="pdf", title="題", notes="説明", owner_org=toyonaka["id"], resources=[file])
    assert waiting() == []


@pytest.mark.ckan_config("ckanext.orden.table.check", False)
def test_the_checks_can_be_switched_off(make: Make, waiting: Waiting):
    make(toilets())
    assert waiting() == []


def test_a_check_by_hand_is_queued_although_one_is_waiting(make: Make, waiting: Waiting):
    dataset = make(toilets())
    assert jobs.queue([dataset["id"]], again=True)
    assert waiting() == [dataset["id"]] * 2
    assert queues.get_queue(jobs.QUEUE).jobs[-1].kwargs == {"again": True}


def test_a_job_has_a_time_limit_and_a_queue_of_its_own(make: Make, waiting: Waiting):
    make(toilets())
    job = queues.get_queue(jobs.QUEUE).jobs[0]
    assert (job.timeout, job.func_name) == (jobs.TIMEOUT, "ckanext.orden.tables.jobs.run")


def test_datasets_of_one_transaction_share_jobs(waiting: Waiting, monkeypatch: pytest.MonkeyPatch, clean_db: None):
    monkeypatch.setattr(jobs, "BATCH", 2)
    for dataset_id in "abc":
        jobs.remember({"id": dataset_id, "resources": [{"url": "https://example.org/a.csv", "format": "CSV"}]})
    model.Session.commit()
    assert [job.args[0] for job in queues.get_queue(jobs.QUEUE).jobs] == [["a", "b"], ["c"]]
    assert waiting() == ["a", "b", "c"]


@pytest.mark.parametrize("fault", [ValueError, JobTimeoutException])
def test_a_dataset_that_fails_costs_no_other_its_check(
    make: Make, waiting: Waiting, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
):
    checked = []

    def check(dataset_id: str, **_: Any) -> None:
        checked.append(dataset_id)
        if dataset_id == "bad":
            raise fault

    monkeypatch.setattr(jobs, "check_dataset", check)
    with pytest.raises(fault):
        jobs.run(["good", "bad", "later", "last"])
    assert checked == ["good", "bad"]
    assert waiting() == ["later", "last"]
