"""The public sources of the region, registered and inactive."""

from __future__ import annotations

import json

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANCliRunner
from ckanext.harvest.model import HarvestJob, HarvestSource
from ckanext.orden.harvesters import settings, stock
from ckanext.orden.harvesters.cli import orden_harvest
from ckanext.orden.harvesters.planning import plans, presets

from ..conftest import acting, row

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "nobody_is_asked")


@pytest.fixture
def nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a preset was fetched")

    monkeypatch.setattr("ckanext.orden.fetching.client.get", refuse)
    monkeypatch.setattr("ckanext.orden.fetching.get", refuse)


def registered(name: str) -> model.Package:
    found = model.Package.get(name)
    assert found
    return found


def test_every_preset_is_a_source_that_its_harvester_takes():
    found = presets.known()
    assert {"大阪府", "奈良県"} <= {preset.area for preset in found}
    assert len({preset.name for preset in found}) == len(found)
    for preset in found:
        harvester = stock.harvester_for(preset.source_type)
        settings.parse(json.dumps(preset.config), harvester.SETTINGS)


def test_all_are_registered_inactive_and_a_second_time_changes_nothing(organization):
    new = presets.add(None, "osaka")
    assert len(new) == len(presets.known())
    assert presets.add(None, "osaka") == []
    for name in new:
        package = registered(name)
        plan, source = plans.of(package.id), row(HarvestSource, package.id)
        assert (plan.approved, plan.cron, source.frequency) == (None, "", "MANUAL")
        assert package.owner_org == organization["id"]
    tk.get_action("harvest_jobs_run")(acting(), {})
    assert model.Session.query(HarvestJob).count() == 0


def test_pause_that_a_source_asks_for_is_kept(organization):
    presets.add(["osaka-pref"], "osaka")
    assert plans.of(registered("osaka-pref").id).pause == 2


def test_unknown_name_or_missing_organization_registers_nothing(organization):
    for names, org in ((["atlantis", "osaka-city"], "osaka"), (["osaka-city"], None), (["osaka-city"], "nobody")):
        with pytest.raises(tk.ValidationError):
            presets.add(names, org)
    assert model.Session.query(HarvestSource).count() == 0


def test_preset_that_cannot_be_registered_is_named_and_keeps_no_other_back(organization, make_source):
    make_source("https://data.city.osaka.lg.jp/data/", name="by-hand")
    with pytest.raises(tk.ValidationError) as caught:
        presets.add(["osaka-city", "kobe-city"], "osaka")
    assert list(caught.value.error_dict) == ["osaka-city"]
    assert model.Package.get("kobe-city") is not None


def test_command_lists_and_registers_presets(cli: CKANCliRunner, organization):
    assert "osaka-city" in cli.invoke(orden_harvest, ["presets"]).output
    refused = cli.invoke(orden_harvest, ["presets", "--add", "osaka-city"])
    assert refused.exit_code == 1
    assert "--org" in refused.output
    done = cli.invoke(orden_harvest, ["presets", "--add", "osaka-city", "--org", "osaka", "--json"])
    assert {entry["name"] for entry in json.loads(done.output) if entry["registered"]} == {"osaka-city"}
