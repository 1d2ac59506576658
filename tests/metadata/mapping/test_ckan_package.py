import copy
import json
from typing import Any

import pytest
from ckanext.orden.errors import RecordError
from ckanext.orden.metadata import fields
from ckanext.orden.metadata.axes import derive
from ckanext.orden.metadata.hashing import fingerprint
from ckanext.orden.metadata.mapping.ckan_package import dataset
from ckanext.orden.metadata.validation import check

EU = "http://publications.europa.eu/resource/authority/"

BODIK: dict[str, Any] = {
    "id": "7bbab9d7-d17e-4032-a31a-0079f07f2e72",
    "name": "270008_barrier_free_toilet",
    "title": "大阪府\u3000バリアフリートイレ一覧",
    "notes": "府内のバリアフリートイレ。\r\n毎年更新します。",
    "license_id": "cc-by-40-intl",
    "state": "active",
    "private": False,
    "creator_user_id": "808114df-af4f-4b09-bcfd-f655635cdec2",
    "author": None,
    "author_email": None,
    "maintainer": "福祉部",
    "maintainer_email": "fukushi@example.jp",
    "metadata_created": "2024-02-01T02:31:35.200484",
    "metadata_modified": "2026-05-01T02:31:35.200484",
    "organization": {"id": "x", "name": "270008", "title": "大阪府", "state": "active"},
    "groups": [{"name": "gr", "title": "住宅・土地・建設"}],
    "tags": [{"name": "トイレ", "state": "active"}, {"name": "古い", "state": "deleted"}],
    "extras": [{"key": "更新頻度", "value": "年１回"}, {"key": "独自項目", "value": "値"}, {"key": "空", "value": ""}],
    "resources": [
        {
            "id": "c983ef87-d481-4267-a514-e228b37c62de",
            "package_id": "7bbab9d7",
            "position": 0,
            "state": "active",
            "name": "バリアフリートイレ",
            "description": "位置と設備",
            "format": "csv",
            "mimetype": "text/csv",
            "size": 131072,
            "url": "https://example.jp/dataset/a/resource/b/download/toilet 2026.csv",
            "created": "2025-06-18T15:00:00",
            "last_modified": "2025-06-19T15:00:00",
        },
        {"position": 1, "state": "deleted", "url": "https://example.jp/old.csv"},
    ],
}
EXTRAS: dict[str, Any] = {
    "issued": "2026-04-01",
    "access_rights": "制限あり",
    "fee": "paid",
    "sales_info_url": "https://market.example/offer/1",
    "pricing_price_range": "10万円から",
    "trading_policy_contract_type": "license",
    "trading_policy_nda": "notRequired",
    "trading_policy_use_application": '["noLimit", "その他(学校)"]',
    "usage_license_period": '{"expirationPeriodType": "period"}',
    "privacy_policy_contains_personal_data": "anonymouslyProcessedInformation",
    "publisher_name": "人流会社",
    "publisher_url": "https://company.example/",
    "contact_name": "営業部",
    "contact_url": "https://company.example/contact",
    "spatial_text": "大阪府",
    "spatial": '{"type": "Point", "coordinates": [135.5, 34.7]}',
    "temporal_start": "2025-04-01",
    "temporal_end": "2026-03-31",
    "language": "ja,en",
    "theme": "運輸・観光",
    "frequency": EU + "frequency/DAILY",
    "caddec_provider_id": "0001-0001",
}
CADDE: dict[str, Any] = {
    "id": "cadde-1",
    "name": "flow",
    "title": "人流データ",
    "license_title": "その他(個別契約)",
    "extras": [{"key": name, "value": value} for name, value in EXTRAS.items()],
    "resources": [
        {
            "name": "NGSI",
            "url": "https://broker.example/v2/entities?type=Flow",
            "explain_url": "https://company.example/flow",
            "caddec_resource_type": "api/ngsi",
            "caddec_contract_required": "required",
            "ngsi_entity_type": "Flow",
            "ngsi_tenant": "osaka",
            "mime_type": "http://www.iana.org/assignments/media-types/application/json",
        }
    ],
}
EGOV: dict[str, Any] = {
    "id": "egov-1",
    "name": "caa_1",
    "title": "支出状況",
    "publisher": "消費者庁",
    "contactPoint": "総務課",
    "frequency_of_update": "不定期",
    "landingPage": "https://www.example.go.jp/p",
    "spatial": "全国",
    "temporal": "令和5年度",
    "license_id": None,
    "resources": [
        {
            "name": "表",
            "access_url": "https://www.example.go.jp/p/1",
            "download_url": "https://www.example.go.jp/p/1.pdf",
            "license_id": "PDL1.0",
            "compliant_standard": "標準",
            "copyright": "消費者庁",
            "last_modified_date": "2024/2/1",
        }
    ],
}


