"""A run that shares its batches with another worker comes to what it comes to alone."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from ckanext.harvest.model import HarvestJob
from ckanext.orden.harvesters import idle, runs, stock
from ckanext.orden.harvesters.engine import run as engine
from ckanext.orden.harvesters.engine import shares, sharing
from ckanext.orden.harvesters.engine.lock import helpers_lock
from ckanext.orden.harvesters.helping import Helper
from ckanext.orden.harvesters.model import HarvestRecord, HarvestRun, HarvestShare
from fetching.server import reply
from redis.exceptions import ConnectionError as RedisConnectionError
from sqlalchemy import func, select

from ..catalogues import ckan as catalogue
from ..conftest import acting, row
from ..faults.whole import assert_whole, indexed, stored
from ..feeds import package, packages, search

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"


class Beside:
    """Another worker, in a thread with a session of its own; it takes a batch each time the run asks for helpers."""

    def __init__(self) -> None:
        self._thread, self._helper = ThreadPoolExecutor(1), Helper()
        self.taken, self.there = 0, True
        self.before: Callable[[], object] = lambda: None

    def take(self) -> bool:
        """One batch, if there is any."""
        took = self._thread.submit(contextvars.copy_context().run, self._helper.help).result()
        self.taken += took
        return took

    def is_there(self) -> bool:
        """What the run asks, by the batch."""
        self.before()
        if self.there:
            self.take()
        return self.there

    def close(self) -> None:
        self._thread.shutdown()


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Beside]:
    """A helper, and batches that are small enough to be many."""
    monkeypatch.setattr(engine, "BATCH", 4)
    monkeypatch.setattr(sharing, "FEWEST", 2)
    made = Beside()
    monkeypatch.setattr(idle, "is_anybody", made.is_there)
    yield made
    made.close()
    redis = connect_to_redis()
    redis.delete(idle._key())


def outcome(run: HarvestRun) -> dict[str, Any]:
    """What a run has left behind, without ids and moments."""
    table = (HarvestRecord.guid, HarvestRecord.state, HarvestRecord.outcome, HarvestRecord.fingerprint)
    query = select(*table, HarvestRecord.received, HarvestRecord.report).order_by(HarvestRecord.guid)
    query = query.where(HarvestRecord.source_id == run.source_id)
    return {
        "run": (run.state, run.read, run.total, run.counts, [problem["en"] for problem in run.problems]),
        "rows": [tuple(found) for found in model.Session.execute(query)],
        "titles": sorted(stored().values()),
        "indexed": sorted(indexed().values()),
        "objects": model.Session.query(stock.HarvestObject).filter_by(harvest_job_id=run.job_id).count(),
        "tags": sorted(name for (name,) in model.Session.query(model.Tag.name)),
    }


def clear(source: str) -> None:
    """All that the source has brought, as if it had never run."""
    tk.get_action("harvest_source_clear")(acting(), {"id": source})
    model.Session.query(HarvestRecord).delete()
    model.Session.query(model.PackageTag).delete()
    model.Session.query(model.Tag).delete()
    model.Session.commit()


def shared() -> int:
    return model.Session.execute(select(func.count()).select_from(HarvestShare)).scalar_one()


WRONG = [package(3, title="", name=""), package(7, title="", name="")]
REFUSED = package(5, version="x" * 101)
AS_USUAL = packages(*range(22))
FEEDS = {
    "as usual": AS_USUAL,
    "with records that are wrong": [*AS_USUAL[:3], WRONG[0], *AS_USUAL[4:7], WRONG[1], *AS_USUAL[8:]],
    "with one that is refused": [*AS_USUAL[:5], REFUSED, *AS_USUAL[6:]],
    "with doubles over pages": [*AS_USUAL, package(1, title="別の題"), package(2), package(20, title="もう一つ")],
    "with the same again": [*AS_USUAL[:10], *AS_USUAL],
    "without identifiers": [*AS_USUAL, package(30, id=""), package(31, id="")],
    "with records that are skipped": [*AS_USUAL, package(40, state="deleted"), package(41, type="harvest")],
}


@pytest.mark.parametrize("feed", FEEDS)
@pytest.mark.parametrize("incremental", [False, True], ids=["whole pages", "listings"])
def test_run_that_is_helped_comes_to_the_same(server, make_source, harvest, beside, feed, incremental):
    records = list(FEEDS[feed])
    if incremental:
        catalogue(server, records)
    else:
        server.answers[SEARCH] = search(records)
    source = make_source(server.url(""), rows=9, incremental=incremental)
    beside.there = False
    alone = outcome(harvest(source))
    assert beside.taken == shared() == 0
    clear(source)
    beside.there = True
    assert outcome(harvest(source, 1)) == alone
    assert beside.taken > 1
    assert shared() == 0
    beside.there = False
    again = harvest(source, 2)
    assert (again.counts["added"], again.counts["updated"]) == (0, 0)


def test_changed_records_are_shared_and_unchanged_ones_are_not(server, make_source, harvest, beside):
    records = packages(*range(20))
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""), incremental=False)
    harvest(source)
    for number in range(0, 20, 2):
        records[number]["title"] = f"変わった題 {number}"
    beside.taken = 0
    run = harvest(source, 1)
    assert (run.counts["updated"], run.counts["unchanged"], run.state) == (10, 10, "finished")
    assert beside.taken > 1
    assert_whole(run, [record["title"] for record in records])


def test_run_takes_what_its_helpers_leave(server, make_source, harvest, beside, monkeypatch):
    monkeypatch.setattr(beside, "take", lambda: False)
    server.answers[SEARCH] = search(packages(*range(22)))
    run = harvest(make_source(server.url("")))
    assert_whole(run, [package(number)["title"] for number in range(22)])


def test_run_shares_no_more_than_may_wait(server, make_source, harvest, beside, monkeypatch):
    monkeypatch.setattr(beside, "take", lambda: False)
    monkeypatch.setattr(sharing, "MOST", 2)
    waiting: list[int] = []
    beside.before = lambda: waiting.append(shared())
    server.answers[SEARCH] = search(packages(*range(22)))
    run = harvest(make_source(server.url("")))
    assert max(waiting) == 2
    assert run.counts["added"] == 22


def test_lost_redis_ends_the_sharing_and_not_the_run(server, make_source, harvest, beside):
    asked: list[int] = []

    def lost() -> None:
        asked.append(1)
        raise RedisConnectionError

    beside.before = lost
    server.answers[SEARCH] = search(packages(*range(22)))
    run = harvest(make_source(server.url("")))
    assert_whole(run, [package(number)["title"] for number in range(22)])
    assert len(asked) == 1


def test_source_that_fails_on_a_later_page_keeps_what_was_shared(server, make_source, harvest, beside, monkeypatch):
    monkeypatch.setattr(beside, "take", lambda: False)
    whole, failing = search(packages(*range(12))), reply(b"", status=404)

    def answer(handler: Any) -> None:
        (failing if "start=8" in handler.path else whole)(handler)

    server.answers[SEARCH] = answer
    run = harvest(make_source(server.url(""), rows=4, incremental=False))
    assert (run.state, run.counts["added"], shared()) == ("failed", 8, 0)
    assert len(stored()) == len(indexed()) == 8


def stopping(source: str) -> Callable[[], None]:
    """A person stops the job while two batches are shared."""

    def look() -> None:
        if shared() == 2:
            model.Session.query(HarvestJob).filter_by(source_id=source).update({"status": "Aborted"})
            model.Session.commit()

    return look


def test_run_stopped_while_it_shares_goes_on_without_loss(server, make_source, harvest, beside, monkeypatch):
    server.answers[SEARCH] = search(packages(*range(22)))
    source = make_source(server.url(""), rows=4, incremental=False)
    monkeypatch.setattr(beside, "there", True)
    take = beside.take
    monkeypatch.setattr(beside, "take", lambda: False)
    beside.before = stopping(source)
    run = harvest(source)
    assert run.state == "stopped"
    waiting = shared()
    assert waiting > 0
    monkeypatch.setattr(beside, "take", take)
    assert beside.take() is False, "a stopped job is helped"
    tk.get_action("orden_harvest_run_resume")(acting(), {"id": source})
    beside.before = lambda: None
    job = stock.open_job(source)
    assert job
    assert job.id == run.job_id
    done = harvest(source, 1)
    assert_whole(done, [package(number)["title"] for number in range(22)])
    assert shared() == 0


def test_source_is_not_at_rest_while_a_helper_is_at_work(server, make_source):
    source = make_source(server.url(""))
    with helpers_lock(source, shared=True), pytest.raises(runs.AtWork), runs.at_rest(source):
        pass
    with runs.at_rest(source), helpers_lock(source, shared=True) as helping:
        assert helping is None


def test_helper_leaves_a_job_in_which_it_fails_to_its_run(server, make_source, harvest, beside, monkeypatch):
    server.answers[SEARCH] = search(packages(*range(22)))
    source = make_source(server.url(""))
    asked: list[str] = []

    def fail(job_id: str, basis: str) -> list[int]:
        asked.append(job_id)
        raise ZeroDivisionError

    monkeypatch.setattr(shares, "of_basis", fail)
    run = harvest(source)
    assert_whole(run, [package(number)["title"] for number in range(22)])
    assert asked == [run.job_id]


def test_worker_for_whom_records_become_something_else_leaves_them(server, make_source, harvest, beside, monkeypatch):
    server.answers[SEARCH] = search(packages(*range(22)))
    put = shares.put
    monkeypatch.setattr(shares, "put", lambda job_id, _basis, records: put(job_id, "of another version", records))
    run = harvest(make_source(server.url("")))
    assert_whole(run, [package(number)["title"] for number in range(22)])
    assert beside.taken == 0


def test_batch_that_another_worker_has_written_is_not_written_again(with_plugins, clean_db):
    shares.put("job", "basis", [])
    (number,) = shares.waiting("job")
    with shares.taken([number]) as share:
        assert share
        with shares.taken([number]) as second:
            assert second is None
        shares.remove(share)
        with pytest.raises(shares.Gone):
            shares.remove(share)
    model.Session.rollback()


def test_share_keeps_a_record_exactly_as_received():
    record = shares.Record({"b": 1.0, "a": [None, float("inf")], "題": "避難所"}, "guid", "stamp")
    shares.put("job", "basis", [record])
    with shares.taken(shares.waiting("job")) as share:
        assert share
        assert share.records == [record]
        assert list(share.records[0].content) == ["b", "a", "題"]
    model.Session.rollback()


def test_organization_that_two_workers_meet_is_made_once(server, make_source, harvest, beside):
    records = [package(number, organization={"name": f"org-{number % 3}", "title": "市"}) for number in range(22)]
    server.answers[SEARCH] = search(records)
    run = harvest(make_source(server.url(""), remote_orgs="create"))
    assert (run.state, run.counts["added"]) == ("finished", 22)
    made = model.Session.query(model.Group.name).filter(model.Group.name.like("org-%"))
    assert sorted(name for (name,) in made) == ["org-0", "org-1", "org-2"]
    assert row(HarvestRun, run.job_id).counts["errors"] == 0
