"""ckanext-harvest's tables and CKAN's contexts as typed values: what we read and write of them, and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol, cast

from ckan import model
from ckan.model.types import make_uuid
from ckan.plugins import PluginImplementations
from ckan.plugins import toolkit as tk
from ckan.types import Context
from ckanext.harvest.interfaces import IHarvester
from ckanext.harvest.model import HarvestJob, HarvestObject, HarvestSource
from sqlalchemy import select


class SourceRow(Protocol):
    """A row of `harvest_source`."""

    id: str
    url: str
    title: str
    type: str
    config: str | None
    frequency: str
    next_run: datetime | None
    active: bool


class Job(Protocol):
    """A row of `harvest_job`."""

    id: str
    source_id: str
    status: str
    gather_started: datetime | None
    gather_finished: datetime | None
    finished: datetime | None
    source: SourceRow

    def save(self) -> None: ...


class Object(Protocol):
    """A row of `harvest_object`."""

    id: str
    guid: str
    content: str | None
    package_id: str | None
    current: bool
    harvest_source_id: str
    source: SourceRow
    job: Job

    def save(self) -> None: ...


def job(job_id: str) -> Job | None:
    """A job by its id."""
    return cast("Job | None", model.Session.get(HarvestJob, job_id))


def new_job(source_id: str) -> Job:
    """A job of the source that is in the session and nowhere else yet."""
    made = HarvestJob(id=make_uuid(), source_id=source_id)
    model.Session.add(made)
    return cast("Job", made)


def harvest_object(object_id: str) -> Object | None:
    """An object by its id."""
    return cast("Object | None", model.Session.get(HarvestObject, object_id))


def source(source_id: str) -> SourceRow | None:
    """A source by its id."""
    return cast("SourceRow | None", model.Session.get(HarvestSource, source_id))


def locked_source(source_id: str) -> SourceRow | None:
    """A source as it is now, its row locked till the transaction ends; records of it may be written meanwhile."""
    query = select(HarvestSource).filter_by(id=source_id).with_for_update(key_share=True)
    found = model.Session.execute(query, execution_options={"populate_existing": True}).scalar()
    return cast("SourceRow | None", found)


def open_job(source_id: str) -> Job | None:
    """The source's job that was begun or ordered and not ended."""
    query = (
        select(HarvestJob)
        .where(HarvestJob.source_id == source_id, HarvestJob.status.in_(("New", "Running")))
        .order_by(HarvestJob.created)
        .limit(1)
    )
    return cast("Job | None", model.Session.execute(query).scalar())


def harvester_for(kind: str) -> Any:
    """Our harvester for sources of a kind; None when the kind is stock's or unknown."""
    return next((one for one in ours() if one.info()["name"] == kind), None)


def ours() -> list[Any]:
    """The harvesters that this engine runs."""
    return [harvester for harvester in PluginImplementations(IHarvester) if hasattr(harvester, "run")]


def acting(user: str, **more: Any) -> Context:
    """A context in which `user` acts with the site's own rights."""
    return cast(Context, {"model": model, "session": model.Session, "user": user, "ignore_auth": True, **more})


def site_user() -> str:
    """The name of the site's own user."""
    return tk.get_action("get_site_user")(cast(Context, {"ignore_auth": True}), {})["name"]
