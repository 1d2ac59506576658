"""CADDE 4.0: its keys and values are written in one way and read in all that its documents show."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from ckanext.orden.metadata.mapping import cadde
from ckanext.orden.metadata.mapping.ckan_package import dataset
from metadata.full import full

ROOT = Path(__file__).parents[3]
EU = "http://publications.europa.eu/resource/authority"
ACCESS = f"{EU}/access-right/RESTRICTED"
FILE = {"url": "https://x.example/a", "name": "a"}


def read(
    resource: dict[str, Any] | None = None, package: dict[str, Any] | None = None, **extras: Any
) -> dict[str, Any]:
    pairs = [{"key": key, "value": value} for key, value in extras.items()]
    remote = {"id": "1", "title": "題", "license_title": "その他(個別契約)", "extras": pairs, "resources": []}
    found = dataset({**remote, **(package or {}), "resources": [{**FILE, **resource}] if resource else []}).dataset
    return found["resources"][0] if resource else found


def written(**changes: Any) -> dict[str, Any]:
    """What stands in the package, its extras beside its own keys."""
    package = cadde.write({"id": "x", "title": "題", **changes}, "https://odpo.example.jp/dataset/x").package
    return {**package, **{extra["key"]: extra["value"] for extra in package.get("extras", [])}}


def test_every_item_of_a_dataset_and_its_files_is_written():
    with (ROOT / "docs/tables/cadde_items.csv").open(encoding="utf-8", newline="") as stream:
        items = list(csv.DictReader(stream))
    stamps = {"metadata_created": "2026-04-01T00:00:00", "metadata_modified": "2026-04-02T00:00:00"}
    whole = {**full(), **stamps, "extras": [{"key": "haspolicy_url", "value": "https://x.example/p"}]}
    whole["resources"][0] |= {"created": "2026-04-01", "last_modified": "2026-04-02", "haspolicy_url": "https://x"}
    found = set(written(**whole)) | set(written(**whole)["resources"][0])
    assert {item["key"] for item in items if item["key"] and item["item"] > "11"} <= found


@pytest.mark.parametrize(
    ("spelt", "field", "value"),
    [
        ({"accessrights_url": ACCESS}, "access_rights", ACCESS),
        ({"access_rights_url": ACCESS}, "access_rights", ACCESS),
        ({"access_rights_url": ACCESS.replace("http:", "https:")}, "access_rights", ACCESS),
        ({"access_rights": "制限あり"}, "access_rights", ACCESS),
        ({"access_rights": "RESTRICTED"}, "access_rights", ACCESS),
        ({"publisher_uri": "https://p.example/"}, "publisher", [{"uri": "https://p.example/"}]),
        ({"publisher_url": "https://p.example/"}, "publisher", [{"uri": "https://p.example/"}]),
        ({"fee": "有償"}, "fee", "有償"),
        ({"fee": "paid"}, "fee", "有償"),
        ({"fee": "free"}, "fee", "無償"),
        ({"trading_policy_contract_type": "利用許諾"}, "trading_policy_contract_type", "利用許諾"),
        ({"trading_policy_contract_type": "license"}, "trading_policy_contract_type", "利用許諾"),
        ({"trading_policy_nda": "求めない"}, "trading_policy_nda", "求めない"),
        ({"trading_policy_nda": "notRequired"}, "trading_policy_nda", "求めない"),
        ({"trading_policy_use_application": "noLimit"}, "trading_policy_use_application", "制限なし"),
        ({"scope_of_disclosure": "noLimit"}, "scope_of_disclosure", "制限なし"),
        ({"scope_of_disclosure": "制限なし"}, "scope_of_disclosure", "制限なし"),
        ({"terms_of_use_permissible_region": "JP"}, "terms_of_use_permissible_region", "日本"),
        ({"warranty_legal_compliance": "JP"}, "warranty_legal_compliance", "日本"),
        ({"warranty_legal_compliance": "日本"}, "warranty_legal_compliance", "日本"),
        (
            {"privacy_policy_contains_personal_data": "nonPersonalInformation"},
            "privacy_policy_contains_personal_data",
            "非個人情報",
        ),
        ({"trading_policy_use_application": "その他(学校)"}, "trading_policy_use_application", "その他(学校)"),
        (
            {"trading_policy_use_application": "商用利用、研究利用"},
            "trading_policy_use_application",
            "商用利用,研究利用",
        ),
        ({"trading_policy_use_application": '["商用利用"]'}, "trading_policy_use_application", "商用利用"),
        ({"frequency": f"{EU}/frequency/UPDATE_CONT"}, "frequency", f"{EU}/frequency/UPDATE_CONT"),
        ({"frequency": "常時"}, "frequency", f"{EU}/frequency/UPDATE_CONT"),
        ({"frequency": "頻繁に"}, "frequency", f"{EU}/frequency/CONT"),
        ({"language": "ja,zh"}, "language", [f"{EU}/language/JPN", f"{EU}/language/ZHO"]),
        ({"theme": '["運輸・観光"]'}, "theme", [f"{EU}/data-theme/TRAN"]),
        (
            {"usage_license_period": '{"expirationPeriodType": "endDate", "endDate": "2027-03-31", }'},
            None,
            "2027-03-31",
        ),
        ({"usage_license_period": '{ "expirationPeriodType": "note", "note": "一年", }'}, None, "一年"),
        (
            {
                "usage_license_period": '{ "expirationPeriodType": "period", "period": '
                '{ "referenceDate": "purchasedDay" "value": 12, "unit": "month" } }'
            },
            None,
            '{"expirationPeriodType": "period", "period": '
            '{"referenceDate": "purchasedDay", "value": 12, "unit": "month"}}',
        ),
        ({"data_effective_period": '{ "effectivePeriodOfDataType": "note" "note": "当面" }'}, None, "当面"),
        (
            {
                "data_effective_period": '{ "effectivePeriodOfDataType": "startEndDate", '
                '"date":{ "startDate":"2026-04-01", "endDate": "2027-03-31"} }'
            },
            None,
            "2026-04-01/2027-03-31",
        ),
        ({"data_effective_period": '{"date": '}, None, '{"date":'),
        ({"creator_name": '["甲課", "乙課"]'}, "creator", [{"name": "甲課"}, {"name": "乙課"}]),
        ({"creator_name": "甲課、乙課"}, "creator", [{"name": "甲課、乙課"}]),
        (
            {"spatial_text": '["豊中市", "池田市"]', "spatial_url": '["", "https://p.example/2"]'},
            "spatial_coverage",
            [{"text": "豊中市"}, {"text": "池田市", "uri": "https://p.example/2"}],
        ),
    ],
)
def test_every_spelling_of_a_datasets_item_is_read(spelt: dict[str, Any], field: str | None, value: Any):
    assert read(**spelt)[field or next(iter(spelt))] == value


@pytest.mark.parametrize(
    ("spelt", "field", "value"),
    [
        ({"access_rights_url": ACCESS}, "access_rights", ACCESS),
        ({"accessrights_url": ACCESS}, "access_rights", ACCESS),
        ({"caddec_contract_required": "required"}, "caddec_contract_required", "要求する"),
        ({"caddec_contract_required": "要求しない"}, "caddec_contract_required", "要求しない"),
        ({"caddec_required": "notRequired"}, "caddec_required", "要求しない"),
        ({"url": "https://x.example/a.csv"}, "url", "https://x.example/a.csv"),
        ({"url": "", "download_url": "https://x.example/a.csv"}, "url", "https://x.example/a.csv"),
        ({"mime_type": "http://www.iana.org/assignments/media-types/text/csv"}, "mimetype", "text/csv"),
        ({"mime_type": "https://www.iana.org/assignments/media-types/text/csv"}, "format", "CSV"),
        ({"package_format": "tar"}, "package_format", f"{EU}/file-type/TAR"),
        ({"package_format": f"{EU}/file-type/TAR"}, "package_format", f"{EU}/file-type/TAR"),
        ({"data_service_title": "API"}, "access_services", [{"title": "API"}]),
        ({"license_title": "CC BY 4.0"}, "license", "https://creativecommons.org/licenses/by/4.0/"),
    ],
)
def test_every_spelling_of_a_files_item_is_read(spelt: dict[str, Any], field: str, value: Any):
    assert read(spelt)[field] == value


@pytest.mark.parametrize(
    ("stored", "key", "value"),
    [
        ({"access_rights": ACCESS}, "access_rights", "制限あり"),
        ({"access_rights": ACCESS}, "accessrights_url", ACCESS),
        ({"publisher": [{"uri": "https://p.example/"}]}, "publisher_uri", "https://p.example/"),
        ({"license_id": "CC-BY-4.0"}, "license_title", "CC BY 4.0"),
        ({"license_id": "OTHER", "orden_license_text": "市の規約"}, "license_title", "その他(市の規約)"),
        ({"license_id": "other-closed"}, "license_title", "その他(個別契約)"),
        ({"theme": [f"{EU}/data-theme/ECON"]}, "theme", "企業・家計・経済"),
        ({"language": [f"{EU}/language/ZHO"]}, "language", "zh"),
        ({"conforms_to": ["甲、乙", "丙"]}, "conforms_to", '["甲、乙", "丙"]'),
        ({"usage_license_period": "2027-03-31"}, "usage_license_period", None),
        ({"metadata_created": "2026-04-01T01:02:03.4"}, "issued", "2026-04-01"),
        ({}, "dataset_url", "https://odpo.example.jp/dataset/x"),
    ],
)
def test_one_spelling_is_written(stored: dict[str, Any], key: str, value: str | None):
    found = written(**stored)[key]
    assert found == value if value else json.loads(found)["endDate"] == "2027-03-31"


@pytest.mark.parametrize("stored", ["2026-04-01/2027-03-31", "当面の間", '{"effectivePeriodOfDataType": "x"}'])
def test_periods_come_back(stored: str):
    package = cadde.write({"id": "x", "title": "題", "data_effective_period": stored}).package
    assert json.loads(package["extras"][0]["value"])
    assert dataset(package).dataset["data_effective_period"] == stored


def test_open_data_has_no_connector_items():
    """Of plain open data CADDE asks that provider, detail id and way of delivery be absent."""
    found = written(license_id="CC-BY-4.0", resources=[FILE])
    assert not {key for key in (*found, *found["resources"][0]) if key.startswith("caddec_")}
    assert found["resources"][0]["explain_url"] == "https://odpo.example.jp/dataset/x"


@pytest.mark.parametrize("value", [None, "", [], {}, 0, "x", [None], [{}], ["x"]])
@pytest.mark.parametrize("name", sorted(full()))
def test_odd_value_never_fails(name: str, value: Any):
    assert cadde.write({"id": "x", **full(), name: value}).package["id"] == "x"
