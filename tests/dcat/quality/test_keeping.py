"""Scores in the database: made when they are out of date, read by action and command."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from ckan import model
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests import helpers
from ckan.tests.helpers import CKANCliRunner
from ckanext.orden.dcat import jobs
from ckanext.orden.dcat.cli import orden_dcat
from ckanext.orden.dcat.model import DcatScore, DcatScoreDay
from ckanext.orden.dcat.quality import keeping
from ckanext.orden.dcat.quality.metrics import METRICS
from ckanext.orden.metadata.tables.summary import TABLES
from ckanext.orden.schedule import MINUTE
from ckanext.orden.tables.model import TableReport
from rdflib import Graph

from ..conftest import Act

pytestmark = pytest.mark.usefixtures("with_plugins", "non_clean_db", "with_request_context")
Dict = dict[str, Any]


@pytest.fixture()
def scored(act: Act, stored: list[Dict]) -> list[Dict]:
    """The stored examples with their scores, one of them without keywords."""
    act("package_patch", id=stored[1]["id"], tags=[])
    settle()
    assert keeping.refresh() == 3
    return stored


@pytest.fixture()
def checks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts the graphs that SHACL looks at."""
    counted: list[int] = []
    original = keeping.conforms

    def count(graph: Graph, shapes: Any) -> Any:
        counted.append(len(graph))
        return original(graph, shapes)

    monkeypatch.setattr(keeping, "conforms", count)
    return counted


def settle() -> None:
    make_connection().commit(waitSearcher=True)


def call(action: str, **data: Any) -> Any:
    return helpers.call_action(action, {"ignore_auth": False, "user": ""}, **data)


def test_a_score_says_what_to_mend_and_what_that_is_worth(scored: list[Dict]):
    found = call("orden_dcat_quality_show", id=scored[0]["name"])
    fulfilled = [one["code"] for one in found["metrics"] if one["fulfilled"] and one["dimension"] != "japan"]
    assert found["points"] == sum(METRICS[code].points for code in fulfilled) == 325
    assert found["band"] == "good"
    assert [fix["code"] for fix in found["missing"] if fix["dimension"] != "japan"] == []
    missing = {fix["code"]: fix for fix in call("orden_dcat_quality_show", id=scored[1]["id"])["missing"]}
    assert (missing["keywordAvailability"]["points"], missing["keywordAvailability"]["field"]) == (30, "tag_string")


def test_what_is_up_to_date_is_not_made_again(scored: list[Dict], checks: list[int]):
    assert keeping.refresh() == 0
    assert not keeping.is_due()


def test_a_change_makes_one_score_again(act: Act, scored: list[Dict], checks: list[int]):
    before = call("orden_dcat_quality_show", id=scored[1]["id"])["points"]
    act("package_patch", id=scored[1]["id"], tags=[{"name": "人流"}])
    settle()
    assert keeping.is_due()
    assert keeping.refresh() == 1
    assert len(checks) == 1
    assert call("orden_dcat_quality_show", id=scored[1]["id"])["points"] == before + 30


def test_a_new_day_measures_anew_but_checks_only_new_triples(scored: list[Dict], checks: list[int]):
    yesterday = keeping._today() - timedelta(days=1)
    model.Session.query(DcatScore).update({"day": yesterday})
    model.Session.commit()
    assert keeping.refresh() == 3
    assert checks == []


def test_a_broken_description_loses_the_points_of_dcat_ap(scored: list[Dict], monkeypatch: pytest.MonkeyPatch):
    assert stored_metric(scored[0], "dcatApCompliance") is True
    monkeypatch.setattr(keeping, "conforms", lambda *_: False)
    monkeypatch.setattr(keeping, "VERSION", 99)
    keeping.refresh()
    assert stored_metric(scored[0], "dcatApCompliance") is False


def stored_metric(dataset: Dict, code: str) -> bool | None:
    model.Session.expire_all()
    kept = keeping.stored(dataset["id"])
    assert kept
    return kept[0].found[code]


def test_one_that_the_index_has_lost_does_not_hold_up_the_others(scored: list[Dict]):
    model.Session.query(DcatScore).delete()
    model.Session.commit()
    make_connection().delete(q=f'id:"{scored[0]["id"]}"', commit=True)
    settle()
    assert keeping.refresh() == 3
    assert model.Session.query(DcatScore).count() == 2


def test_the_summary_adds_up(act: Act, scored: list[Dict]):
    found = call("orden_dcat_quality_summary_show")
    points = [call("orden_dcat_quality_show", id=dataset["id"])["points"] for dataset in scored]
    assert found["datasets"] == 3
    assert found["points"] == pytest.approx(sum(points) / 3, abs=0.05)
    assert sum(found["bands"].values()) == 3
    assert sum(part["points"] for part in found["dimensions"].values()) == pytest.approx(found["points"], abs=3)
    for fix in found["fixes"]:
        datasets = call("orden_dcat_quality_dataset_list", fix=fix["code"])
        assert fix["datasets"] == len(datasets) > 0
        assert fix["gain"] == fix["points"] * len(datasets)
    gains = [fix["gain"] for fix in found["fixes"] if fix["dimension"] != "japan"]
    assert gains == sorted(gains, reverse=True)
    assert [one["points"] for one in found["lowest"]] == sorted(points)
    assert [(one["title"], one["datasets"]) for one in found["ranking"]] == [("豊中市", 3)]
    assert [one["points"] for one in found["trend"]] == [found["points"]]


