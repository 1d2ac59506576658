"""Examples for programs can be copied as they stand, whatever an address holds."""

from __future__ import annotations

import ast
import shlex
import subprocess
from typing import Any

import pytest
from ckanext.orden.helpers.examples import orden_examples

pytestmark = [pytest.mark.ckan_config("ckan.plugins", "orden"), pytest.mark.usefixtures("with_plugins", "app")]
DATASET = {"name": "open"}
EVIL = "https://example.jp/$(touch${IFS}x);'\"`id`/日本.csv"


def examples(url: str, kind: str = "CSV", app: Any = None) -> dict[str, str]:
    with app.flask_app.test_request_context():
        return dict(orden_examples(DATASET, {"id": "1-2", "url": url, "format": kind}))


def test_a_table_is_read_and_another_file_is_saved(app: Any):
    table = examples("https://example.jp/a.csv", app=app)
    assert list(table) == ["curl", "Python", "R", "ckanapi"]
    assert table["curl"] == "curl --location --output a.csv https://example.jp/a.csv"
    assert 'pandas.read_csv("https://example.jp/a.csv", dtype=str)' in table["Python"]
    assert 'read.csv("a.csv")' in table["R"]
    assert "urlretrieve" in examples("https://example.jp/a.pdf", "PDF", app)["Python"]
    assert "read_excel" in examples("https://example.jp/a.xlsx", "XLSX", app)["R"]


def test_a_dataset_without_a_file_gives_its_record(app: Any):
    found = examples("site:/nothing", app=app)
    assert "package_show?id=open" in found["curl"]
    ast.parse(found["Python"])


def test_no_address_leaves_its_quotes(app: Any):
    found = examples(EVIL, app=app)
    assert shlex.split(found["curl"]) == ["curl", "--location", "--output", "日本.csv", EVIL]
    shell = ["sh", "-c", found["curl"].replace("curl", "printf %s,", 1)]
    assert subprocess.run(shell, capture_output=True, check=True, text=True).stdout.endswith(f",{EVIL},")
    texts = [node.value for node in ast.walk(ast.parse(found["Python"])) if isinstance(node, ast.Constant)]
    assert EVIL in texts


def test_they_stand_on_the_pages_of_datasets_and_files(look: Any, catalogue: None):
    page = look("/dataset/open")
    assert "package_show" in page.one("dl", "o-examples").text
