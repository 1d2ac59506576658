"""What a file's page shows of it, and what the room's door gives to whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import CKANTestApp
from ckan.types import Context
from ckanext.orden.previews import files

from .conftest import Put
from .samples import GIF, PDF, PNG, SVG

pytestmark = pytest.mark.usefixtures("with_plugins")
LIMIT = "ckanext.orden.preview.max_bytes"
ELSEWHERE = "https://files.example.jp/guide.pdf"


def page(app: CKANTestApp, resource: dict[str, Any]) -> str:
    return app.get(f"/dataset/parks/resource/{resource['id']}", status=200).get_data(as_text=True)


def door(resource: dict[str, Any], dataset: str = "parks") -> str:
    return f"/dataset/{dataset}/resource/{resource['id']}/preview"


def test_a_stored_pdf_is_in_its_page(app: CKANTestApp, put: Put):
    file = put("guide.pdf", PDF)
    text = page(app, file)
    assert f'type="application/pdf" data="{door(file)}" aria-label="公園の&lt;b&gt;案内&lt;/b&gt;"' in text
    answer = app.get(door(file), status=200)
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.data == PDF
    part = app.get(door(file), headers={"Range": "bytes=0-4"}, status=206)
    assert part.data == b"%PDF-"


def test_a_stored_image_is_in_its_page_and_small_in_the_list(app: CKANTestApp, put: Put):
    file = put("map.png", PNG)
    assert f'<img src="{door(file)}" alt="公園の&lt;b&gt;案内&lt;/b&gt;"' in page(app, file)
    assert app.get(door(file), status=200).content_type == "image/png"
    listed = app.get("/dataset/parks", status=200).get_data(as_text=True)
    assert f'class="o-files__image" src="{door(file)}" alt=""' in listed


def test_an_image_is_sent_as_what_it_is_whatever_it_is_called(app: CKANTestApp, put: Put):
    file = put("page.html", GIF, mimetype="text/html")
    assert app.get(door(file), status=200).content_type == "image/gif"


def test_a_drawing_opened_on_its_own_runs_nothing(app: CKANTestApp, put: Put):
    answer = app.get(door(put("map.svg", SVG)), status=200)
    assert answer.content_type.startswith("image/svg+xml")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert policy.endswith("sandbox")


@pytest.mark.parametrize("name", ["map.png", "guide.pdf", "index.html", "notes.txt"])
def test_a_page_is_not_sent_under_any_name(app: CKANTestApp, put: Put, name: str):
    file = put(name, b"<html><script>alert(1)</script>")
    app.get(door(file), status=404)
    assert door(file) not in app.get("/dataset/parks", status=200).get_data(as_text=True)
    assert "<script>alert(1)" not in page(app, file)


def test_the_first_lines_of_a_text_are_in_its_page(app: CKANTestApp, put: Put):
    text = page(app, put("notes.txt", "".join(f"{n}行目<i>\n" for n in range(1, 300)).encode("cp932")))
    assert "1行目&lt;i&gt;\n2行目" in text
    assert "100行目" in text
    assert "101行目" not in text
    assert "先頭部分" in text


def test_of_one_long_line_only_a_part_is_read(app: CKANTestApp, put: Put):
    text = page(app, put("data.json", b'["' + b"x" * 1_000_000 + b'"]'))
    assert "x" * 30_000 in text
    assert "x" * files.START not in text


def test_a_short_text_is_there_whole(app: CKANTestApp, put: Put):
    text = page(app, put("a.xml", b"<a>\n <b/>\n</a>\n"))
    assert "&lt;a&gt;\n &lt;b/&gt;\n&lt;/a&gt;" in text
    assert "全体" in text


@pytest.mark.parametrize("name", ["a.csv", "a.geojson", "a.zip"])
def test_tables_and_archives_are_no_texts(app: CKANTestApp, put: Put, name: str):
    text = page(app, put(name, "氏名\n山田 太郎\n".encode(), format="TXT" if name == "a.csv" else ""))
    assert "山田" not in text
    assert "o-preview" not in text


def test_nothing_is_loaded_from_elsewhere(app: CKANTestApp, put: Put):
    for name in ("guide.pdf", "map.png"):
        file = put(name, url=ELSEWHERE.replace("guide.pdf", name), size=2_100_000)
        text = page(app, file)
        assert "ファイルは files.example.jp にあります。" in text
        assert f"ファイルを開く ({file['format']}、2.1 MB)" in text
        assert "<object" not in text
        assert "o-preview__image" not in text
        app.get(door(file), status=404)
    assert "o-files__image" not in app.get("/dataset/parks", status=200).get_data(as_text=True)


def test_a_large_file_is_offered_by_a_link(
    app: CKANTestApp, put: Put, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(ckan_config, LIMIT, 10)
    file = put("map.png", PNG)
    text = page(app, file)
    assert "ファイルが大きいため" in text
    assert "/download/map.png" in text
    assert door(file) not in text
    app.get(door(file), status=404)


def test_a_file_that_is_gone_leaves_its_page(app: CKANTestApp, put: Put):
    file = put("map.png", PNG)
    Path(files.path_of(file)).unlink()
    assert "o-preview" not in page(app, file)
    app.get(door(file), status=404)


def test_who_may_not_read_the_dataset_sees_nothing(app: CKANTestApp, put: Put):
    file = put("map.png", PNG, private=True)
    app.get(door(file), status=404)


def test_the_file_of_another_dataset_is_not_there(app: CKANTestApp, put: Put):
    file = put("map.png", PNG)
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    owner = tk.get_action("organization_show")({}, {"id": "toyonaka"})["id"]
    other = {"name": "other", "title": "別", "notes": "別です。", "owner_org": owner}
    tk.get_action("package_create")(Context(user=user, ignore_auth=True), other)
    app.get(door(file, "other"), status=404)
