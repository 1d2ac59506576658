"""The pages of quality, its lists and its RDF."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from ckan.lib.search.common import make_connection
from ckan.tests import factories
from ckanext.orden.dcat.namespaces import DQV
from ckanext.orden.dcat.quality import keeping
from ckanext.orden.dcat.quality.metrics import MQA
from rdflib import Graph, URIRef

from ..conftest import Act

pytestmark = pytest.mark.usefixtures("with_plugins", "non_clean_db")
Dict = dict[str, Any]


@pytest.fixture()
def scored(app: Any, act: Act, stored: list[Dict]) -> list[Dict]:
    """The stored examples with their scores, one of them without keywords."""
    act("package_patch", id=stored[1]["id"], tags=[])
    make_connection().commit(waitSearcher=True)
    with app.flask_app.test_request_context():
        keeping.refresh()
    return stored


def test_pages_show_points_and_fixes(app: Any, scored: list[Dict]):
    for path in ("/quality", "/organization/toyonaka/quality", f"/dataset/{scored[1]['name']}/quality"):
        page = app.get(path).get_data(as_text=True)
        assert "キーワードを付ける" in page, path
        assert "/ 405" in page
    assert "dataset/edit/" not in app.get(f"/dataset/{scored[1]['name']}/quality").get_data(as_text=True)
    shown = app.get(f"/dataset/{scored[0]['name']}").get_data(as_text=True)
    assert f"/dataset/{scored[0]['name']}/quality" in shown
    assert "/organization/toyonaka/quality" in app.get("/organization/toyonaka").get_data(as_text=True)


def test_editors_are_led_to_the_form(app: Any, scored: list[Dict]):
    headers = {"Authorization": factories.SysadminWithToken()["token"]}
    page = app.get(f"/dataset/{scored[1]['name']}/quality", headers=headers).get_data(as_text=True)
    assert f"/dataset/edit/{scored[1]['name']}" in page


def test_before_the_first_score_pages_say_so(app: Any, stored: list[Dict]):
    assert "点数はまだありません" in app.get("/quality").get_data(as_text=True)
    assert "まだ調べられていません" in app.get(f"/dataset/{stored[0]['name']}/quality").get_data(as_text=True)


def test_the_list_of_a_fix_opens_in_excel_and_runs_nothing(app: Any, act: Act, scored: list[Dict]):
    act("package_patch", id=scored[1]["id"], title="=HYPERLINK(1)")
    answer = app.get("/quality/keywordAvailability.csv?organization=toyonaka")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert header[0] == "データセット"
    titles = {row[0]: row[1] for row in rows}
    assert titles[scored[1]["name"]] == "'=HYPERLINK(1)"
    assert all(row[5].endswith(f"/dataset/edit/{row[0]}") for row in rows)


@pytest.mark.parametrize("ending", ["ttl", "jsonld", "rdf", "nt"])
def test_measurements_are_dqv(app: Any, scored: list[Dict], ending: str):
    formats = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nt": "nt"}
    answer = app.get(f"/dataset/{scored[0]['name']}/quality.{ending}")
    assert answer.status_code == 200
    found = Graph().parse(data=answer.data, format=formats[ending])
    measured = next(found.subjects(DQV.isMeasurementOf, URIRef(f"{MQA}scoring")))
    assert [str(value) for value in found.objects(measured, DQV.value)] == ["325"]


@pytest.mark.parametrize(
    "path",
    [
        "/quality/everything.csv",
        "/organization/nobody/quality",
        "/dataset/nothing/quality",
        "/dataset/x/quality.doc",
    ],
)
def test_wrong_addresses_are_not_found(app: Any, scored: list[Dict], path: str):
    assert app.get(path).status_code == 404
