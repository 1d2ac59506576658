"""Duplicates of the whole catalogue: found, listed, judged; by sysadmins only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ckan import model
from ckan.lib.search.common import make_connection
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import call_action
from ckanext.orden.cli import orden
from ckanext.orden.logic import duplicates
from ckanext.orden.logic.locks import lock
from sqlalchemy import delete

OPTION = "ckanext.orden.search.encoder"
PAGE = "/ckan-admin/orden-duplicates/"
ACTIONS = ("orden_duplicates_list", "orden_duplicates_update", "orden_duplicate_update")
FILE = [{"name": "AED", "url": "https://www.city.toyonaka.example.jp/aed.csv"}]
pytestmark = [
    pytest.mark.ckan_config("ckan.plugins", "orden"),
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
]


@pytest.fixture(autouse=True)
def twins(with_plugins: None, clean_db: None, clean_index: None) -> dict[str, dict[str, Any]]:
    """A city's dataset of AEDs, the prefecture's copy, and others that are not the same."""
    city, prefecture = factories.Organization(title="豊中市"), factories.Organization(title="大阪府")
    datasets = (
        ("own", city, {"title": "=AED設置箇所一覧", "resources": FILE}),
        ("copy", prefecture, {"title": "豊中市 AED設置箇所", "resources": FILE, "private": True}),
        ("year-5", city, {"title": "当初予算 令和5年度"}),
        ("year-6", city, {"title": "当初予算 令和6年度"}),
    )
    made: dict[str, Any] = {
        name: factories.Dataset(name=name, notes="", owner_org=o["id"], **v) for name, o, v in datasets
    }
    make_connection().commit()
    return made


def listed(**asked: Any) -> dict[str, Any]:
    return call_action("orden_duplicates_list", **asked)


def test_they_are_found_and_listed_with_a_reason() -> None:
    assert (listed()["count"], listed()["found_at"]) == (0, "")
    assert duplicates.find() == 1
    answer = listed()
    [pair] = answer["pairs"]
    assert {dataset["name"] for dataset in pair["datasets"]} == {"own", "copy"}
    assert "file" in pair["reasons"]
    assert pair["apart"] is True
    assert pair["near"] > 0.7
    assert answer["count"] == 1
    assert answer["found_at"] > "2026"


@pytest.mark.ckan_config(OPTION, "none")
def test_without_an_encoder_files_and_titles_tell() -> None:
    assert duplicates.find() == 1
    assert listed()["pairs"][0]["near"] is None


def test_what_is_judged_stays_away_until_it_is_shown_again(twins: dict[str, dict[str, Any]]) -> None:
    duplicates.find()
    pair = {"one": twins["own"]["id"], "other": twins["copy"]["id"]}
    for given in (pair, {"one": pair["other"], "other": pair["one"]}):
        call_action("orden_duplicate_update", **given, dismissed=True)
        duplicates.find()
        assert (listed()["count"], listed(dismissed=True)["count"]) == (0, 1)
    call_action("orden_duplicate_update", **pair, dismissed=False)
    assert (listed()["count"], listed(dismissed=True)["count"]) == (1, 0)


def test_a_pair_that_was_not_found_cannot_be_judged(twins: dict[str, dict[str, Any]]) -> None:
    with pytest.raises(tk.ObjectNotFound):
        call_action("orden_duplicate_update", one=twins["own"]["id"], other="no", dismissed=True)
    with pytest.raises(tk.ValidationError):
        call_action("orden_duplicate_update", one="a", other="b")


def test_a_dataset_that_is_gone_takes_its_pairs_along(twins: dict[str, dict[str, Any]]) -> None:
    duplicates.find()
    call_action("package_delete", id=twins["copy"]["id"])
    assert listed()["count"] == 0
    for table in (model.Resource, model.Member):
        model.Session.execute(delete(table))
    model.Session.execute(delete(model.Package).where(model.Package.id == twins["copy"]["id"]))
    assert model.Session.query(duplicates.OrdenDuplicate).count() == 0


def test_pages_are_parts_of_one_order(twins: dict[str, dict[str, Any]]) -> None:
    for number in range(4):
        factories.Dataset(title="街路樹", notes="", name=f"trees-{number}", owner_org=twins["own"]["owner_org"])
    make_connection().commit()
    assert duplicates.find() == 7
    whole = listed()["pairs"]
    assert [listed(limit=1, offset=offset)["pairs"][0] for offset in range(7)] == whole
    assert whole[0]["apart"] is True


@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_else_may_look(action: str) -> None:
    for user in ("", factories.User()["name"]):
        with pytest.raises(tk.NotAuthorized):
            call_action(action, {"ignore_auth": False, "user": user})


def test_the_command_line_looks_and_tells(cli: Any) -> None:
    result = cli.invoke(orden, ["duplicates"])
    assert result.exit_code == 0, result.output
    assert "1 " in result.output
    with lock(duplicates._job()):
        assert cli.invoke(orden, ["duplicates"]).exit_code == 1


class TestPage:
    def test_sysadmins_see_judge_and_take_away(
        self, app: Any, auth: dict[str, str], twins: dict[str, dict[str, Any]]
    ) -> None:
        duplicates.find()
        body = app.get(PAGE, headers=auth).body
        assert "AED設置箇所一覧" in body
        assert "同じファイル" in body
        table = app.get(f"{PAGE}duplicates.csv", headers=auth)
        assert "attachment" in table.headers["Content-Disposition"]
        assert "'=AED設置箇所一覧" in table.get_data().decode("utf-8-sig")
        pair = {"one": twins["own"]["id"], "other": twins["copy"]["id"], "dismissed": "true"}
        app.post(f"{PAGE}judge", data=pair, headers=auth)
        assert "AED設置箇所一覧" not in app.get(PAGE, headers=auth).body
        assert "AED設置箇所一覧" in app.get(f"{PAGE}?dismissed=true", headers=auth).body

    def test_a_worker_is_asked_by_post_only(
        self, app: Any, auth: dict[str, str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[Callable[[], None]] = []
        monkeypatch.setattr(duplicates, "ask_for", lambda job, *_, **__: asked.append(job) or True)
        app.get(f"{PAGE}search", headers=auth, status=404)
        assert asked == []
        app.post(f"{PAGE}search", headers=auth)
        assert asked == [duplicates.find_by_job]

    @pytest.mark.parametrize("path", ["", "duplicates.csv"])
    def test_strangers_do_not_see_it(self, path: str, app: Any) -> None:
        user = factories.UserWithToken()
        assert app.get(PAGE + path, headers={"Authorization": user["token"]}, status=403)
        assert app.get(PAGE + path, status=403, follow_redirects=False)
