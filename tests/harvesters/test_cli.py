"""`ckan orden-harvest run`: what it prints and how it exits."""

from __future__ import annotations

import json

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.harvest.model import HarvestJob, HarvestSource
from ckanext.orden.harvesters.cli import orden_harvest
from fetching.server import reply

from .conftest import acting, row
from .feeds import package, packages, search

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        (search(packages(1, 2)), 0, "finished, 2 new"),
        (reply(status=500), 2, "status 500"),
        (search([package(1), package(2, title="", name="")]), 1, "errors, 1 new"),
    ],
)
def test_command_prints_the_end_and_exits_with_it(cli, server, make_source, answer, code, words):
    server.answers[SEARCH] = answer
    make_source(server.url(""))
    result = cli.invoke(orden_harvest, ["run", "osaka-pref"])
    assert result.exit_code == code, result.output
    assert words in result.output


def test_command_prints_json(cli, server, make_source):
    server.answers[SEARCH] = search(packages(1, 2))
    make_source(server.url(""))
    result = cli.invoke(orden_harvest, ["run", "all", "--json"])
    (run,) = json.loads(result.output)
    assert (run["name"], run["state"], run["counts"]["added"]) == ("osaka-pref", "finished", 2)
    (listed,) = json.loads(cli.invoke(orden_harvest, ["list", "--json"]).output)
    assert (listed["state"], listed["datasets"]) == ("finished", 2)
    assert "osaka-pref: finished, 2 datasets" in cli.invoke(orden_harvest, ["list"]).output


def test_command_leaves_sources_of_other_kinds_alone(cli, server, make_source):
    server.answers[SEARCH] = search(packages(1, 2))
    foreign = make_source("https://other.example", name="aaa")
    make_source(server.url(""))
    other = row(HarvestSource, foreign)
    other.type = "waf"
    other.save()
    result = cli.invoke(orden_harvest, ["run", "all"])
    assert (result.exit_code, "osaka-pref: finished, 2 new" in result.output) == (0, True), result.output
    assert "aaa" not in cli.invoke(orden_harvest, ["list"]).output
    result = cli.invoke(orden_harvest, ["run", "osaka-pref", "aaa"])
    assert (result.exit_code, "orden has no harvester" in result.output) == (1, True)
    assert model.Session.query(HarvestJob).filter_by(source_id=foreign).count() == 0
    assert model.Session.query(HarvestJob).count() == 1, "nothing is begun before all names are known"


def test_command_for_a_deleted_source_says_so(cli, make_source):
    tk.get_action("harvest_source_delete")(acting(), {"id": make_source("https://data.example.jp")})
    result = cli.invoke(orden_harvest, ["run", "osaka-pref"])
    assert result.exit_code == 1
    assert "There is no active harvest source 'osaka-pref'" in result.output


def test_command_for_an_unknown_source_says_so(cli):
    result = cli.invoke(orden_harvest, ["run", "nowhere"])
    assert result.exit_code == 1
    assert "There is no active harvest source 'nowhere'" in result.output
