"""The five things that hold after every fault and after the run that follows it.

No dataset is lost, none is doubled, the job's state is true, the next run works, PostgreSQL = Solr.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ckan import model
from ckan.lib.search.common import make_connection
from ckanext.harvest.model import HarvestJob, HarvestObject
from ckanext.orden.harvesters import jobs
from ckanext.orden.harvesters.engine.lock import is_free
from ckanext.orden.harvesters.model import HarvestRecord, HarvestRun
from sqlalchemy import func, select

MOST = 100_000


def assert_whole(run: HarvestRun, titles: Sequence[str], *, ends: str = "finished") -> None:
    """After a run that came to its end: exactly these datasets, in both places, and a job that says how it ended."""
    unindexed = assert_no_harm(run.source_id, titles)
    assert sorted(stored().values()) == sorted(titles), f"datasets were lost: {run.problems}"
    assert_true_end(run, ends)
    assert unindexed == set() or "index" in codes(run), "what the index lacks is not told"


def assert_interrupted(source_id: str, job_id: str, titles: Sequence[str]) -> None:
    """After a worker that died: nothing strange is there, and the job says that it is not done and can be taken up."""
    assert_no_harm(source_id, titles)
    run = model.Session.get(HarvestRun, job_id)
    if run is not None:
        assert (run.state in ("queued", "running"), run.finished) == (True, None)
    assert [job.id for job in jobs.abandoned()] in ([job_id], [])


def assert_no_harm(source_id: str, titles: Sequence[str]) -> set[str]:
    """None doubled, none invented, PostgreSQL = Solr; returns the datasets that Solr lacks and a run will put there."""
    model.Session.rollback()
    model.Session.expire_all()
    assert is_free(source_id), "the source is locked"
    datasets, shown = stored(), indexed()
    rows = records(source_id)
    alive = [row.dataset_id for row in rows if row.dataset_id in datasets]
    left = list(titles)
    for title in datasets.values():
        assert title in left, f"a dataset too many: {title}"
        left.remove(title)
    assert len(alive) == len(set(alive))
    assert set(datasets) == set(alive), "a dataset without its record"
    unindexed = {row.dataset_id for row in rows if not row.indexed}
    assert shown.keys() <= datasets.keys(), "the index shows what the database does not have"
    told = [{key: title for key, title in side.items() if key not in unindexed} for side in (datasets, shown)]
    assert told[0] == told[1], "the index differs, and no note says so"
    assert_objects(datasets)
    return {key for key in unindexed & set(datasets) if shown.get(key) != datasets[key]}


def assert_true_end(run: HarvestRun, ends: str) -> None:
    """The run, its job and what it tells fit together."""
    kept = model.Session.get(HarvestRun, run.job_id)
    job = model.Session.get(HarvestJob, run.job_id)
    assert kept is not None
    assert job is not None
    assert kept.state == ends, f"{kept.state}: {kept.problems} {kept.counts}"
    assert kept.finished
    assert str(job.status) == "Finished"
    told = bool(kept.problems or kept.counts.get("errors") or kept.counts.get("held"))
    assert told == (ends != "finished")
    assert all(problem["en"] != problem["ja"] for problem in kept.problems)
    assert jobs.abandoned() == []


def assert_objects(datasets: dict[str, str]) -> None:
    """Stock's pages know each dataset by exactly one current object."""
    query = select(HarvestObject.package_id, func.count()).where(HarvestObject.current.is_(True))
    current = {row[0]: row[1] for row in model.Session.execute(query.group_by(HarvestObject.package_id))}
    assert {key: current.get(key) for key in datasets} == dict.fromkeys(datasets, 1)


def codes(run: HarvestRun) -> set[str]:
    return {problem.get("code", "") for problem in run.problems}


def stored() -> dict[str, str]:
    """The datasets that PostgreSQL has: id and title."""
    query = select(model.Package.id, model.Package.title).where(
        model.Package.type == "dataset", model.Package.state == "active"
    )
    return {row.id: row.title for row in model.Session.execute(query)}


def indexed() -> dict[str, str]:
    """The datasets that Solr has, asked by itself and not by CKAN, which hides some."""
    query = {"q": "entity_type:package AND dataset_type:dataset", "fl": "id,title", "rows": MOST}
    solr = make_connection()
    solr.commit(waitSearcher=True)
    return {found["id"]: found["title"] for found in solr.search(**query)}


def records(source_id: str) -> list[Any]:
    """The rows of the record table that have a dataset."""
    query = select(HarvestRecord).where(HarvestRecord.source_id == source_id, HarvestRecord.dataset_id.is_not(None))
    return list(model.Session.execute(query).scalars())