def test_bodik_record_becomes_a_dataset():
    found = dataset(BODIK, "https://odcs.example/")
    assert found.guid == BODIK["id"]
    assert found.organization == {
        "name": "270008",
        "title": "大阪府",
        "orden_org_kind": "public",
        "orden_municipality": "270008",
    }
    assert found.dataset == {
        "title": "大阪府\u3000バリアフリートイレ一覧",
        "notes": "府内のバリアフリートイレ。\n毎年更新します。",
        "url": "https://odcs.example/dataset/270008_barrier_free_toilet",
        "license_id": "CC-BY-4.0",
        "tags": [{"name": "トイレ"}],
        "theme": [EU + "data-theme/REGI"],
        "frequency": EU + "frequency/ANNUAL",
        "orden_frequency_text": "年１回",
        "issued": "2024-02-01T02:31:35+00:00",
        "modified": "2025-06-19T15:00:00+00:00",
        "publisher": [{"name": "大阪府"}],
        "contact": [{"name": "福祉部", "email": "fukushi@example.jp"}],
        "orden_municipality": "270008",
        "identifier": BODIK["id"],
        "extras": [{"key": "独自項目", "value": "値"}],
        "resources": [
            {
                "url": "https://example.jp/dataset/a/resource/b/download/toilet%202026.csv",
                "name": "バリアフリートイレ",
                "description": "位置と設備",
                "format": "CSV",
                "mimetype": "text/csv",
                "size": 131072,
                "issued": "2025-06-18T15:00:00+00:00",
                "modified": "2025-06-19T15:00:00+00:00",
            }
        ],
    }
    assert [(issue.code, issue.field) for issue in found.issues] == [("extra.kept", "独自項目")]


def test_cadde_record_keeps_its_trading_terms_in_caddes_own_words():
    found = dataset(CADDE)
    expected = {
        "license_id": "other-closed",
        "issued": "2026-04-01",
        "access_rights": EU + "access-right/RESTRICTED",
        "fee": "有償",
        "sales_info_url": "https://market.example/offer/1",
        "pricing_price_range": "10万円から",
        "trading_policy_contract_type": "利用許諾",
        "trading_policy_nda": "求めない",
        "trading_policy_use_application": "制限なし,その他(学校)",
        "usage_license_period": '{"expirationPeriodType": "period"}',
        "privacy_policy_contains_personal_data": "匿名加工情報",
        "publisher": [{"name": "人流会社", "uri": "https://company.example/"}],
        "contact": [{"name": "営業部", "url": "https://company.example/contact"}],
        "spatial_coverage": [{"geom": EXTRAS["spatial"], "text": "大阪府"}],
        "temporal_coverage": [{"start": "2025-04-01", "end": "2026-03-31"}],
        "language": [EU + "language/JPN", EU + "language/ENG"],
        "theme": [EU + "data-theme/TRAN"],
        "frequency": EU + "frequency/DAILY",
        "caddec_provider_id": "0001-0001",
    }
    assert {name: found.dataset.get(name) for name in expected} == expected
    assert "extras" not in found.dataset
    assert found.dataset["resources"][0]["caddec_contract_required"] == "要求する"
    values = {axis: found.values for axis, found in derive(found.dataset).items()}
    assert values == {
        "sector": ("other",),
        "openness": ("conditional",),
        "dynamics": ("dynamic",),
        "personal": ("processed",),
        "price": ("paid",),
    }


def test_egov_record_is_read_at_the_top_level_and_licensed_by_its_files():
    found = dataset(EGOV)
    expected = {
        "url": "https://www.example.go.jp/p",
        "license_id": "PDL-1.0",
        "publisher": [{"name": "消費者庁"}],
        "contact": [{"name": "総務課"}],
        "frequency": EU + "frequency/IRREG",
        "spatial_coverage": [{"text": "全国"}],
        "temporal_coverage": [{"start": "2023-04-01", "end": "2024-03-31"}],
        "modified": "2024-02-01",
    }
    assert {name: found.dataset.get(name) for name in expected} == expected
    (file,) = found.dataset["resources"]
    assert (file["url"], file["format"], file["rights"]) == ("https://www.example.go.jp/p/1.pdf", "PDF", "消費者庁")
    assert file["conforms_to"] == ["標準"]


@pytest.mark.parametrize("remote", [BODIK, CADDE, EGOV])
def test_mapped_dataset_holds_only_fields_of_the_schema_and_is_valid(remote: dict[str, Any]):
    found = dataset(remote)
    assert set(found.dataset) <= fields.DATASET | {"tags", "resources", "extras"}
    assert all(set(file) <= fields.RESOURCE for file in found.dataset["resources"])
    assert not {extra["key"] for extra in found.dataset.get("extras", [])} & fields.DATASET
    assert check(found.dataset, found.organization).valid


