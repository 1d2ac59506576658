"""One source through its life: first run, unchanged, changed, broken, vanished, back again."""

from __future__ import annotations

import pysolr
import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.harvest.model import HarvestJob, HarvestObject
from fetching.server import reply
from sqlalchemy import text

from .conftest import acting, found, harvester_of, row, shown
from .feeds import NOUNS, package, packages, search

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"


def rows(*tables: str) -> dict[str, list[tuple]]:
    """Every row of these tables with its system version: an update, even to the same value, shows."""
    return {
        table: sorted(map(tuple, model.Session.execute(text(f'SELECT xmin::text, id FROM "{table}"'))))  # noqa: S608
        for table in tables
    }


def test_first_run_makes_datasets(server, make_source, harvest):
    server.answers[SEARCH] = search(packages(*range(12)))
    source = make_source(server.url(""), rows=5)
    run = harvest(source)
    assert (run.state, run.problems, run.read, run.total) == ("finished", [], 12, 12)
    assert run.counts["added"] == 12
    datasets = shown()
    assert len(datasets) == found() == 12
    assert {dataset["title"] for dataset in datasets} == {package(number)["title"] for number in range(12)}
    assert len({dataset["name"] for dataset in datasets}) == 12
    assert all(dataset["name"].startswith("osaka-pref-") for dataset in datasets)
    assert {tag["name"] for dataset in datasets for tag in dataset["tags"]} == {*NOUNS, "オープンデータ"}
    assert {len(dataset["resources"]) for dataset in datasets} == {2}
    assert {dataset["organization"]["name"] for dataset in datasets} == {"osaka"}
    job = row(HarvestJob, run.job_id)
    assert (job.status, bool(job.gather_finished), bool(job.finished)) == ("Finished", True, True)


def test_harvested_dataset_names_its_source_and_record(server, make_source, harvest):
    server.answers[SEARCH] = search(packages(1))
    source = make_source(server.url(""))
    harvest(source)
    assert found() == 1
    dataset = tk.get_action("package_search")({}, {"q": "*:*"})["results"][0]
    extras = {extra["key"]: extra["value"] for extra in dataset["extras"]}
    assert extras["harvest_source_id"] == source
    kept = row(HarvestObject, extras["harvest_object_id"])
    assert (kept.guid, kept.package_id, kept.current) == (package(1)["id"], dataset["id"], True)
    assert "ＡＥＤ設置箇所" in kept.content


def test_second_run_writes_nothing(server, make_source, harvest):
    server.answers[SEARCH] = search(packages(*range(12)))
    source = make_source(server.url(""), rows=5)
    harvest(source)
    objects = model.Session.query(HarvestObject).count()
    harvested = "package", "resource", "activity", "tag", "package_tag", "member", "harvest_object"
    before = rows(*harvested)
    run = harvest(source, hours=24)
    assert (run.state, run.counts["unchanged"], run.counts["updated"]) == ("finished", 12, 0)
    assert rows(*harvested) == before
    assert model.Session.query(HarvestObject).count() == objects


def test_second_run_in_another_order_writes_nothing(server, make_source, harvest):
    records = packages(*range(6))
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""))
    harvest(source)
    records.reverse()
    for record in records:
        record["tags"].reverse()
    run = harvest(source, hours=24)
    assert (run.state, run.problems, run.counts["unchanged"]) == ("finished", [], 6)


def test_one_changed_record_changes_one_dataset(server, make_source, harvest):
    records = packages(*range(6))
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""))
    harvest(source)
    before = {dataset["id"]: dataset for dataset in shown()}
    records[2] = package(2, title="新しい題名")
    run = harvest(source, hours=24)
    assert (run.counts["updated"], run.counts["unchanged"]) == (1, 5)
    changed = [
        dataset for dataset in shown() if dataset["metadata_modified"] != before[dataset["id"]]["metadata_modified"]
    ]
    assert [dataset["title"] for dataset in changed] == ["新しい題名"]
    old = before[changed[0]["id"]]
    assert changed[0]["name"] == old["name"]
    assert [resource["id"] for resource in changed[0]["resources"]] == [resource["id"] for resource in old["resources"]]
    assert found()
    assert tk.get_action("package_search")({}, {"q": "新しい題名"})["count"] >= 1


