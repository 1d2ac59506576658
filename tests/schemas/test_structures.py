"""Records inside records, by API as they are and by form as JSON; other fields that people rarely need."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import helpers
from lxml import html

Act = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

AGENT = {"name": "調査会社", "email": "a@example.jp", "url": "https://company.example/"}
ACTIVITY = [{"label": "現地調査", "startedAtTime": "2026-04-01", "wasAssociatedWith": [AGENT]}]
ATTRIBUTION = [{"agent": [AGENT], "role": "http://www.iana.org/assignments/relation/processor"}]
SERVICE = [
    {
        "title": "トイレAPI",
        "endpoint_url": ["https://api.example.jp/toilet"],
        "keyword": "トイレ",
        "contact": [{"name": "API窓口"}],
        "publisher": [AGENT],
    }
]


@pytest.fixture()
def rich(toilets: dict[str, Any]) -> dict[str, Any]:
    file = {**toilets["resources"][0], "access_services": SERVICE}
    return {**toilets, "provenance_activity": ACTIVITY, "qualified_attribution": ATTRIBUTION, "resources": [file]}


def test_structures_are_shown_as_they_were_given(act: Act, rich: dict[str, Any]) -> None:
    shown = act("package_create", **rich)
    assert (shown["provenance_activity"], shown["qualified_attribution"]) == (ACTIVITY, ATTRIBUTION)
    assert shown["resources"][0]["access_services"] == SERVICE
    act("package_patch", id=shown["id"], title="新しい題")
    again = act("package_show", id=shown["id"])
    assert again["resources"][0]["access_services"] == SERVICE
    assert act("package_update", **again)["provenance_activity"] == ACTIVITY


def test_dataset_sent_back_unchanged_is_not_modified(act: Act, rich: dict[str, Any]) -> None:
    act("package_create", **rich)
    shown = act("package_show", id=rich["name"])
    assert act("package_update", **shown)["metadata_modified"] == shown["metadata_modified"]


def test_form_keeps_structures_as_json(
    app: helpers.CKANTestApp, auth: dict[str, str], act: Act, rich: dict[str, Any]
) -> None:
    dataset = act("package_create", **rich)
    page = html.document_fromstring(app.get(f"/dataset/edit/{dataset['name']}", headers=auth).text)
    text = page.xpath("//textarea[@name='provenance_activity']")[0].text_content()
    assert json.loads(text) == ACTIVITY
    form = {"title": "題", "notes": "説明", "name": dataset["name"], "owner_org": rich["owner_org"], "save": ""}
    sent = {**form, "provenance_activity": text, "qualified_attribution": ""}
    app.post(f"/dataset/edit/{dataset['name']}", headers=auth, data=sent, follow_redirects=False)
    edited = act("package_show", id=dataset["id"])
    assert (edited["title"], edited["provenance_activity"]) == ("題", ACTIVITY)
    assert "qualified_attribution" not in edited


def test_resource_form_keeps_structures_as_json(
    app: helpers.CKANTestApp, auth: dict[str, str], act: Act, rich: dict[str, Any]
) -> None:
    dataset = act("package_create", **rich)
    resource = dataset["resources"][0]["id"]
    address = f"/dataset/{dataset['name']}/resource/{resource}/edit"
    page = html.document_fromstring(app.get(address, headers=auth).text)
    text = page.xpath("//details[@id='section-file_exchange']//textarea[@name='access_services']")[0].text_content()
    sent = {"id": resource, "url": "https://example.org/a.csv", "name": "題", "access_services": text, "save": ""}
    app.post(address, headers=auth, data=sent, follow_redirects=False)
    (edited,) = act("package_show", id=dataset["id"])["resources"]
    assert (edited["name"], edited["access_services"]) == ("題", SERVICE)


@pytest.mark.parametrize("text", ["{", "[1]", '"x"', "x", "[" * 2000])
def test_what_is_no_record_is_an_error_at_its_field(act: Act, rich: dict[str, Any], text: str) -> None:
    with pytest.raises(tk.ValidationError) as caught:
        act("package_create", **{**rich, "provenance_activity": text})
    assert set(caught.value.error_dict) == {"provenance_activity"}
    file = {**rich["resources"][0], "access_services": text}
    with pytest.raises(tk.ValidationError) as caught:
        act("package_create", **{**rich, "resources": [rich["resources"][0], file]})
    errors: Any = caught.value.error_dict["resources"]
    assert [set(found) for found in errors] == [set(), {"access_services"}]


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("scope_of_disclosure", "noLimit", "制限なし"),
        ("scope_of_disclosure", "その他(学校)", "その他(学校)"),
        ("terms_of_use_permissible_region", "JP、noLimit", "日本,制限なし"),
        ("trading_policy_use_application", "大学の研究", "大学の研究"),
        ("temporal_resolution", "PT1H", "PT1H"),
        ("spatial_resolution_in_meters", "１０．５", "10.5"),
        ("term", ["トイレ", "車椅子"], ["トイレ", "車椅子"]),
        ("data_effective_period", "2026-04-01/2027-03-31", "2026-04-01/2027-03-31"),
    ],
)
def test_value_is_stored_in_one_form(act: Act, toilets: dict[str, Any], field: str, value: Any, stored: Any) -> None:
    assert act("package_create", **{**toilets, field: value})[field] == stored


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("compress_format", "zip", "http://www.iana.org/assignments/media-types/application/zip"),
        ("package_format", "tar", "http://publications.europa.eu/resource/authority/file-type/TAR"),
        ("access_rights", "制限あり", "http://publications.europa.eu/resource/authority/access-right/RESTRICTED"),
        ("orden_api", "有", "yes"),
        ("schema_type", "turtle", "TTL"),
        ("hash_algorithm", "SHA-256", "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
    ],
)
def test_value_of_a_file_is_stored_in_one_form(
    act: Act, toilets: dict[str, Any], field: str, value: Any, stored: Any
) -> None:
    file = {**toilets["resources"][0], field: value}
    assert (
        act("package_create", **{**toilets, "license_id": "other-closed", "resources": [file]})["resources"][0][field]
        == stored
    )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("temporal_resolution", "1時間", "PT1H"),
        ("temporal_resolution", "P", "PT1H"),
        ("spatial_resolution_in_meters", "細かい", "number"),
        ("spatial_resolution_in_meters", "0", "number"),
        ("homepage", "javascript:alert(1)", "https"),
    ],
)
def test_wrong_value_is_an_error_at_its_field(
    act: Act, toilets: dict[str, Any], field: str, value: str, said: str
) -> None:
    with pytest.raises(tk.ValidationError) as caught:
        act("package_create", **{**toilets, field: value})
    assert set(caught.value.error_dict) == {field}
    assert said in json.dumps(caught.value.error_dict, ensure_ascii=False)