def test_people_and_ids_of_the_source_are_left_there():
    remote = copy.deepcopy(BODIK) | {
        "author_email": "taro@example.jp",
        "member": {"name": "太郎", "email": "taro@example.jp"},
    }
    remote["extras"].append({"key": "member_email", "value": "taro@example.jp"})
    text = json.dumps(dataset(remote).dataset, ensure_ascii=False)
    for secret in ("taro", "太郎", BODIK["creator_user_id"], BODIK["resources"][0]["id"], "package_id"):
        assert secret not in text


def test_same_record_in_another_order_is_unchanged():
    other: dict[str, Any] = {name: BODIK[name] for name in reversed(BODIK)}
    other["extras"] = BODIK["extras"][::-1]
    other["resources"] = BODIK["resources"][::-1]
    assert fingerprint(dataset(other).dataset) == fingerprint(dataset(BODIK).dataset)


def test_save_at_the_source_without_a_change_is_unchanged():
    touched = {**BODIK, "metadata_modified": "2026-06-01T00:00:00", "num_tags": 7}
    assert fingerprint(dataset(touched).dataset) == fingerprint(dataset(BODIK).dataset)


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"extras": {"更新頻度": "毎月"}}, "frequency", EU + "frequency/MONTHLY"),
        ({"extras": [{"key": "extras_fee", "value": "無償"}]}, "fee", "無償"),
        (
            {
                "extras": [
                    {
                        "key": "accessrights_url",
                        "value": "https://publications.europa.eu/resource/authority/access-right/PUBLIC",
                    }
                ]
            },
            "access_rights",
            EU + "access-right/PUBLIC",
        ),
        (
            {"extras": [{"key": "access_rights_url", "value": EU + "access-right/PUBLIC"}]},
            "access_rights",
            EU + "access-right/PUBLIC",
        ),
        ({"extras": [{"key": "theme", "value": '["人口・世帯"]'}], "groups": []}, "theme", [EU + "data-theme/SOCI"]),
        ({"license_id": "", "license_title": "政府標準利用規約（第2.0版）"}, "license_id", "GJSTU-2.0"),
        ({"license_id": "x", "license_url": "https://creativecommons.org/licenses/by/4.0/"}, "license_id", "CC-BY-4.0"),
        ({"license_id": "知らない規約"}, "license_id", "OTHER"),
        ({"license_id": "notspecified"}, "license_id", None),
        ({"title": ""}, "title", "270008_barrier_free_toilet"),
        ({"tags": ["文字", "x"]}, "tags", [{"name": "文字"}]),
        ({"groups": ["0f6fa0bc-0b25-4796-8197-8f0735f1cd14"]}, "tags", [{"name": "トイレ"}]),
        ({"groups": [{"title": "しごと・産業"}]}, "orden_category_text", "しごと・産業"),
        ({"maintainer_email": "fukushi [at] example.jp"}, "contact", [{"name": "福祉部"}]),
        ({"url": "javascript:alert(1)"}, "url", None),
    ],
)
def test_habits_of_portals_are_read(change: dict[str, Any], field: str, value: Any):
    assert dataset({**BODIK, **change}).dataset.get(field) == value


@pytest.mark.parametrize(
    ("organization", "code", "kind"),
    [
        ({"name": "t131032", "title": "港区"}, "131032", "public"),
        ({"name": "toyonaka", "title": "豊中市"}, "272035", "public"),
        ({"name": "company", "title": "会社", "orden_org_kind": "private"}, "", "private"),
        ({"name": "org_0900", "title": "消費者庁"}, "", ""),
    ],
)
def test_organisation_is_known_by_its_code_or_its_name(organization: dict[str, str], code: str, kind: str):
    found = dataset({**BODIK, "organization": organization}).organization
    assert found is not None
    assert (found["orden_municipality"], found["orden_org_kind"]) == (code, kind)


@pytest.mark.parametrize("remote", [{}, {"title": "a"}, {"id": "a"}, {"id": None, "name": ""}])
def test_record_without_identifier_or_title_is_refused(remote: dict[str, Any]):
    with pytest.raises(RecordError) as error:
        dataset(remote)
    assert error.value.report.count("error") == 1


@pytest.mark.parametrize("name", sorted(BODIK))
@pytest.mark.parametrize("value", [None, "", 0, [], {}, [None], [[1]], {"a": 1}, "\x00"])
def test_odd_value_never_fails(name: str, value: Any):
    if name not in ("id", "name", "title"):
        assert dataset({**BODIK, name: value}).guid == BODIK["id"]
