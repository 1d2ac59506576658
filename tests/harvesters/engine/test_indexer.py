"""The process that indexes beside a long run: what it does, and what it leaves when it is killed or Solr is away."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import pysolr
import pytest
from ckan import model
from ckanext.orden.harvesters.engine import indexer, store
from ckanext.orden.harvesters.model import HarvestRecord
from fetching.server import Server

from ..conftest import found, shown
from ..feeds import packages, search
from ..test_run import SEARCH

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

HERE = os.getpid()


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child pays from the second dataset on, in batches of two."""
    monkeypatch.setattr(indexer, "MANY", 2)
    monkeypatch.setattr("ckanext.orden.logic.writing.BATCH", 2)
    monkeypatch.setattr("ckanext.orden.harvesters.engine.run.BATCH", 2)


@pytest.fixture
def source(server: Server, make_source: Callable[..., str]) -> str:
    server.answers[SEARCH] = search(packages(*range(7)))
    return make_source(server.url(""))


def waiting() -> int:
    model.Session.expire_all()
    return model.Session.query(HarvestRecord).filter_by(indexed=False).count()


def elsewhere(change: Callable[[], Any], original: Callable[..., Any]) -> Callable[..., Any]:
    """Do something in the child instead of indexing there."""

    def sent(dataset_ids: list[str]) -> Any:
        if os.getpid() != HERE:
            change()
        return original(dataset_ids)

    return sent


def test_a_long_run_is_indexed_wholly_when_it_ends(source: str, harvest: Callable[..., Any], monkeypatch: Any):
    here: list[str] = []
    original = indexer.index
    monkeypatch.setattr(indexer, "index", lambda *given: here.extend(given[1]) or original(*given))
    run = harvest(source)
    assert (run.state, run.counts["added"], waiting()) == ("finished", 7, 0)
    assert len(shown()) == found() == 7
    assert here == [], "the child did all, the run nothing"


def test_what_a_killed_child_leaves_is_indexed_by_the_run(source: str, harvest: Callable[..., Any], monkeypatch: Any):
    killed = elsewhere(lambda: os.kill(os.getpid(), signal.SIGKILL), indexer._sent)
    monkeypatch.setattr(indexer, "_sent", killed)
    run = harvest(source)
    assert (run.state, run.counts["added"], waiting()) == ("finished", 7, 0)
    assert len(shown()) == found() == 7


def test_what_solr_does_not_take_is_told_and_indexed_by_the_next_run(
    source: str, harvest: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
):
    def away(*_args: Any, **_options: Any) -> None:
        raise pysolr.SolrError("Failed to connect to server")

    with monkeypatch.context() as patch:
        patch.setattr(pysolr.Solr, "add", away)
        run = harvest(source)
    assert (run.state, run.problems[0]["code"], waiting(), found()) == ("errors", "index", 7, 0)
    run = harvest(source, hours=24)
    assert (run.state, run.counts["unchanged"], waiting(), found()) == ("finished", 7, 0, 7)


def test_the_run_keeps_its_connections_when_the_child_ends(source: str, harvest: Callable[..., Any]):
    harvest(source)
    assert store.active(source) == 7


def test_with_solr_away_one_batch_is_tried_and_not_all(source: str, harvest: Callable[..., Any], monkeypatch: Any):
    harvest(source)
    model.Session.query(HarvestRecord).update({"indexed": False})
    model.Session.commit()
    tries: list[int] = []

    def away(_self: Any, docs: list[Any], **_options: Any) -> None:
        tries.append(len(docs))
        raise pysolr.SolrError("Failed to connect to server")

    monkeypatch.setattr(indexer, "BATCH", 2)
    monkeypatch.setattr(pysolr.Solr, "add", away)
    assert indexer.catch_up(source) == 7
    assert tries == [2]


def test_nothing_is_asked_for_twice_where_nothing_waits(source: str, harvest: Callable[..., Any], monkeypatch: Any):
    harvest(source)
    asked: list[str] = []
    original = store.unindexed
    monkeypatch.setattr(store, "unindexed", lambda source_id: asked.append(source_id) or original(source_id))
    assert harvest(source, hours=1).state == "finished"
    assert asked == [source, source], "at the start, and before the run says that nothing waits"
