"""One dataset in two sources: whose it is, and that it is never lost, doubled or taken from a person."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckanext.harvest.model import HarvestObject
from ckanext.orden.harvesters import runs
from ckanext.orden.harvesters.operations import undo

from ..conftest import NOON, acting, found, harvester_of, shown
from ..feeds import package
from .rivalry import ALIKE, FIRST, PAGE, other, owner

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.mark.parametrize("how", ALIKE)
def test_source_of_higher_priority_takes_the_dataset_over_as_it_is(sources, how):
    sources.add("low", 0, FIRST)
    sources.add("high", 1, ALIKE[how])
    sources.run("low")
    (before,) = shown()
    run = sources.run("high", 1)
    assert (run.state, run.counts["updated"], run.counts["added"]) == ("finished", 1, 0)
    assert owner(ALIKE[how]["title"]) == ("high", "high")
    (after,) = shown()
    same = ("id", "name", "state", "metadata_created")
    assert {key: after[key] for key in same} == {key: before[key] for key in same}
    lost = sources.record("low")
    assert (lost.state, lost.dataset_id, found()) == ("yielded", None, 1)
    assert (sources.code("high"), sources.code("low")) == ("record.claimed", "record.yielded")


@pytest.mark.parametrize("how", ALIKE)
def test_record_of_lower_priority_yields_and_is_no_error(sources, how):
    sources.add("high", 0, FIRST)
    sources.add("low", -1, ALIKE[how])
    sources.run("high")
    (before,) = shown()
    for hours in (1, 2):
        run = sources.run("low", hours)
        assert (run.state, run.counts["yielded"], run.counts["errors"], run.counts["added"]) == ("finished", 1, 0, 0)
        (record,) = sources.listed("low")
        assert (record["state"], record["issues"][0]["class"]) == ("yielded", "priority")
        assert before["name"] in record["issues"][0]["message"]["ja"]
        assert [one["state"] for one in sources.listed("low", job=run.job_id)] == ["yielded"]
    assert shown() == [before]
    assert owner() == ("high", "high")


@pytest.mark.parametrize(("how", "code"), [("identifier", "record.taken"), ("page and title", "record.alike")])
def test_equal_priority_is_an_error_with_advice(sources, how, code):
    sources.add("first", 3, FIRST)
    sources.add("second", 3, ALIKE[how])
    sources.run("first")
    run = sources.run("second", 1)
    assert (run.state, run.counts["errors"], run.counts["yielded"]) == ("errors", 1, 0)
    (record,) = sources.listed("second")
    (issue,) = record["issues"]
    assert (issue["code"], issue["class"]) == (code, "taken")
    assert "優先度" in issue["hint"]["ja"]
    assert "priority" in issue["hint"]["en"]
    assert owner() == ("first", "first")


def test_one_page_with_other_titles_is_no_double(sources):
    sources.add("low", 0, FIRST)
    sources.add("high", 1, package(101, title="公衆トイレ一覧", url=PAGE))
    sources.run("low")
    assert sources.run("high", 1).counts["added"] == 1
    assert len(shown()) == found() == 2


def test_two_records_of_one_source_that_are_alike_are_two_datasets(sources):
    sources.add("one", 0, FIRST, other())
    assert sources.run("one").counts["added"] == 2
    sources.add("low", -1, package(1), other(102))
    assert sources.run("low", 1).counts["yielded"] == 2
    sources.prefer("low", 5)
    assert sources.run("low", 2).counts["updated"] == 2
    assert len(shown()) == found() == 2


def test_local_dataset_is_never_taken_over(sources, organization):
    local = factories.Dataset(identifier=package(1)["id"], owner_org=organization["id"], title="手作り")
    sources.add("high", 1000, FIRST)
    run = sources.run("high")
    assert (run.counts["errors"], run.counts["updated"], sources.code("high")) == (1, 0, "record.taken")
    assert [dataset["id"] for dataset in shown()] == [local["id"]]
    assert shown()[0]["title"] == "手作り"


@pytest.mark.parametrize("order", permutations(("low", "middle", "high")), ids="-".join)
def test_three_sources_end_alike_whichever_comes_first(sources, order):
    for name, priority, record in (("low", -5, FIRST), ("middle", 0, other()), ("high", 7, package(1, title="上"))):
        sources.add(name, priority, record)
    sources.publish("middle", package(1, title="中"))
    for hours, name in enumerate((*order, *order)):
        assert sources.run(name, hours).state == "finished"
        assert len(shown()) == found() == 1
    assert owner("上") == ("high", "high")
    assert {name: sources.record(name).state for name in order} == {
        "low": "yielded",
        "middle": "yielded",
        "high": "current",
    }


def test_dataset_that_vanishes_at_the_winner_goes_on_as_the_other_source_s(sources):
    sources.add("low", 0, FIRST)
    sources.add("high", 1, package(1, title="上"), package(2))
    sources.run("low")
    sources.run("high", 1)
    before = {dataset["name"]: dataset["id"] for dataset in shown()}
    sources.publish("high", package(2))
    for hours in (24, 49):
        sources.run("high", hours)
    assert len(shown()) == 1
    run = sources.run("low", 50)
    assert (run.state, run.counts["updated"], run.counts["yielded"]) == ("finished", 1, 0)
    assert {dataset["name"]: dataset["id"] for dataset in shown()} == before
    assert sources.record("high").dataset_id is None
    sources.publish("high", package(1, title="上"), package(2))
    assert sources.run("high", 51).counts["updated"] == 1
    assert {dataset["name"]: dataset["id"] for dataset in shown()} == before
    assert sources.record("low").state == "yielded"
    assert found() == 2


def test_deleted_source_gives_way_to_every_other(sources):
    sources.add("low", 0, FIRST)
    sources.add("high", 1, package(1, title="上"))
    sources.run("high")
    assert sources.run("low", 1).counts["yielded"] == 1
    tk.get_action("harvest_source_delete")(acting(), {"id": sources.ids["high"]})
    assert sources.run("low", 2).counts["updated"] == 1
    assert owner(FIRST["title"]) == ("low", "low")


def test_cleared_winner_leaves_its_records_to_the_other_source(sources):
    sources.add("low", 0, FIRST)
    sources.add("high", 1, package(1, title="上"))
    sources.run("high")
    sources.run("low", 1)
    tk.get_action("harvest_source_clear")(acting(), {"id": sources.ids["high"]})
    assert sources.run("low", 2).counts["added"] == 1
    assert owner() == ("low", "low")


def test_clearing_the_source_that_let_go_deletes_nothing_of_the_other(sources):
    sources.add("low", 0, FIRST)
    sources.add("high", 1, package(1, title="上"))
    sources.run("low")
    sources.run("high", 1)
    tk.get_action("harvest_source_clear")(acting(), {"id": sources.ids["low"]})
    assert owner("上") == ("high", "high")
    assert sources.run("low", 2).counts["yielded"] == 1


def test_changed_priorities_are_judged_by_the_next_run(sources):
    sources.add("first", 1, FIRST)
    sources.add("second", 0, package(1, title="二"))
    sources.run("first")
    assert sources.run("second", 1).counts["yielded"] == 1
    sources.prefer("second", 1)
    assert sources.run("second", 2).counts["errors"] == 1
    assert sources.run("second", 3).counts["errors"] == 1
    sources.prefer("second", 2)
    assert sources.run("second", 4).counts["updated"] == 1
    assert sources.run("first", 5).counts["yielded"] == 1
    sources.prefer("first", 3)
    assert sources.run("first", 6).counts["updated"] == 1
    assert owner(FIRST["title"]) == ("first", "first")


def test_record_that_is_no_longer_like_the_other_becomes_a_dataset_beside_it(sources):
    sources.add("low", 0, FIRST)
    sources.add("high", 1, other())
    sources.run("low")
    sources.run("high", 1)
    sources.publish("low", package(1, title="別の表", url=PAGE))
    run = sources.run("low", 2)
    assert (run.state, run.counts["added"]) == ("finished", 1)
    assert len({dataset["name"] for dataset in shown()}) == found() == 2
    assert sources.run("low", 3).counts["unchanged"] == 1


def test_yielded_record_is_neither_missing_nor_a_dataset_of_its_source(sources):
    sources.add("low", 0, FIRST, package(2))
    sources.add("high", 1, package(1, title="上"))
    sources.run("high")
    sources.run("low", 1)
    sources.publish("low", package(2))
    for hours in (24, 49, 75):
        run = sources.run("low", hours)
        assert (run.state, run.counts["missing"], run.counts["deleted"]) == ("finished", 0, 0)
    assert runs.show(sources.ids["low"])["datasets"] == 1
    assert len(shown()) == 2


def test_datasets_that_both_sources_have_already_stay(sources):
    sources.add("low", 0, FIRST)
    sources.add("high", 1, package(101, title="まだ違う", url=PAGE))
    sources.run("low")
    sources.run("high", 1)
    sources.publish("high", other())
    assert sources.run("high", 2).counts["updated"] == 1
    assert sources.run("low", 3).counts["unchanged"] == 1
    assert len(shown()) == found() == 2


def test_record_that_comes_back_has_its_own_deleted_dataset_rather_than_one_like_it(sources):
    sources.add("low", 0, FIRST, package(2))
    sources.add("high", 1, package(101, title="まだ違う", url=PAGE), package(3))
    for name in ("low", "high"):
        sources.run(name)
    sources.publish("high", other(), package(3))
    sources.run("high", 1)
    own = sources.record("low").dataset_id
    for name, left in (("low", 2), ("high", 3)):
        sources.publish(name, package(left))
        for hours in (24, 49):
            assert sources.run(name, hours).state == "finished"
    sources.publish("low", FIRST, package(2))
    assert sources.run("low", 50).counts["updated"] == 1
    assert (sources.record("low").dataset_id, sources.record("low").state) == (own, "current")


@pytest.mark.parametrize("high", [1, -1], ids=["takes over", "yields"])
def test_preview_and_check_tell_what_the_run_then_does(sources, high):
    sources.add("first", 0, FIRST)
    sources.add("second", high, package(1, title="二"))
    sources.run("first")
    outcome, code = ("updated", "record.claimed") if high > 0 else ("yielded", "record.yielded")
    for _again in range(2 if high < 0 else 1):
        (told,) = tk.get_action("orden_harvest_preview_show")(acting(), {"id": sources.ids["second"]})["records"]
        assert (told["outcome"], told["issues"][0]["code"]) == (outcome, code)
        job = runs.check_for(sources.ids["second"])
        checked = harvester_of(job).run(job)
        assert (checked.state, checked.counts[outcome], checked.counts["errors"]) == ("finished", 1, 0)
        assert sources.run("second", 1).counts[outcome] == 1


def test_undone_takeover_gives_the_former_content_back_and_stays_with_the_taker(sources):
    sources.add("low", 0, FIRST)
    sources.add("high", 1, package(1, title="上"))
    sources.run("low")
    run = sources.run("high", 1)
    undone = undo.undo(sources.ids["high"], acting()["user"], run.job_id, NOON + timedelta(hours=2))
    assert undone == {"added": 0, "updated": 1, "deleted": 0, "failed": 0}
    assert owner(FIRST["title"]) == ("high", "high")
    assert sources.record("high").state == "reverted"
    assert sources.run("high", 3).counts["unchanged"] == 1
    assert sources.run("low", 4).counts["yielded"] == 1
    assert owner(FIRST["title"]) == ("high", "high")


def test_old_object_of_a_record_that_has_given_way_is_not_imported_again(sources):
    sources.add("low", 0, FIRST)
    sources.add("high", 1, package(1, title="上"))
    old = sources.run("low").job_id
    sources.run("high", 1)
    kept = model.Session.query(HarvestObject).filter_by(harvest_job_id=old).one()
    assert harvester_of(kept.job).import_stage(kept) is False
    assert shown()[0]["name"] in kept.errors[-1].message
    assert owner("上") == ("high", "high")


def test_import_of_one_record_takes_over_like_a_run(sources):
    sources.add("first", 0, FIRST)
    sources.add("second", 0, package(1, title="二"))
    sources.run("first")
    refused = model.Session.query(HarvestObject).filter_by(harvest_job_id=sources.run("second", 1).job_id).one()
    sources.prefer("second", 1)
    assert harvester_of(refused.job).import_stage(refused) is True
    assert owner("二") == ("second", "second")
    assert sources.record("first").state == "yielded"
