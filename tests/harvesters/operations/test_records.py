"""What became of each record: page, API, CSV and command line."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import CKANCliRunner
from ckanext.orden.harvesters.cli import orden_harvest
from harvesters.conftest import acting
from harvesters.feeds import package, packages, search

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
SEARCH = "/api/3/action/package_search"
BROKEN = package(4, title="", name="")


@pytest.fixture
def mixed(server, make_source, harvest) -> tuple[str, str]:
    """A source after its second run, with one record of each sort; source and job."""
    server.answers[SEARCH] = search(packages(1, 2, 3))
    source = make_source(server.url("/"))
    harvest(source)
    double = {**package(1), "title": "同じ識別子"}
    server.answers[SEARCH] = search([package(1), package(2, title="=1+1"), BROKEN, package(5), double])
    return source, harvest(source, hours=1).job_id


def listed(source: str, **asked: Any) -> dict[str, Any]:
    return tk.get_action("orden_harvest_record_list")(acting(), {"id": source, **asked})


def states(found: dict[str, Any]) -> list[str]:
    return sorted(record["state"] for record in found["records"])


def test_records_of_a_source_stand_where_its_last_run_left_them(mixed):
    found = listed(mixed[0])
    assert states(found) == ["changed", "error", "error", "missing", "new", "unchanged"]
    assert found["states"] == {"new": 1, "changed": 1, "unchanged": 1, "error": 2, "missing": 1}
    wrong = {issue["class"] for record in found["records"] for issue in record["issues"]}
    assert wrong == {"duplicate", "record_broken"}
    assert all(issue["hint"]["ja"] for record in found["records"] for issue in record["issues"])


def test_records_of_a_job_are_what_it_did(mixed):
    source, job = mixed
    assert states(listed(source, job=job)) == ["changed", "error", "error", "new", "unchanged"]
    with pytest.raises(tk.ObjectNotFound):
        listed(source, job="other")


def test_list_is_paged_filtered_and_searched(mixed):
    source = mixed[0]
    assert listed(source, limit=2)["count"] == 6
    assert len(listed(source, limit=2, offset=4)["records"]) == 2
    assert states(listed(source, state=["error", "new"])) == ["error", "error", "new"]
    assert [record["title"] for record in listed(source, q="=1+")["records"]] == ["=1+1"]
    assert listed(source, q="%")["count"] == 0
    for asked in ({"state": "lost"}, {"limit": 1001}, {"offset": -1}):
        with pytest.raises(tk.ValidationError):
            listed(source, **asked)


def test_run_counts_its_errors_by_class(mixed):
    run = tk.get_action("orden_harvest_run_show")(acting(), {"id": mixed[0]})
    assert run["classes"] == {"duplicate": 1, "record_broken": 1}
    assert run["progress"] is None


def test_csv_has_a_mark_and_no_formula_and_the_readers_language(app: Any, mixed):
    admin = {"Authorization": factories.SysadminWithToken()["token"]}
    answer = app.get(f"/harvest/records/{mixed[0]}/csv", headers=admin)
    assert answer.data.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert header[0] == "識別子"
    assert len(rows) == 6
    assert [row[1] for row in rows if row[3] == "変更"] == ["'=1+1"]
    wrong = next(row for row in rows if row[5] == "識別子の重複")
    assert wrong[7] and wrong[8]
    english = app.get(f"/en/harvest/records/{mixed[0]}/csv?state=new", headers=admin).data.decode("utf-8-sig")
    assert english.startswith("Identifier")
    assert len(english.splitlines()) == 2


def test_page_shows_records_to_the_sources_editors_only(app: Any, mixed):
    source, job = mixed
    stranger = {"Authorization": factories.UserWithToken()["token"]}
    for address in (f"/harvest/records/{source}", f"/harvest/records/{source}/csv"):
        assert app.get(address, headers=stranger).status_code == 403
    assert app.post("/api/action/orden_harvest_record_list", json={"id": source}, headers=stranger).status_code == 403
    admin = {"Authorization": factories.SysadminWithToken()["token"]}
    page = app.get(f"/harvest/records/{source}?job={job}&state=error", headers=admin).get_data(as_text=True)
    assert "識別子の重複" in page
    assert app.get(f"/harvest/records/{source}?job=x", headers=admin).status_code == 404
    report = app.get(f"/harvest/osaka-pref/job/{job}", headers=admin).get_data(as_text=True)
    assert "識別子の重複" in report
    assert "http-equiv" not in report


def test_command_prints_lines_json_and_csv(cli: CKANCliRunner, mixed):
    lines = cli.invoke(orden_harvest, ["records", "osaka-pref", "--state", "error"])
    assert lines.exit_code == 1, lines.output
    assert "識別子の重複" in lines.output
    answer = cli.invoke(orden_harvest, ["records", "osaka-pref", "--state", "new", "--json"])
    assert (answer.exit_code, len(json.loads(answer.output))) == (0, 1)
    table = cli.invoke(orden_harvest, ["records", "osaka-pref", "--csv", "--lang", "en"])
    assert "Identifier" in table.output
    assert cli.invoke(orden_harvest, ["records", "nowhere"]).exit_code == 1
