"""The operator's own shapes beside ours."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from ckan.exceptions import CkanConfigurationException
from ckan.plugins import toolkit as tk
from ckanext.orden.dcat import checks
from ckanext.orden.dcat.validation import LEVELS, check_bytes
from ckanext.orden.dcat.validation.shapes import shapes_of

PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix ex: <https://example.jp/shapes#> .
"""
CITY = """ex:Dataset a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ] ,
    [ sh:path ( dct:publisher ex:office ) ; sh:minCount 1 ; sh:message "Name the office" , "課を書いてください"@ja ] ,
    [ sh:path ex:code ; sh:minCount 1 ; sh:name "コード"@ja ; sh:severity sh:Warning ] .
"""
SPARQL = """ex:Dataset a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:sparql [ a sh:SPARQLConstraint ; sh:message "no" ; sh:select \"\"\"%s\"\"\" ] .
"""
ENDLESS = "SELECT $this WHERE { $this ?a ?b . ?c ?d ?e . ?f ?g ?h . ?i ?j ?k . ?l ?m ?n FILTER(?b = ?e && ?h != ?k) }"
DATA = "".join(f"<http://e/{i}> a <http://www.w3.org/ns/dcat#Dataset> .\n" for i in range(50)).encode()


@pytest.fixture()
def folder(tmp_path: Path, with_plugins: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The operator's folder."""
    (tmp_path / "city.ttl").write_text(PREFIXES + CITY)
    monkeypatch.setitem(tk.config, "ckanext.orden.dcat.shapes_folder", str(tmp_path))
    return tmp_path


def issues(level: str) -> dict[str, Any]:
    report = checks.check_document(DATA, level).report
    return {issue.code: issue for issue in report.issues}


def test_file_in_the_folder_is_a_level_beside_ours(folder: Path):
    (folder / "region").mkdir()
    (folder / "region" / "one.ttl").write_text(PREFIXES + CITY)
    (folder / "notes.txt").write_text("not shapes")
    assert set(checks.level_names()) == {*LEVELS, "city", "region"}


def test_name_of_ours_stays_ours(folder: Path):
    (folder / "base.ttl").write_text(PREFIXES + CITY)
    assert "dcat.dataset.title.missing" in issues("base")


def test_shape_without_a_name_speaks_in_our_words(folder: Path):
    title = issues("city")["shacl.dct.title.missing"]
    assert title.message["ja"] == "タイトル（dct:title）がありません。"
    assert title.field == "title"


def test_message_of_a_shape_says_how_to_mend_it(folder: Path):
    office = next(issue for code, issue in issues("city").items() if "publisher" in code)
    assert office.hint == {"en": "Name the office", "ja": "課を書いてください"}
    assert office.field == "dct:publisher/ex:office"


def test_name_and_severity_of_a_shape_are_kept(folder: Path):
    code = next(issue for code, issue in issues("city").items() if code.endswith("code.missing"))
    assert code.severity == "warning"
    assert code.message["ja"].startswith("コード")


def test_shapes_without_names_are_judged_by_the_compiled_engine(folder: Path):
    assert shapes_of("city", str(folder)).prepared is not None


def test_endless_sparql_is_ended_at_the_limit(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(tk.config, "ckanext.orden.dcat.max_seconds", 1)
    (folder / "endless.ttl").write_text(PREFIXES + SPARQL % ENDLESS)
    start = time.monotonic()
    assert list(issues("endless")) == ["rdf.too_slow"]
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    "query",
    ["SELECT $this WHERE { SERVICE <http://127.0.0.1:1/sparql> { $this ?a ?b } }", "SELECT $this WHERE { $this"],
    ids=["asks another server", "is cut off"],
)
def test_sparql_that_cannot_be_run_is_no_fault_of_the_document(folder: Path, query: str):
    (folder / "odd.ttl").write_text(PREFIXES + SPARQL % query)
    found = issues("odd")
    assert list(found) == ["shacl.unusable"]
    assert "odd" in found["shacl.unusable"].message["ja"]


def test_sparql_may_judge_too(folder: Path):
    asked = "SELECT $this WHERE { $this a ?class FILTER NOT EXISTS { $this <http://purl.org/dc/terms/title> ?title } }"
    (folder / "sparql.ttl").write_text(PREFIXES + SPARQL % asked)
    assert shapes_of("sparql", str(folder)).prepared is None
    found = issues("sparql")
    assert len(found) == 1
    assert next(iter(found.values())).hint == {"en": "no"}


@pytest.mark.parametrize("text", ["ex:a ex:b .", PREFIXES + "ex:a a sh:NodeShape ; sh:property ["])
def test_broken_file_is_told_when_the_site_starts(folder: Path, text: str):
    (folder / "broken.ttl").write_text(text)
    with pytest.raises(CkanConfigurationException, match=r"shapes broken in .* cannot be read"):
        checks.load_shapes()


def test_folder_that_is_not_there_is_told_when_the_site_starts(monkeypatch: pytest.MonkeyPatch, with_plugins: None):
    monkeypatch.setitem(tk.config, "ckanext.orden.dcat.shapes_folder", "/nowhere")
    with pytest.raises(CkanConfigurationException, match="there is no folder"):
        checks.load_shapes()


def test_report_of_ours_does_not_depend_on_the_folder(folder: Path):
    assert check_bytes(DATA, "base", folder=str(folder)).report == check_bytes(DATA, "base").report