BROKEN = {
    "500": reply(b"oops", status=500),
    "html": reply(b"<html><body>maintenance</body></html>", Content_Type="text/html"),
    "braces": reply(b"{}"),
    "list": reply(b"[]"),
    "null": reply(b"null"),
    "unsuccessful": reply(b'{"success": false, "error": {"message": "x"}}'),
    "null result": reply(b'{"success": true, "result": null}'),
    "empty": reply(b'{"success": true, "result": {"count": 0, "results": []}}'),
    "page without records": reply(b'{"success": true, "result": {"count": 9, "results": []}}'),
    "records that are none": reply(b'{"success": true, "result": {"count": 2, "results": [1, 2]}}'),
    "nothing": reply(b""),
    "cut off": reply(b'{"success": true, "result": {"count": 2, "results": [{"id": "a"'),
    "deep": reply(b"[" * 100_000),
    "inside": reply(status=302, Location="http://169.254.169.254/"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_answer_deletes_nothing_and_says_why(server, make_source, harvest, name):
    server.answers[SEARCH] = search(packages(*range(3)))
    source = make_source(server.url(""))
    harvest(source)
    server.answers[SEARCH] = BROKEN[name]
    for day in (1, 2):
        run = harvest(source, hours=25 * day)
        assert run.state == "failed"
        assert len(run.problems) == 1
        assert run.problems[0]["ja"] != run.problems[0]["en"]
        job = tk.get_action("harvest_job_show")(acting(), {"id": run.job_id})
        assert job["stats"]["errored"] == 1
        assert job["gather_error_summary"][0]["message"] == run.problems[0]["ja"]
    assert len(shown()) == found() == 3


def test_error_on_a_later_page_deletes_nothing(server, make_source, harvest):
    records = packages(*range(6))
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""), rows=2)
    harvest(source)

    def answer(handler):
        (reply(b'{"success": false}') if "start=2" in handler.path else search(records))(handler)

    server.answers[SEARCH] = answer
    assert [harvest(source, hours=25 * day).state for day in (1, 2)] == ["failed", "failed"]
    assert len(shown()) == 6


def test_source_that_gives_less_than_it_says_deletes_nothing(server, make_source, harvest):
    server.answers[SEARCH] = search(packages(*range(6)))
    source = make_source(server.url(""))
    harvest(source)

    def answer(handler):
        start = "start=0" in handler.path
        page = [package(0)] if start else []
        reply(tk.h.dump_json({"success": True, "result": {"count": 6, "results": page}}).encode())(handler)

    server.answers[SEARCH] = answer
    assert [harvest(source, hours=25 * day).state for day in (1, 2)] == ["failed", "failed"]
    assert len(shown()) == 6


@pytest.mark.parametrize("broken", [0, 3])
def test_page_that_a_cache_repeats_does_not_stand_in_for_another(server, make_source, harvest, broken):
    records = [*(package(number, title="", name="") for number in range(broken)), *packages(*range(broken, 6))]
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""), rows=2, incremental=False)
    harvest(source)
    total = len(shown())
    page = tk.h.dump_json({"success": True, "result": {"count": 6, "results": records[:2]}})

    def answer(handler):
        (reply(page.encode()) if "start=4" in handler.path else search(records))(handler)

    server.answers[SEARCH] = answer
    for day in (1, 2):
        run = harvest(source, hours=25 * day)
        assert (run.state, run.read) == ("failed", 4)
        assert "6 records but gave 4" in run.problems[0]["en"]
    assert len(shown()) == total


def test_source_that_gives_the_same_page_again_and_again_is_asked_no_further(server, make_source, harvest):
    page = tk.h.dump_json({"success": True, "result": {"count": 900_000, "results": packages(1, 2)}})
    server.answers[SEARCH] = reply(page.encode())
    run = harvest(make_source(server.url(""), rows=2))
    assert (run.state, len(server.seen)) == ("failed", 2)
    assert "the same page again" in run.problems[0]["en"]


def test_a_run_asks_solr_for_no_commit(server, make_source, harvest, monkeypatch):
    records = packages(*range(5))
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""))
    asked, add = [], pysolr.Solr.add

    def listened(solr, docs, **options):
        asked.append((len(docs), options["commit"]))
        return add(solr, docs, **options)

    monkeypatch.setattr(pysolr.Solr, "add", listened)
    assert harvest(source).counts["added"] == 5
    assert asked == [(5, False), (1, False)], "the datasets together, then the source"


def test_second_source_does_not_take_over(server, make_source, harvest):
    server.answers[SEARCH] = search(packages(1, 2))
    server.answers["/other" + SEARCH] = search(packages(2, 3))
    first, second = make_source(server.url("")), make_source(server.url("/other"), name="other")
    harvest(first)
    before = {dataset["id"]: dataset["metadata_modified"] for dataset in shown()}
    run = harvest(second)
    assert (run.state, run.counts["added"], run.counts["errors"]) == ("errors", 1, 1)
    report = tk.get_action("harvest_job_report")(acting(), {"id": run.job_id})
    (error,) = report["object_errors"].values()
    assert package(2)["id"] in error["errors"][0]["message"]
    run = harvest(second, hours=1)
    assert (run.state, run.counts["unchanged"], run.counts["errors"]) == ("errors", 1, 1)
    assert harvest(first, hours=24).counts["unchanged"] == 2
    assert len(shown()) == 3
    assert before.items() <= {dataset["id"]: dataset["metadata_modified"] for dataset in shown()}.items()


def test_refused_record_of_a_second_source_stays_refused_when_imported_again(server, make_source, harvest):
    server.answers[SEARCH] = server.answers["/other" + SEARCH] = search(packages(1))
    harvest(make_source(server.url("")))
    job = row(HarvestJob, harvest(make_source(server.url("/other"), name="other")).job_id)
    (refused,) = job.objects
    assert harvester_of(job).import_stage(refused) is False
    assert len(shown()) == 1
    assert "osaka-pref-" in refused.errors[-1].message


