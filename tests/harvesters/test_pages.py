"""The pages of a source, and what their buttons do."""

from __future__ import annotations

import pytest
from ckan.plugins import toolkit as tk
from ckanext.harvest.model import HarvestSource
from ckanext.orden.harvesters.engine.lock import source_lock

from .conftest import row
from .feeds import packages, search
from .people import SEARCH, headers

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def test_edit_by_form_keeps_the_configuration(app, source, people):
    form = {"url": "https://data.example.jp", "title": "新しい名前", "name": "osaka-pref", "source_type": "orden_ckan"}
    form |= {"config": '{"rows": 50}', "frequency": "DAILY", "owner_org": people["owner"]["id"], "save": "Save"}
    app.post("/harvest/edit/osaka-pref", data=form, headers=headers(people["editor"]))
    kept = row(HarvestSource, source["id"])
    assert (kept.title, kept.config, kept.frequency) == ("新しい名前", '{"rows": 50}', "DAILY")


@pytest.mark.parametrize("address", ["/harvest/clear/{id}", "/harvest/delete/{id}?clear=true"])
def test_page_says_why_a_running_source_is_not_cleared(app, source, people, address):
    with source_lock(source["id"]):
        page = app.post("/en" + address.format(**source), headers=headers(people["editor"]))
    assert page.status_code == 200
    assert "The source is being harvested at this moment; try again later" in page.body
    assert "{&#39;" not in page.body


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_pages_of_a_source_open(app, source, people, sysadmin, lang):
    pages = [
        "/harvest",
        "/harvest/new",
        "/harvest/osaka-pref",
        "/harvest/about/osaka-pref",
        "/harvest/admin/osaka-pref",
    ]
    pages += ["/harvest/edit/osaka-pref", "/harvest/osaka-pref/job", "/harvest/osaka-pref/job/last"]
    pages += [f"/harvest/osaka-pref/job/{source['job']}"]
    for page in pages:
        for user in (people["editor"], sysadmin):
            answer = app.get(f"/{lang}{page}", headers=headers(user))
            assert answer.status_code == 200, page
    for page in ("/harvest", "/harvest/osaka-pref"):
        assert app.get(f"/{lang}{page}").status_code == 200


def test_job_page_tells_how_the_run_ended(app, source, people):
    body = app.get("/en/harvest/osaka-pref/job/last", headers=headers(people["editor"])).body
    assert "Finished with errors" in body
    assert "1 new" in body


def test_held_deletion_is_released_by_a_button(app, server, make_source, harvest, people):
    records = packages(*range(20))
    server.answers[SEARCH] = search(records)
    source_id = make_source(server.url(""))
    harvest(source_id)
    del records[5:]
    harvest(source_id, hours=24)
    harvest(source_id, hours=49)
    user = headers(people["editor"])
    page = app.get("/en/harvest/admin/osaka-pref", headers=user).body
    assert "Deletion waits for a person" in page
    assert f'action="/en/harvest/release/{source_id}"' in page
    app.post(f"/harvest/release/{source_id}", headers=user)
    assert tk.get_action("package_search")({}, {"rows": 0})["count"] == 5
