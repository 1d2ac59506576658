"""The validator's page."""

from __future__ import annotations

import csv
import html
import io
import re
from io import BytesIO
from typing import Any

import pytest
from ckan.tests import factories
from rdflib import SH, Graph

from ..conftest import GOLDEN, Act

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
TABLE = "施設名,住所\nA,B\n"


def test_form_is_open_to_everybody(app: Any):
    page = app.get("/validate").get_data(as_text=True)
    assert 'name="content"' in page
    assert 'name="upload"' in page
    assert "_csrf_token" in page


def test_pasted_table_is_named_and_kept_in_the_form(app: Any):
    page = app.post("/validate", data={"content": TABLE}).get_data(as_text=True)
    assert "これは CSV（表）のファイルです。" in page
    assert "rdf.csv" in page
    assert "施設名,住所" in page


def test_uploaded_bytes_are_checked_whatever_their_encoding(app: Any):
    files = {"upload": (BytesIO(TABLE.encode("cp932")), "list.ttl")}
    assert "rdf.csv" in app.post("/validate", data=files).get_data(as_text=True)


def test_conforming_text_is_praised(app: Any):
    page = app.post("/validate", data={"content": GOLDEN.read_text(), "level": "range"}).get_data(as_text=True)
    assert "o-note--ashi" in page
    assert "o-issue__code" not in page


def test_what_is_found_stands_by_field_and_rule_with_its_count(app: Any):
    text = "".join(f"<http://e/{i}> a <http://www.w3.org/ns/dcat#Dataset> ." for i in range(60))
    page = app.post("/validate", data={"content": text}).get_data(as_text=True)
    assert page.count("dcat.dataset.title.missing") == 1
    assert "60 回" in page
    assert "ほか 55 件" in page
    assert "<h3>タイトル <code>title</code>" in page


def test_place_in_a_pasted_text_has_its_line(app: Any):
    text = "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n\n<http://e/1> a dcat:Dataset ."
    page = app.post("/validate", data={"content": text}).get_data(as_text=True)
    assert "3行目" in page


def links_of(page: str) -> dict[str, str]:
    """The links to a result by the ending of their form."""
    found = re.findall(r'href="([^"]*/validate(?:/result/[\w-]+)?(?:\.(\w+))?(?:\?[^"]*)?)"', page)
    return {ending: html.unescape(address) for address, ending in found if "result" in address or ending}


def test_result_is_kept_for_whoever_has_its_link(app: Any):
    page = app.post("/validate", data={"content": GOLDEN.read_text(), "level": "odpo"}).get_data(as_text=True)
    links = links_of(page)
    again = app.get(links[""])
    assert again.headers["X-Robots-Tag"] == "noindex"
    assert "no-store" in again.headers["Cache-Control"]
    assert "dcat.dataset.contact.missing" in again.get_data(as_text=True)
    report = app.get(links["json"]).json
    assert report["level"] == "odpo" and report["warnings"] > 0
    turtle = app.get(links["ttl"])
    assert turtle.mimetype == "text/turtle"
    shacl = Graph().parse(data=turtle.get_data(as_text=True), format="turtle")
    assert len(list(shacl.objects(None, SH.result))) >= report["warnings"]
    rows = list(csv.DictReader(io.StringIO(app.get(links["csv"]).get_data(as_text=True).removeprefix("\ufeff"))))
    assert [row["code"] for row in rows] == [issue["code"] for issue in report["issues"]]


def test_link_to_no_result_says_how_long_they_are_kept(app: Any):
    for key in ("x" * 22, "..", "x"):
        assert app.get(f"/validate/result/{key}", status=404)
    assert "1日" in app.get(f"/validate/result/{'x' * 22}").get_data(as_text=True)


def test_unreadable_document_has_no_shacl_report(app: Any):
    links = links_of(app.post("/validate", data={"content": TABLE}).get_data(as_text=True))
    assert app.get(links["json"]).status_code == 200
    assert app.get(links["json"].replace(".json", ".ttl")).status_code == 404


def test_report_on_a_private_dataset_is_for_those_who_may_read_it(app: Any, act: Act):
    organization = act("organization_create", name="toyonaka", title="豊中市")
    act("package_create", name="secret", title="避難所", notes="一覧", owner_org=organization["id"], private=True)
    assert app.get("/validate.json?id=secret").status_code == 404
    assert "secret" not in links_of(app.get("/validate?id=secret").get_data(as_text=True)).get("json", "")
    token = factories.SysadminWithToken()["token"]
    page = app.get("/validate?id=secret", headers={"Authorization": token}).get_data(as_text=True)
    links = links_of(page)
    assert "" not in links
    assert "/dataset/edit/secret#field-" in page
    assert app.get(links["json"]).status_code == 404
    assert app.get(links["json"], headers={"Authorization": token}).json["level"] == "odpo"


def test_datasets_of_an_organisation_are_checked_together(app: Any, act: Act):
    organization = act("organization_create", name="toyonaka", title="豊中市")
    for name in ("one", "two"):
        act("package_create", name=name, title="避難所", notes="一覧", owner_org=organization["id"])
    act("package_create", name="hidden", title="秘密", notes="一覧", owner_org=organization["id"], private=True)
    report = app.get("/validate.json?organization=toyonaka").json
    licence = next(group for group in report["groups"] if group["code"] == "dcat.dataset.licence.missing")
    assert licence["count"] == 2
    assert report["subject"] == "豊中市"


def test_source_that_is_not_there_is_told(app: Any):
    assert "o-note--icho" in app.get("/validate?source=nowhere").get_data(as_text=True)
    assert app.get("/validate.json?source=nowhere").status_code == 404


def test_first_of_several_subjects_is_checked(app: Any, act: Act):
    act("organization_create", name="toyonaka", title="豊中市")
    assert app.get("/validate?id=nothing&organization=toyonaka").status_code == 200


def test_unknown_form_or_level_is_told(app: Any, act: Act):
    organization = act("organization_create", name="toyonaka", title="豊中市")
    act("package_create", name="one", title="避難所", notes="一覧", owner_org=organization["id"])
    assert app.get("/validate.pdf?id=one").status_code == 404
    assert app.get("/validate.json?id=one&level=strict").status_code == 409
    assert app.get("/validate.json").status_code == 409


def test_dataset_is_checked_by_its_address(app: Any, act: Act):
    organization = act("organization_create", name="toyonaka", title="豊中市")
    act("package_create", name="shelters", title="避難所", notes="一覧です", owner_org=organization["id"])
    page = app.get("/validate?id=shelters").get_data(as_text=True)
    assert "dcat.dataset.licence.missing" in page


@pytest.mark.parametrize("data", [{}, {"source": "nothing-here"}])
def test_wrong_input_is_told_on_the_page(app: Any, data: dict[str, str]):
    answer = app.post("/validate", data=data)
    assert answer.status_code == 200
    assert "o-note--icho" in answer.get_data(as_text=True)


def test_markup_in_a_document_stays_text(app: Any):
    text = (
        "<http://a/1> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/issued> '<script>x</script>' ."
    )
    page = app.post("/validate", data={"content": text}).get_data(as_text=True)
    assert "<script>x</script>" not in page
    assert "&lt;script&gt;x" in page
