"""Every recipe of docs/providers.md is taken from the document and run by `ckanapi` against the running site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories

from .recipes import recipes

ADDRESS = "https://odpo.example.jp"
LIST = """都道府県コード又は市区町村コード,NO,データ名称,データ概要,データ形式,ライセンス,URL
272035,1,AED設置箇所一覧,AEDの場所。,CSV,CC BY 4.0,https://www.city.example.jp/aed.csv
"""
RECIPES = recipes("providers.md", "python")
Run = Callable[..., dict[str, Any]]
Act = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.fixture()
def act() -> Act:
    """Calls an action as the site's own user."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return lambda action, **data: tk.get_action(action)({"user": user, "ignore_auth": True}, data)


@pytest.fixture()
def run(site: str, clean_db: None, ckan_config: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs recipes one after the other, as the editor of two providers, in a folder with the files that they name."""
    monkeypatch.setitem(ckan_config, "ckan.storage_path", str(tmp_path / "storage"))
    monkeypatch.chdir(tmp_path)
    user = factories.UserWithToken()
    member = [{"name": user["name"], "capacity": "editor"}]
    factories.Organization(name="toyonaka", title="豊中市", orden_org_kind="public", users=member)
    factories.Organization(name="naniwa", title="なにわ研究所", orden_org_kind="private", users=member)
    monkeypatch.setenv("ODPO_TOKEN", user["token"])
    Path("公園一覧.csv").write_text("名称\n中央公園\n", encoding="utf-8")
    Path("一覧.csv").write_text(LIST, encoding="utf-8")

    def recipes(*headings: str) -> dict[str, Any]:
        names: dict[str, Any] = {}
        for heading in ("Connect", *headings):
            text = RECIPES[heading].replace(ADDRESS, site)
            exec(compile(text, f"providers.md: {heading}", "exec"), names)  # noqa: S102 - our own document
        return names

    return recipes


def test_question_is_answered_and_nothing_is_written(run: Run, act: Act):
    said = run("Ask before you register")["said"]
    assert (said["valid"], said["axes"]["openness"]["values"]) == (True, ["open"])
    assert act("package_search")["count"] == 0


def test_one_dataset_is_registered_with_its_file_once(run: Run, act: Act, capsys: pytest.CaptureFixture[str]):
    for _ in range(2):
        run("Ask before you register", "Register one")
    shown = act("package_show", id="toyonaka-parks")
    assert [file["format"] for file in shown["resources"]] == ["CSV", "CSV"]
    assert "有償" in capsys.readouterr().out
    assert act("package_search")["count"] == 1


def test_list_is_looked_at_and_applied(run: Run, act: Act):
    try:
        tk.get_action("orden_list_preview")
    except KeyError:
        pytest.skip("lists are not there yet")
    run("Register a list")
    assert [found["title"] for found in act("package_search")["results"]] == ["AED設置箇所一覧"]


def test_replaced_file_keeps_its_address(run: Run, act: Act):
    run("Ask before you register", "Register one")
    before = act("package_show", id="toyonaka-parks")["resources"][1]
    Path("公園一覧.csv").write_text("名称\n中央公園\n東公園\n", encoding="utf-8")
    run("Replace a file")
    after = act("package_show", id="toyonaka-parks")["resources"][1]
    assert (after["id"], after["url"]) == (before["id"], before["url"])
    assert (after["size"] > before["size"], after["modified"]) == (True, "2026-11-29")


def test_prices_are_patched_and_the_rest_stays(run: Run, act: Act):
    for name in ("naniwa-flow", "naniwa-weather"):
        paid = {"fee": "有償", "license_id": "other-closed", "sales_info_url": "https://market.example.jp/1"}
        act("package_create", name=name, title="人流", notes="説明", owner_org="naniwa", **paid)
    run("Patch prices")
    shown = act("package_show", id="naniwa-flow")
    assert (shown["pricing_price_range"], shown["sales_info_url"]) == (
        "月額 55,000円から",
        "https://market.example.jp/1",
    )


def test_every_dataset_of_the_organization_is_exported(run: Run, act: Act):
    for name, private in (("one", False), ("two", True)):
        act("package_create", name=name, title="題", notes="説明", owner_org="toyonaka", private=private)
    act("package_create", name="three", title="題", notes="説明", owner_org="naniwa")
    run("Export my organization's datasets")
    lines = Path("datasets.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["name"] for line in lines} == {"one", "two"}


def test_what_is_wrong_is_found_with_the_way_out(run: Run, act: Act, capsys: pytest.CaptureFixture[str]):
    good = {"license_id": "CC-BY-4.0", "resources": [{"url": "https://example.org/a.csv"}]}
    act("package_create", name="good", title="よい題", notes="説明", owner_org="toyonaka", **good)
    act("package_create", name="bad", title="わるい題", notes="説明", owner_org="toyonaka")
    run("Find what is wrong with mine")
    printed = capsys.readouterr().out
    assert "わるい題 license_id ライセンスがありません。" in printed
    assert "よい題" not in printed


def test_every_recipe_has_its_test():
    tested = set(re.findall(r'run\("([^"]+)"|, "([A-Z][^"]+)"\)', Path(__file__).read_text("utf-8")))
    assert set(RECIPES) - {name for pair in tested for name in pair} == {"Connect"}
