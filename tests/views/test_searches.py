"""The pages of searches: for system administrators only; tables that no spreadsheet computes."""

from __future__ import annotations

import csv
import io

import pytest
from ckan.tests import factories
from ckan.tests.helpers import CKANCliRunner, CKANTestApp
from ckanext.orden.cli import orden
from ckanext.orden.search_log import counters, keeping
from ckanext.orden.search_log.counters import Event

HERE = "/ckan-admin/orden-search"
PAGES = [f"{HERE}/", f"{HERE}/queries.csv", f"{HERE}/cases.json"]
pytestmark = [
    pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index"),
    pytest.mark.ckan_config("ckanext.orden.search.log_least", 1),
]


@pytest.fixture
def searches(clean_db: None) -> None:
    counters.forget()
    formula = Event("@sum(a1) 避難所", "ja", "nothing")
    keeping.keep(counters.today(), {formula: 2, Event("公園", "ja", "all"): 3})


@pytest.mark.parametrize("path", PAGES)
def test_nobody_else_sees_the_pages(app: CKANTestApp, path: str):
    user = factories.UserWithToken()
    app.get(path, status=403)
    app.get(path, headers={"Authorization": user["token"]}, status=403)


@pytest.mark.parametrize("path", PAGES)
def test_what_cannot_be_understood_is_refused(app: CKANTestApp, auth: dict[str, str], path: str):
    app.get(f"{path}?from=x", headers=auth, status=400)
    app.get(f"{path}?sort=x&kind=%00", headers=auth, status=400)


def test_a_page_says_that_nothing_is_counted(
    app: CKANTestApp, auth: dict[str, str], ckan_config: dict[str, object], monkeypatch: pytest.MonkeyPatch
):
    assert "検索は集計していません" not in app.get(f"{HERE}/", headers=auth).get_data(as_text=True)
    monkeypatch.setitem(ckan_config, "ckanext.orden.search.log", False)
    assert "検索は集計していません" in app.get(f"{HERE}/", headers=auth).get_data(as_text=True)


def test_a_formula_stays_text_in_the_table(app: CKANTestApp, auth: dict[str, str], searches: None):
    answer = app.get(f"{HERE}/queries.csv?kind=no_hits", headers=auth)
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert rows[0][:2] == ["検索語", "検索回数"]
    assert rows[1] == ["'@sum(a1) 避難所", "2", "2", "0", "0", "0", counters.today().isoformat(), ""]
    assert len(rows) == 2


class TestCommand:
    def test_queries_are_shown_with_what_waits(self, cli: CKANCliRunner, searches: None):
        counters.add(Event("公園", "ja", "all"))
        shown = cli.invoke(orden, ["search-log"])
        assert shown.exit_code == 0, shown.output
        assert "公園: asked 4, nothing 0, partial 0, nearest 0, clicks 0" in shown.output

    def test_csv_and_json_and_cases_are_printed(self, cli: CKANCliRunner, searches: None):
        assert "公園,3,0,0,0,0" in cli.invoke(orden, ["search-log", "--csv"]).output
        assert '"count": 1' in cli.invoke(orden, ["search-log", "--json", "--kind", "no_hits"]).output
        assert '"kind": "no_hits"' in cli.invoke(orden, ["search-log", "--cases"]).output

    def test_a_wrong_day_is_named(self, cli: CKANCliRunner):
        shown = cli.invoke(orden, ["search-log", "--from", "x"])
        assert shown.exit_code == 2
        assert "2026-04-01" in shown.output

    def test_a_query_is_forgotten(self, cli: CKANCliRunner, searches: None):
        assert cli.invoke(orden, ["search-log-forget", "公園"]).exit_code == 0
        assert "公園" not in cli.invoke(orden, ["search-log"]).output
        assert cli.invoke(orden, ["search-log-forget"]).exit_code == 2
        assert cli.invoke(orden, ["search-log-forget", "--all"]).exit_code == 0
        assert '"asked": 0' in cli.invoke(orden, ["search-log", "--json"]).output
