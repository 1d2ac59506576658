"""The fields of a plan: what is taken, what is refused with which sentence, and who may set what."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories, helpers
from ckan.tests.helpers import CKANCliRunner
from ckanext.orden.harvesters.cli import orden_harvest
from ckanext.orden.harvesters.planning import plans
from ckanext.orden.harvesters.texts import next_run_text

from ..conftest import acting

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.fixture
def source(make_source: Any) -> str:
    return make_source("https://data.example.jp/")


@pytest.fixture
def editor(source: str) -> dict[str, str]:
    """The header of an editor of the source."""
    user = factories.UserWithToken()
    helpers.call_action("organization_member_create", id="osaka", username=user["name"], role="editor")
    return {"Authorization": user["token"]}


def update(source: str, **values: Any) -> dict[str, Any]:
    return tk.get_action("orden_harvest_plan_update")(acting(), {"id": source, **values})


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ("cron", " 0  3 * * * ", "0 3 * * *"),
        ("window", "22:00〜5:30", "22:00-05:30"),
        ("pause", "2.5", 2.5),
        ("pause", "", None),
        ("robots_permission", " 2026-04-01 の協定 ", "2026-04-01 の協定"),
        ("priority", "-3", -3),
        ("keep_runs", "30", 30),
        ("keep_runs", "", None),
        ("notify", "always", "always"),
        ("mail", "a@city.example.jp、b@city.example.jp", "a@city.example.jp, b@city.example.jp"),
        ("webhook", "https://hooks.example.jp/x?y=1", "https://hooks.example.jp/x?y=1"),
    ],
)
def test_value_is_kept_in_its_plain_form(source, field, given, kept):
    assert update(source, **{field: given})[field] == kept
    assert getattr(plans.of(source), field) == kept


@pytest.mark.parametrize(
    ("field", "given", "says"),
    [
        ("cron", "every night", "0 3 * * *"),
        ("cron", "0 0 30 2 *", "never come true"),
        ("window", "at night", "22:00-05:30"),
        ("pause", "soon", "seconds"),
        ("pause", "-1", "seconds"),
        ("pause", "nan", "seconds"),
        ("priority", "high", "whole number"),
        ("keep_runs", "0", "whole number"),
        ("notify", "sometimes", "never, problems, always"),
        ("mail", "a@city.example.jp nobody", "nobody"),
        ("webhook", "javascript:alert(1)", "https://"),
        ("webhook", "https://user:secret@hooks.example.jp/", "https://"),
        ("robots_permission", "x" * 3000, "2000"),
        ("colour", "red", "Known fields"),
    ],
)
def test_wrong_value_is_refused_with_a_sentence_and_nothing_is_kept(source, field, given, says):
    beside: dict[str, Any] = {"notify": "never", "priority": 7, field: given}
    with pytest.raises(tk.ValidationError) as caught:
        update(source, **beside)
    assert says in str(caught.value.error_dict[field])
    assert (plans.of(source).priority, plans.of(source).notify) == (0, "problems")


def test_what_is_not_named_stays_as_it_was(source):
    update(source, cron="0 3 * * *", mail="a@city.example.jp")
    assert update(source, priority=2)["cron"] == "0 3 * * *"


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"cron": "0 3 * * *", "notify": "never"}, 200),
        ({"priority": 0, "robots_permission": ""}, 200),
        ({"pause": 1}, 200),
        ({"pause": ""}, 200),
        ({"priority": 5}, 403),
        ({"robots_permission": "ok"}, 403),
        ({"pause": 0.1}, 403),
    ],
)
def test_what_touches_others_is_the_administrators(app, source, editor, values, status):
    answer = app.post("/api/action/orden_harvest_plan_update", json={"id": source, **values}, headers=editor)
    assert answer.status_code == status


def test_editor_saves_beside_a_short_pause_that_an_administrator_has_set(app, source, editor):
    update(source, pause=0.2)
    values = {"id": source, "pause": "0.2", "cron": "0 3 * * *"}
    assert app.post("/api/action/orden_harvest_plan_update", json=values, headers=editor).status_code == 200
    assert (
        app.post("/api/action/orden_harvest_plan_update", json={**values, "pause": 0.1}, headers=editor).status_code
        == 403
    )


def test_page_saves_the_fields_and_shows_what_is_wrong_beside_them(app, source, editor):
    page = app.get("/harvest/plan/osaka-pref", headers=editor).body
    assert 'name="cron"' in page and 'name="priority"' not in page and 'name="robots_permission"' not in page
    wrong = app.post("/harvest/plan/osaka-pref", params={"cron": "x", "mail": "a@city.example.jp"}, headers=editor).body
    assert "5つ" in wrong and 'value="a@city.example.jp"' in wrong
    assert plans.of(source).mail == ""
    saved = app.post("/harvest/plan/osaka-pref", params={"cron": "0 3 * * *", "notify": "always"}, headers=editor).body
    assert "設定を保存しました" in saved and "次回は" in saved
    assert (plans.of(source).cron, plans.of(source).notify) == ("0 3 * * *", "always")


def test_page_and_actions_are_for_editors(app, source):
    assert app.get("/harvest/plan/osaka-pref").status_code == 403
    assert (
        app.get("/harvest/plan/nowhere", headers={"Authorization": factories.SysadminWithToken()["token"]}).status_code
        == 404
    )
    assert app.get(f"/api/action/orden_harvest_plan_update?id={source}").status_code in (400, 405)


def test_next_run_is_said_in_words():
    now = datetime(2026, 11, 29, 22, 10)
    words = next_run_text("planned", moment=datetime(2026, 11, 30, 3), now=now, zone="Asia/Tokyo")
    assert words["ja"] == "次回は11月30日（月） 03:00（Asia/Tokyo）、約5時間後です。"
    assert words["en"] == "Runs next on Mon 30 Nov at 03:00 (Asia/Tokyo), in about 5 hours."
    assert next_run_text("planned", moment=now, now=now, zone="UTC")["en"] == "Runs within the next minutes."


def test_plan_tells_when_the_source_runs(source):
    assert "手動" in tk.get_action("orden_harvest_plan_show")(acting(), {"id": source})["next_run_text"]["ja"]
    shown = update(source, cron="0 3 * * *")
    assert shown["next_run"].endswith(("T03:00+00:00", "T03:00+09:00"))
    tk.get_action("orden_harvest_source_approve")(acting(), {"id": source, "approved": False})
    waiting = tk.get_action("orden_harvest_plan_show")(acting(), {"id": source})
    assert (waiting["may_run"], waiting["next_run"]) == (False, None)


def test_command_shows_and_settles_the_plan(cli: CKANCliRunner, source):
    assert "by hand only" in cli.invoke(orden_harvest, ["plan", "osaka-pref"]).output
    done = cli.invoke(orden_harvest, ["plan", "osaka-pref", "--cron", "0 3 * * *", "--keep-runs", "9", "--json"])
    assert json.loads(done.output)["keep_runs"] == 9
    wrong = cli.invoke(orden_harvest, ["plan", "osaka-pref", "--window", "night"])
    assert (wrong.exit_code, "22:00-05:30" in wrong.output) == (1, True)
    assert cli.invoke(orden_harvest, ["plan", "osaka-pref", "--cron", ""]).exit_code == 0
    assert plans.of(source).cron == ""
