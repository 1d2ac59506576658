"""The validator's page."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

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


def test_long_report_says_how_much_it_leaves_out(app: Any):
    text = "".join(f"<http://e/{i}> a <http://www.w3.org/ns/dcat#Dataset> ." for i in range(60))
    page = app.post("/validate", data={"content": text}).get_data(as_text=True)
    assert page.count("o-issue__code") == 500
    assert "ほかに 220 件の問題があります" in page


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