def test_vanished_record_does_not_come_back_beside_its_new_owner(server, make_source, harvest):
    records, others = packages(*range(4)), packages(9)
    server.answers[SEARCH], server.answers["/other" + SEARCH] = search(records), search(others)
    first, second = make_source(server.url("")), make_source(server.url("/other"), name="other")
    harvest(first)
    moved = records.pop()
    for hours in (24, 49):
        harvest(first, hours=hours)
    others.append(moved)
    harvest(second, hours=50)
    records.append(moved)
    for hours in (51, 52):
        run = harvest(first, hours=hours)
        assert (run.state, run.counts["unchanged"], run.counts["errors"]) == ("errors", 3, 1)
    assert len(shown()) == 5
    others.pop()
    for hours in (75, 100):
        harvest(second, hours=hours)
    assert harvest(first, hours=101).counts["updated"] == 1
    assert len(shown()) == 5


def test_one_bad_record_among_many_is_its_own_error(server, make_source, harvest):
    records = packages(*range(5))
    records[1] = package(1, title="", name="")
    records[3] = package(2)
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""))
    run = harvest(source)
    assert (run.state, run.counts["added"]) == ("errors", 3)
    assert run.counts["errors"] >= 1
    assert len(shown()) == 3


def test_broken_record_is_not_a_missing_one(server, make_source, harvest):
    records = packages(*range(5))
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""))
    harvest(source)
    records[1] = package(1, title="", name="")
    for hours in (24, 49, 74):
        run = harvest(source, hours=hours)
        assert (run.state, run.counts["errors"], run.counts["deleted"]) == ("errors", 1, 0)
    assert len(shown()) == 5


def test_refused_record_does_not_make_its_unchanged_neighbours_missing(server, make_source, harvest):
    records = packages(*range(5))
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""))
    harvest(source)
    records.append(package(9, version="x" * 101))
    for hours in (24, 49):
        run = harvest(source, hours=hours)
        assert (run.state, run.counts["unchanged"], run.counts["errors"]) == ("errors", 5, 1)
        assert run.counts["missing"] == run.counts["deleted"] == 0
    assert len(shown()) == 5


def test_refused_record_does_not_take_earlier_batches_out_of_the_index(server, make_source, harvest, monkeypatch):
    monkeypatch.setattr("ckanext.orden.harvesters.engine.run.BATCH", 2)
    server.answers[SEARCH] = search([*packages(*range(4)), package(9, version="x" * 101)])
    run = harvest(make_source(server.url("")))
    assert (run.state, run.problems, run.counts["added"], run.counts["errors"]) == ("errors", [], 4, 1)
    assert found() == 4


def test_moved_site_changes_nothing(server, make_source, harvest, ckan_config, monkeypatch):
    site = ckan_config["ckan.site_url"]
    records = [package(n, resources=[{"url": f"{site}/sample/{n}.csv", "format": "CSV"}]) for n in range(3)]
    server.answers[SEARCH] = search(records)
    source = make_source(server.url(""))
    harvest(source)
    before = rows("package", "resource", "activity")
    monkeypatch.setitem(ckan_config, "ckan.site_url", "http://127.0.0.1:9999")
    for number, record in enumerate(records):
        record["resources"][0]["url"] = f"http://127.0.0.1:9999/sample/{number}.csv"
    assert harvest(source, hours=24).counts["unchanged"] == 3
    assert rows("package", "resource", "activity") == before


@pytest.mark.parametrize("bad", ["\ud83d", "\x00"])
def test_characters_that_no_database_holds_are_replaced(server, make_source, harvest, bad):
    records = [package(1, notes=f"一覧{bad}です", **{f"x{bad}": [bad]}), package(2, id=f"two{bad}"), package(3)]
    broken = package(4, id=f"four{bad}", title="", name="")
    server.answers[SEARCH] = search([*records, broken])
    source = make_source(server.url(""))
    run = harvest(source)
    assert (run.state, run.counts["added"], run.counts["errors"]) == ("errors", 3, 1)
    assert "一覧\ufffdです" in {dataset["notes"] for dataset in shown()}
    run = harvest(source, hours=24)
    assert (run.counts["unchanged"], run.counts["missing"]) == (3, 0)


def test_many_japanese_titles_alike_get_names(server, make_source, harvest):
    server.answers[SEARCH] = search([package(n, title="避難所一覧") for n in range(30)])
    source = make_source(server.url(""))
    assert harvest(source).counts["added"] == 30


def test_record_without_a_description_gets_its_title_as_one(server, make_source, harvest):
    server.answers[SEARCH] = search([package(1, notes="")])
    source = make_source(server.url(""))
    assert harvest(source).state == "finished"
    assert shown()[0]["notes"] == package(1)["title"]
    assert harvest(source, hours=24).counts["unchanged"] == 1
