"""A publisher on this machine, sources that point to it, and a run of them with the clock in our hands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from ckan import model
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers
from ckanext.harvest import queue
from ckanext.orden.harvesters import runs, stock
from ckanext.orden.harvesters.model import HarvestRun
from fetching.server import Answer, Server
from sqlalchemy import Executable

from .feeds import package, search
from .people import SEARCH, SECRET

NOON = datetime(2026, 4, 1, 12)


@pytest.fixture
def server(ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A local publisher that the operator has allowed."""
    running = Server()
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_private_hosts", [running.host])
    yield running
    running.close()


@pytest.fixture
def organization() -> dict[str, Any]:
    return factories.Organization(name="osaka", title="大阪府")


@pytest.fixture
def make_source(organization: dict[str, Any]) -> Callable[..., str]:
    """Create a source; returns its id."""

    def make(url: str, kind: str = "orden_ckan", name: str = "osaka-pref", **config: Any) -> str:
        made = tk.get_action("harvest_source_create")(
            acting(),
            {
                "name": name,
                "title": "大阪府のデータ",
                "url": url,
                "source_type": kind,
                "owner_org": organization["id"],
                "config": json.dumps(config) if config else "",
            },
        )
        return made["id"]

    return make


@pytest.fixture
def harvest() -> Callable[..., HarvestRun]:
    """Run a source in this process, some hours after noon of the first day."""

    def run(source_id: str, hours: float = 0) -> HarvestRun:
        job = runs.job_for(source_id)
        done = harvester_of(job).run(job, now=lambda: NOON + timedelta(hours=hours))
        assert done is not None
        model.Session.refresh(done)
        return done

    return run


@pytest.fixture
def people(organization: dict[str, Any]) -> dict[str, Any]:
    """An editor of the source's organisation, an editor of another one, and nobody."""
    editor, stranger = factories.UserWithToken(), factories.UserWithToken()
    other = factories.Organization(name="other")
    for user, owner in ((editor, organization), (stranger, other)):
        helpers.call_action("organization_member_create", id=owner["id"], username=user["name"], role="editor")
    return {"editor": editor, "stranger": stranger, "other": other, "owner": organization}


@pytest.fixture
def source(server: Any, make_source: Any, harvest: Any) -> dict[str, Any]:
    """A harvested source whose configuration and address hold a secret."""
    server.answers[SEARCH] = search([package(1, notes="<script>alert(1)</script>"), package(2, title="", name="")])
    source_id = make_source(server.url("/?key=" + SECRET), fq="organization:" + SECRET)
    run = harvest(source_id)
    return {"id": source_id, "job": run.job_id}


def harvester_of(job: Any) -> Any:
    """Our harvester for the job's source."""
    return stock.harvester_for(job.source.type)


def gather(job_id: str) -> None:
    """What stock's consumer does with a job from the queue."""
    body = json.dumps({"harvest_job_id": job_id})
    queue.gather_callback(queue.get_gather_consumer(), queue.FakeMethod(body), None, body)


def search_while(records: list[dict[str, Any]], statement: Executable) -> Answer:
    """Answers a search by pages of two; before the second another connection executes the statement."""

    def answer(handler: Any) -> None:
        if "start=2" in handler.path:
            engine: Any = model.meta.engine
            with engine.begin() as connection:
                connection.execute(statement)
        search(records)(handler)

    return answer


def acting(**more: Any) -> Any:
    """The context of the site's own user, a new one for each call."""
    return stock.acting(stock.site_user(), **more)


def row(table: type, row_id: str | tuple[str, ...]) -> Any:
    """One row, as the database has it now."""
    model.Session.expire_all()
    return model.Session.get(table, row_id)


def shown() -> list[dict[str, Any]]:
    """All active datasets, by title, from the database."""
    query = (
        model.Session.query(model.Package.id).filter_by(type="dataset", state="active").order_by(model.Package.title)
    )
    rows = query.order_by(model.Package.title)
    return [tk.get_action("package_show")(acting(use_cache=False), {"id": row.id}) for row in rows]


def faults(dataset: dict[str, Any]) -> list[str]:
    """What DCAT-AP's shapes have against a dataset as it is published."""
    report = tk.get_action("orden_dcat_validate")(acting(), {"id": dataset["id"], "level": "range"})
    return [issue["message"]["en"] for issue in report["issues"] if issue["severity"] == "error"]


def found() -> int:
    """How many datasets a visitor finds."""
    make_connection().commit(waitSearcher=True)
    return tk.get_action("package_search")({}, {"rows": 0})["count"]
