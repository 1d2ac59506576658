"""The statistics: what they count, the road map beside it, the page, its tables and its JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.orden.clock import local_date
from ckanext.orden.search_log import keeping as searches
from ckanext.orden.search_log.counters import Event
from ckanext.orden.use import figures, keeping, plan, statistics
from ckanext.orden.use.plan import Target
from lxml import html

from .conftest import Get, change

Catalogue = dict[str, dict[str, Any]]
GROWTH = [
    {"month": "2025-03", "datasets": 300, "organizations": 40},
    {"month": "2026-03", "datasets": 500, "organizations": 50},
    {"month": "2026-11", "datasets": 578, "organizations": 55},
]


class TestPlan:
    def test_targets_are_read_in_the_order_of_their_years(self):
        assert plan.targets(["2026:900:600", "2025:450:250"]) == [Target(2025, 450, 250), Target(2026, 900, 600)]

    @pytest.mark.parametrize("entry", ["2026", "2026:900", "2026:viele:600", "2026:900:600:1"])
    def test_a_target_that_is_written_otherwise_is_refused(self, entry: str):
        with pytest.raises(ValueError):
            plan.targets([entry])

    def test_a_year_is_compared_at_its_end_or_today(self):
        targets = plan.targets(["2023:1:1", "2024:300:150", "2025:450:250", "2026:900:600", "2027:1100:750"])
        found = plan.compared(targets, GROWTH, date(2026, 11, 30))
        assert [row["datasets"]["actual"] for row in found] == [None, 300, 500, 578, None]
        assert found[3]["organizations"] == {"plan": 600, "actual": 55}

    @pytest.mark.parametrize(("day", "year"), [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026)])
    def test_a_fiscal_year_begins_in_april(self, day: date, year: int):
        assert plan.fiscal_year(day) == year


@pytest.fixture
def shown(catalogue: Catalogue) -> dict[str, Any]:
    """The statistics of a catalogue with two public datasets, one of them two months old."""
    package = model.Package.get("open")
    assert package
    today = local_date()
    month = today.month - 3
    package.metadata_created = datetime(today.year + month // 12, month % 12 + 1, 10)
    model.Session.commit()
    file = catalogue["other"]["resources"][0]["id"]
    keeping.keep(today, {"view open": 5, f"download {file}": 2, "view hidden": 50})
    searches.keep(today, {Event("避難所", "ja", "all"): 4, Event("x", "en", "nothing"): 1})
    statistics.forget()
    return tk.get_action("orden_use_statistics_show")({"user": "", "ignore_auth": False}, {})


@pytest.mark.usefixtures("with_plugins", "shown")
class TestShown:
    def test_only_what_is_public_is_counted(self, shown: dict[str, Any]):
        assert shown["now"] == {"datasets": 2, "resources": 2, "organizations": 1}
        assert [row["datasets"] for row in shown["growth"]] == [1, 1, 2]
        assert shown["holdings"]["format"] == [{"name": "CSV", "datasets": 2}]
        assert {row["name"]: row["datasets"] for row in shown["holdings"]["sector"]} == {"public": 2}

    def test_use_is_told_for_twelve_months_with_what_was_searched(self, shown: dict[str, Any]):
        assert len(shown["use"]) == 12
        last = {name: shown["use"][-1][name] for name in ("views", "downloads", "searches")}
        assert last == {"views": 5, "downloads": 2, "searches": 5}
        assert sum(row["views"] for row in shown["use"]) == 5
        assert [row["name"] for row in shown["most_used"]] == ["other"]

    def test_a_dataset_that_is_hidden_meanwhile_is_not_named(self):
        change("package_patch", id="other", private=True)
        most_used = tk.get_action("orden_use_statistics_show")({}, {})["most_used"]
        assert "other" not in [row["name"] for row in most_used]

    def test_answers_are_kept_and_nobody_can_change_them(self, shown: dict[str, Any]):
        shown["now"]["datasets"] = 99
        change("package_delete", id="other")
        assert tk.get_action("orden_use_statistics_show")({}, {})["now"]["datasets"] == 2

    def test_each_figure_is_a_chart_with_its_table_and_its_csv(self, get: Get):
        page = html.fromstring(get("/statistics").get_data(as_text=True))
        found = page.xpath("//main//figure") or page.xpath("//figure")
        names = [figure.get("id") for figure in found]
        assert names == [
            *("plan-datasets", "plan-organizations", "datasets", "resources", "organizations", "axes", "format"),
            *(name for name in names[7:-4]),
            *("views", "downloads", "searches", "most-used"),
        ]
        for figure in found:
            assert figure.xpath(".//table") and (figure.get("id") == "most-used" or figure.xpath(".//svg[@role='img']"))
            answer = get(figure.xpath(".//a[contains(@href, '.csv')]/@href")[0])
            rows = answer.get_data().decode("utf-8-sig").splitlines()
            assert len(rows) == len(figure.xpath(".//tbody/tr")) + 1

    def test_the_page_needs_no_scripts_and_no_styles_of_its_own(self, get: Get):
        page = html.fromstring(get("/statistics").get_data(as_text=True))
        main = page.get_element_by_id("content")
        assert not main.xpath(".//script | .//style | .//*[@style]")

    def test_the_statistics_are_data(self, get: Get, shown: dict[str, Any]):
        found = get("/statistics.json").json
        assert found["now"] == shown["now"] and found["growth"] == shown["growth"]
        get("/statistics/nothing.csv", status=404)

    def test_a_title_is_no_formula_in_the_table(self, get: Get):
        change("package_patch", id="other", title="=cmd|' /C calc'!A0")
        assert "\n'=cmd" in get("/statistics/most-used.csv").get_data(as_text=True)

    def test_the_home_page_names_what_is_used_most(self, get: Get):
        section = html.fromstring(get("/").get_data(as_text=True)).xpath("//section[@aria-labelledby='most-used']")[0]
        assert section.xpath(".//li/a/@href") == ["/dataset/other"]

    def test_a_datasets_page_tells_its_use_in_a_line(self, get: Get):
        assert "過去12か月の利用：閲覧 0 回、ダウンロード 2 回" in get("/dataset/other").get_data(as_text=True)
        assert "orden_use" not in tk.get_action("package_show")({}, {"id": "other"})


@pytest.mark.usefixtures("with_plugins", "catalogue")
class TestNothing:
    def test_a_dataset_that_nobody_used_has_no_line_and_the_home_page_no_list(self, get: Get):
        assert "過去12か月" not in get("/dataset/open").get_data(as_text=True)
        assert "よく使われているデータ" not in get("/").get_data(as_text=True)

    @pytest.mark.ckan_config("ckanext.orden.use.plan", [])
    def test_without_a_plan_there_is_none_on_the_page(self, get: Get):
        assert (
            "計画"
            not in html.fromstring(get("/statistics").get_data(as_text=True))
            .get_element_by_id("content")
            .text_content()
        )


@pytest.mark.usefixtures("with_plugins", "nothing_counted", "clean_index")
def test_an_empty_catalogue_has_statistics(get: Get):
    get("/statistics")
    assert get("/statistics.json").json["now"] == {"datasets": 0, "resources": 0, "organizations": 0}


@pytest.mark.usefixtures("with_plugins")
@pytest.mark.parametrize(("language", "shown"), [("ja", "令和8年度"), ("en", "FY2026")])
def test_a_fiscal_year_is_written_as_the_reader_knows_it(app: Any, language: str, shown: str):
    with app.flask_app.test_request_context("/", environ_overrides={"CKAN_LANG": language}):
        assert figures.fiscal_year(2026) == shown
