"""How runs and previews ask their sources."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckanext.harvest.model import HarvestJob
from ckanext.orden.fetching import addresses
from ckanext.orden.harvesters import politeness, runs, stock
from ckanext.orden.harvesters.engine import preview
from ckanext.orden.harvesters.planning import plans
from fetching.server import reply

from .conftest import harvester_of
from .feeds import packages, search, turtle

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"
CLOSED = reply(b"User-agent: *\nDisallow: /api/\nCrawl-delay: 0.1\n")


@pytest.fixture
def stranger(server, ckan_config, monkeypatch):
    """The publisher is nobody that the operator has listed."""
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_private_hosts", [])
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_ports", [int(server.host.rpartition(":")[2])])
    monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.pause", 0)
    monkeypatch.setattr(addresses, "is_public", lambda _address: True)
    connect_to_redis().flushdb()
    server.answers[SEARCH] = search(packages(1, 2))
    return server


def test_source_that_robots_txt_closes_is_not_read_and_says_what_to_do(stranger, make_source, harvest):
    stranger.answers["/robots.txt"] = CLOSED
    source = make_source(stranger.url(""))
    run = harvest(source)
    assert (run.state, run.read) == ("failed", 0)
    assert "“/api/”" in run.problems[0]["en"]
    assert "実行計画" in run.problems[0]["ja"]
    assert [path for path, _headers in stranger.seen] == ["/robots.txt"]
    found = preview.preview(source, stock.site_user())
    assert "“/api/”" in found["problems"][0]["en"], "a preview shows what the run would meet"


def test_permission_of_the_plan_lets_a_run_go_on_and_is_noted(stranger, make_source, harvest):
    stranger.answers["/robots.txt"] = CLOSED
    source = make_source(stranger.url(""))
    plans.change(source, robots_permission="大阪市 ICT戦略室 2026-04-01 の文書")
    model.Session.commit()
    run = harvest(source)
    assert (run.state, run.counts["added"]) == ("finished", 2)
    assert [problem["code"] for problem in run.problems] == ["permitted"]
    assert "大阪市 ICT戦略室" in run.problems[0]["ja"]


def test_pause_of_the_plan_is_kept(stranger, make_source, harvest, monkeypatch):
    slept: list[float] = []
    monkeypatch.setattr(politeness.time, "sleep", lambda seconds: (slept.append(seconds), connect_to_redis().flushdb()))
    stranger.answers["/robots.txt"] = reply(status=404)
    source = make_source(stranger.url(""), rows=1)
    plans.change(source, pause=4.5)
    model.Session.commit()
    assert harvest(source).counts["added"] == 2
    assert len(slept) == 2, "between robots.txt and two pages"


def test_stopped_job_ends_while_its_source_asks_to_wait(stranger, make_source, monkeypatch):
    source = make_source(stranger.url(""))
    job = runs.job_for(source)

    def answer(handler):
        with model.Session.get_bind().engine.begin() as other:
            other.exec_driver_sql("UPDATE harvest_job SET status = 'Finished'")
        reply(status=503, Retry_After="600")(handler)

    stranger.answers["/robots.txt"], stranger.answers[SEARCH] = reply(b""), answer
    slept: list[float] = []
    monkeypatch.setattr(politeness.time, "sleep", slept.append)
    run = harvester_of(job).run(job)
    assert run is not None
    assert (run.state, sum(slept)) == ("stopped", politeness.LOOK)
    assert model.Session.query(HarvestJob).filter_by(status="Running").count() == 0


HUGE = b"@prefix dcat: <http://www.w3.org/ns/dcat#> .\n<urn:a> a dcat:Dataset .\n"


def test_document_that_takes_too_much_ends_the_run_and_not_the_worker(server, make_source, harvest, monkeypatch):
    def hostile(_body, _media_type, _url):
        return [bytearray(3_000_000_000)]

    monkeypatch.setattr("ckanext.orden.harvesters.protocols.dcat_rdf.rdf_document.read", hostile)
    server.answers["/a"] = turtle(HUGE)
    run = harvest(make_source(server.url("/a"), "orden_dcat"))
    assert run.state == "failed"
    assert "a gigabyte of memory" in run.problems[0]["en"]
