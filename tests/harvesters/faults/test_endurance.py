"""`./orden bench endurance` in small: a source comes to its end although its worker is killed every few seconds."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from ckanext.orden.harvesters import runs

from bench import endurance_run
from bench.endurance import until_done
from bench.feed import Feed, served

from .whole import assert_whole
from .workers import Stand

pytestmark = [
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
    pytest.mark.long,
    pytest.mark.timeout(900),
]
SIZE = 150


def started(stand: Stand) -> tuple[subprocess.Popen[bytes], Path]:
    worker = stand.start("orden-harvest", "run", "osaka-pref")
    return worker.process, worker.file


def test_source_whose_worker_is_killed_every_few_seconds_is_complete_and_correct(
    make_source, harvest, ckan_config, monkeypatch, tmp_path
):
    with served(SIZE) as feed:
        host = feed.removeprefix("http://")
        monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_private_hosts", [host])
        source = make_source(f"{feed}/r/catalog.ttl", "orden_dcat")
        stand = Stand(tmp_path, host)
        try:
            strain = until_done(lambda: started(stand), 2)
        finally:
            stand.close()
        titles = [record["title"] for record in Feed(SIZE).records("r")]
        run = runs.last(source)
        assert run is not None
        assert (strain.exit_code, strain.kills > 0) == (0, True)
        assert_whole(run, titles)
        assert harvest(source).counts["unchanged"] == SIZE


def test_bench_counts_what_the_catalogue_has_and_lacks(make_source, harvest, ckan_config, monkeypatch):
    with served(5) as feed:
        monkeypatch.setitem(ckan_config, "ckanext.orden.fetching.allowed_private_hosts", [feed.removeprefix("http://")])
        harvest(make_source(f"{feed}/{endurance_run.RUN}/catalog.ttl", "orden_dcat"))
    whole, lacking = endurance_run.count("osaka-pref", "5"), endurance_run.count("osaka-pref", "6")
    assert (whole["in PostgreSQL, in Solr"], whole["complete and correct"]) == ("5, 5", "yes")
    assert (lacking["doubled, missing"], lacking["complete and correct"]) == ("0, 1", "no")