def test_private_datasets_are_in_nobodys_summary(act: Act, scored: list[Dict]):
    act("package_patch", id=scored[0]["id"], private=True)
    settle()
    keeping.refresh()
    assert call("orden_dcat_quality_summary_show")["datasets"] == 2
    assert model.Session.get(DcatScoreDay, ("", keeping._today())).datasets == 2  # pyright: ignore[reportOptionalMemberAccess]
    for fix in METRICS:
        assert scored[0]["id"] not in {one["id"] for one in call("orden_dcat_quality_dataset_list", fix=fix)}
    with pytest.raises(tk.NotAuthorized):
        call("orden_dcat_quality_show", id=scored[0]["id"])


def test_an_organisation_has_its_own_summary(act: Act, scored: list[Dict]):
    other = act("organization_create", name="suita", title="吹田市", orden_org_kind="public")
    act("package_patch", id=scored[1]["id"], owner_org=other["id"])
    settle()
    keeping.refresh()
    assert call("orden_dcat_quality_summary_show", organization="suita")["datasets"] == 1
    assert call("orden_dcat_quality_summary_show", organization="toyonaka")["datasets"] == 2
    with pytest.raises(tk.ObjectNotFound):
        call("orden_dcat_quality_summary_show", organization="nobody")


def test_wrong_input_is_an_error(scored: list[Dict], act: Act):
    with pytest.raises(tk.ValidationError):
        call("orden_dcat_quality_dataset_list", fix="everything")
    with pytest.raises(tk.ValidationError):
        call("orden_dcat_quality_show")
    model.Session.query(DcatScore).delete()
    model.Session.commit()
    with pytest.raises(tk.ObjectNotFound):
        call("orden_dcat_quality_show", id=scored[0]["id"])


def test_what_takes_long_goes_on_in_the_next_minute(stored: list[Dict], monkeypatch: pytest.MonkeyPatch):
    settle()
    monkeypatch.setattr(keeping, "BATCH", 1)
    assert keeping.refresh(seconds=0.001) == 1
    assert keeping.is_due()
    assert keeping.refresh() == 2


def test_the_minute_hand_has_scores_made(stored: list[Dict], monkeypatch: pytest.MonkeyPatch):
    settle()
    asked: list[Any] = []
    monkeypatch.setattr(tk, "enqueue_job", lambda job, **_: asked.append(job))
    MINUTE.send()
    assert jobs.make_scores in asked
    jobs.make_scores()
    asked.clear()
    MINUTE.send()
    assert jobs.make_scores not in asked


class TestCommand:
    def test_without_names_all_that_are_out_of_date_are_made(self, cli: CKANCliRunner, stored: list[Dict]):
        settle()
        result = cli.invoke(orden_dcat, ["score"])
        assert result.exit_code == 0, result.output
        assert "3 scores" in result.output
        assert "3 datasets: " in result.output
        assert "キーワードを付ける" in result.output

    def test_a_named_dataset_is_shown_with_its_fixes(self, cli: CKANCliRunner, scored: list[Dict]):
        result = cli.invoke(orden_dcat, ["score", scored[1]["name"], "--json"])
        assert json.loads(result.output)[scored[1]["name"]]["missing"][0]["points"] == 50

    def test_an_unknown_dataset_ends_with_two(self, cli: CKANCliRunner, scored: list[Dict]):
        result = cli.invoke(orden_dcat, ["score", "nothing-here"])
        assert result.exit_code == 2
        assert "nothing-here" in result.output


@pytest.mark.parametrize(
    ("report", "filled"),
    [
        ({"readings": {"名称_カナ": 12}, "checked": 12}, [True]),
        ({"readings": {"名称_カナ": 11}, "checked": 12}, [False]),
        ({"readings": {}, "checked": 12}, [False]),
        ({"readings": {}, "checked": 0}, [False]),
        ({"checked": 12}, []),
        ({"standard": "std-v3/unknown", "readings": {}, "checked": 12}, []),
    ],
)
def test_readings_are_filled_when_every_row_has_one(stored: list[Dict], report: Dict, filled: list[bool]):
    resource = stored[0]["resources"][0]["id"]
    told = {"standard": "std-v3/13", **report}
    counts = dict.fromkeys(("rows", "errors", "warnings", "infos", "personal"), 0)
    known = {"version": 2, "url": "", "mark": "", "standard": told["standard"], "certain": True, "conforms": True}
    TableReport.put(resource, package_id=stored[0]["id"], report=told, **known, **counts)
    assert keeping._kana({TABLES: {resource: {"standard": told["standard"]}}}) == filled
