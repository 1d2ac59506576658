"""The action `orden_dcat_validate`."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import helpers
from ckanext.orden.dcat import asked
from ckanext.orden.errors import SourceError

from ..conftest import GOLDEN, Act

pytestmark = pytest.mark.usefixtures("with_plugins", "non_clean_db")

NO_LICENCE = b"""@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<https://data.example.jp/dataset/1> a dcat:Dataset ;
    dct:title "\xe9\x81\xbf\xe9\x9b\xa3\xe6\x89\x80"@ja ; dct:description "\xe4\xb8\x80\xe8\xa6\xa7"@ja ;
    dct:publisher [ a foaf:Agent ; foaf:name "\xe8\xb1\x8a\xe4\xb8\xad\xe5\xb8\x82"@ja ] .
"""


def validate(**data: Any) -> dict[str, Any]:
    return helpers.call_action("orden_dcat_validate", {"ignore_auth": False}, **data)


@pytest.mark.parametrize("data", [{}, {"content": "x", "id": "y"}, {"content": "x", "level": "strictest"}])
def test_wrong_input_is_a_validation_error(data: dict[str, str]):
    with pytest.raises(tk.ValidationError):
        validate(**data)


def test_dataset_without_licence_is_an_error_at_the_level_of_odpo_only():
    assert validate(content=NO_LICENCE.decode(), level="range")["valid"]
    report = validate(content=NO_LICENCE.decode())
    assert report["level"] == "odpo"
    errors = [issue for issue in report["issues"] if issue["severity"] == "error"]
    assert [issue["code"] for issue in errors] == ["dcat.dataset.licence.missing"]
    assert errors[0]["field"] == "license_id"
    assert "dct:license <https://creativecommons.org/licenses/by/4.0/>" in errors[0]["hint"]["ja"]
    assert report["checked"] == 2


def test_conforming_text_is_valid():
    report = validate(content=GOLDEN.read_text())
    assert report["valid"]
    assert report["errors"] == 0


def test_stored_dataset_is_checked_as_it_is_published(stored: list[dict[str, Any]]):
    for dataset in stored:
        report = validate(id=dataset["name"])
        assert report["valid"], report["issues"]
        assert report["subject"] == f"http://test.ckan.net/dataset/{dataset['id']}"


def test_what_rdf_cannot_hold_of_a_dataset_is_named(act: Act, stored: list[dict[str, Any]]):
    assert "lossy.rdf" not in {issue["code"] for issue in validate(id=stored[0]["id"])["issues"]}
    act("package_patch", id=stored[0]["id"], extras=[{"key": "独自項目", "value": "値"}])
    (found,) = [issue for issue in validate(id=stored[0]["id"])["issues"] if issue["code"] == "lossy.rdf"]
    assert (found["field"], found["value"], found["severity"]) == ("extras.独自項目", "値", "info")


def test_private_dataset_is_refused_to_others(act: Act):
    organization = act("organization_create", name="toyonaka", title="豊中市")
    act("package_create", name="secret", title="非公開", notes="x", owner_org=organization["id"], private=True)
    with pytest.raises(tk.NotAuthorized):
        helpers.call_auth("orden_dcat_validate", {"user": "", "model": None}, id="secret")
    assert tk.get_action("orden_dcat_validate")({"ignore_auth": True}, {"id": "secret"})["subject"]


@pytest.mark.ckan_config("ckanext.orden.dcat.max_seconds", 1)
def test_check_that_takes_too_long_is_ended_and_says_so():
    many = "".join(f"<http://e/{i}> a <http://www.w3.org/ns/dcat#Dataset> ." for i in range(2000))
    report = validate(content=many)
    assert [issue["code"] for issue in report["issues"]] == ["rdf.too_slow"]
    assert "1秒" in report["issues"][0]["message"]["ja"]


def test_unknown_dataset_is_not_found(act: Act):
    with pytest.raises(tk.ObjectNotFound):
        validate(id="nothing-here")


def test_url_that_does_not_answer_is_an_issue(monkeypatch: pytest.MonkeyPatch):
    def fail(url: str, **options: Any) -> None:
        raise SourceError("no answer", ja="応答がありません")

    monkeypatch.setattr(asked, "fetch", fail)
    report = validate(url="https://data.example.jp/catalog.ttl")
    assert [issue["code"] for issue in report["issues"]] == ["source.unreachable"]
    message = report["issues"][0]["message"]
    assert message["ja"].endswith("応答がありません") and message["en"].endswith("no answer")


@pytest.mark.ckan_config("ckanext.orden.fetching.allowed_private_hosts", ["127.0.0.1"])
def test_private_address_is_not_opened_even_where_harvesters_may():
    report = validate(url="http://127.0.0.1/solr/admin/cores?action=UNLOAD")
    assert [issue["code"] for issue in report["issues"]] == ["source.unreachable"]
    assert "private network" in report["issues"][0]["message"]["en"]


def test_everybody_may_validate_text(app: Any):
    answer = app.post("/api/action/orden_dcat_validate", json={"content": "施設名,住所\nA,B\n"})
    assert answer.status_code == 200
    assert answer.json["result"]["issues"][0]["code"] == "rdf.csv"


def test_file_is_checked_and_text_in_its_place_is_told(app: Any):
    address = "/api/action/orden_dcat_validate"
    answer = app.post(address, data={"upload": (BytesIO("施設名,住所\nA,B\n".encode("cp932")), "list.ttl")})
    assert answer.json["result"]["issues"][0]["code"] == "rdf.csv"
    answer = app.post(address, json={"upload": "text"})
    assert answer.status_code == 409
    assert "upload" in answer.json["error"]
