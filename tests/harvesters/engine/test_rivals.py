"""Records that have given way: spared as long as they do, judged by what other workers do meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.orden.harvesters.engine import claims
from ckanext.orden.harvesters.operations import undo
from ckanext.orden.harvesters.planning import plans

from ..catalogues import ckan as catalogue
from ..conftest import acting, found, shown
from ..feeds import new_list, package
from .rivalry import FIRST, owner
from .test_documents import Published

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


class Lists:
    """Two sources of the same document, the second of which comes first."""

    def __init__(self, server: Any, make_source: Callable[..., str]) -> None:
        self.low = Published(server, "/low.csv", new_list(1, 2), "text/csv")
        self.high = Published(server, "/high.csv", new_list(1, 2), "text/csv")
        self.ids = [make_source(server.url(f"/{name}.csv"), "orden_list", name) for name in ("low", "high")]
        plans.change(self.ids[1], priority=1)
        model.Session.commit()


@pytest.fixture
def lists(server, make_source, harvest) -> Lists:
    made = Lists(server, make_source)
    harvest(made.ids[1])
    assert harvest(made.ids[0], hours=1).counts["yielded"] == 2
    return made


def test_unchanged_document_is_not_read_again_for_records_that_yield(lists, harvest):
    for hours in (2, 3):
        run = harvest(lists.ids[0], hours=hours)
        assert (run.state, run.counts["yielded"], run.read, lists.low.given) == ("finished", 2, 2, 1)


@pytest.mark.parametrize("loss", ["deleted dataset", "deleted source", "lower priority"])
def test_unchanged_document_is_read_again_when_a_record_is_free(lists, harvest, loss):
    harvest(lists.ids[0], hours=2)
    if loss == "deleted dataset":
        tk.get_action("package_delete")(acting(), {"id": shown()[0]["id"]})
    elif loss == "deleted source":
        tk.get_action("harvest_source_delete")(acting(), {"id": lists.ids[1]})
    else:
        plans.change(lists.ids[1], priority=-1)
        model.Session.commit()
    run = harvest(lists.ids[0], hours=3)
    taken = 1 if loss == "deleted dataset" else 2
    assert (run.state, lists.low.given) == ("finished", 2)
    assert (run.counts["added"] + run.counts["updated"], run.counts["yielded"]) == (taken, 2 - taken)
    assert len(shown()) == found() == 2


def test_listing_spares_the_reading_of_records_that_yield(sources, server):
    sources.add("low", 0)
    sources.add("high", 1, package(1, title="上"))
    catalogue(server, [FIRST], at="/low/api/3/action")
    sources.run("high")
    sources.run("low", 1)
    server.seen.clear()
    assert sources.run("low", 2).counts["yielded"] == 1
    assert len(server.seen) == 1
    sources.prefer("high", -1)
    assert sources.run("low", 3).counts["updated"] == 1
    assert len(server.seen) == 3


class Meanwhile:
    """What another worker does between a judgement of this one and its write."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str, act: Callable[[], object]) -> None:
        original, self.done = getattr(claims, name), False

        def later(*args: Any) -> Any:
            if not self.done:
                self.done = True
                act()
            return original(*args)

        monkeypatch.setattr(claims, name, later)


@pytest.mark.parametrize(
    ("mine", "theirs", "outcome", "ends"),
    [(0, 1, "yielded", "theirs"), (0, 0, "errors", "theirs"), (1, 0, "updated", "mine")],
)
def test_dataset_that_appears_between_judgement_and_write_is_seen(sources, monkeypatch, mine, theirs, outcome, ends):
    sources.add("mine", mine, FIRST, package(2))
    sources.add("theirs", theirs, package(1, title="先"))
    Meanwhile(monkeypatch, "hold", lambda: sources.run("theirs"))
    run = sources.run("mine", 1)
    assert (run.counts[outcome], run.counts["added"]) == (1, 1)
    assert len(shown()) == found() == 2
    assert sources.record(ends).dataset_id


def test_update_of_a_dataset_that_is_taken_over_meanwhile_yields(sources, monkeypatch):
    sources.add("low", 0, FIRST)
    sources.add("high", 1, package(1, title="上"))
    sources.run("low")
    sources.publish("low", {**FIRST, "notes": "新しい説明"})
    Meanwhile(monkeypatch, "hold", lambda: sources.run("high", 1))
    run = sources.run("low", 1)
    assert (run.state, run.counts["yielded"], run.counts["updated"]) == ("finished", 1, 0)
    assert owner("上") == ("high", "high")


def test_undoing_leaves_a_dataset_that_is_taken_over_meanwhile(sources, monkeypatch):
    sources.add("low", 0, FIRST, package(2))
    sources.add("high", 1, package(1, title="上"))
    run = sources.run("low")
    assert run.finished
    Meanwhile(monkeypatch, "ours", lambda: sources.run("high", 1))
    assert undo.undo(run.source_id, acting()["user"], run.job_id, run.finished)["added"] == 1
    assert owner("上") == ("high", "high")
    assert len(shown()) == found() == 1


def test_deletion_of_a_dataset_that_is_taken_over_meanwhile_is_left(sources, monkeypatch):
    sources.add("low", 0, FIRST, package(2))
    sources.add("high", 1, package(1, title="上"))
    sources.run("low")
    sources.publish("low", package(2))
    sources.run("low", 24)
    Meanwhile(monkeypatch, "ours", lambda: sources.run("high", 48))
    run = sources.run("low", 49)
    assert (run.counts["deleted"], sources.record("low").state) == (0, "yielded")
    assert len(shown()) == found() == 2
