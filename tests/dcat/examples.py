"""Datasets in the shape of package_show: the four kinds that the catalogue holds."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

EU = "http://publications.europa.eu/resource/authority"

RICH: dict[str, Any] = {
    "id": "11111111-1111-4111-8111-111111111111",
    "name": "272035-hinanjo",
    "type": "dataset",
    "title": "指定緊急避難場所一覧",
    "notes": '市内の避難場所の位置と設備です。\n「<強調>」や "引用符" も含みます。',
    "identifier": "272035-hinanjo",
    "alternate_identifier": ["A-001", "避-2"],
    "license_id": "CC-BY-4.0",
    "url": "https://www.city.example.jp/避難所/一覧.html?年=2026",
    "version": "1.2.0",
    "issued": "2024-04-01",
    "modified": "2026-04-01T09:00:00+09:00",
    "frequency": f"{EU}/frequency/ANNUAL",
    "orden_frequency_text": "年1回（4月）",
    "language": [f"{EU}/language/ENG", f"{EU}/language/JPN"],
    "theme": [f"{EU}/data-theme/GOVE", f"{EU}/data-theme/SOCI"],
    "access_rights": f"{EU}/access-right/PUBLIC",
    "tags": [{"name": "防災"}, {"name": "ＡＥＤ"}],
    "contact": [{"name": "防災課", "email": "bosai@city.example.jp", "url": "https://www.city.example.jp/bosai"}],
    "publisher": [
        {
            "name": "豊中市",
            "uri": "https://www.city.example.jp/#市",
            "url": "https://www.city.example.jp/",
            "type": "http://purl.org/adms/publishertype/LocalAuthority",
            "identifier": "272035",
        }
    ],
    "creator": [{"name": "豊中市防災課"}],
    "spatial_coverage": [{"text": "豊中市全域", "uri": "https://sws.geonames.org/1849837/"}],
    "temporal_coverage": [{"start": "2025-04", "end": "2026-03-31"}],
    "conforms_to": ["https://www.digital.go.jp/standard", "自治体標準オープンデータセット"],
    "documentation": ["https://www.city.example.jp/docs"],
    "provenance": "2026年の現地調査による。",
    "applicable_legislation": ["http://data.europa.eu/eli/reg_impl/2023/138/oj"],
    "orden_municipality": "272035",
    "orden_kind": "evacuation_shelter",
    "orden_sample": "true",
    "privacy_policy_contains_personal_data": "非個人情報",
    "fee": "無償",
    "metadata_created": "2026-01-01T00:00:00.123456",
    "metadata_modified": "2026-04-02T01:02:03.456789",
    "organization": None,
    "resources": [
        {
            "id": "22222222-2222-4222-8222-222222222222",
            "package_id": "11111111-1111-4111-8111-111111111111",
            "name": "避難場所（CSV）",
            "description": "UTF-8、見出し1行",
            "url": "https://data.example.jp/files/避難所2026.csv",
            "format": "CSV",
            "mimetype": "text/csv",
            "size": 2048,
            "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "hash_algorithm": "http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
            "caddec_resource_type": "file/http",
            "issued": "2024-04-01",
            "modified": "2026-04-01",
            "status": "http://publications.europa.eu/resource/authority/distribution-status/COMPLETED",
            "language": [f"{EU}/language/JPN"],
            "conforms_to": ["https://www.digital.go.jp/standard"],
            "documentation": ["https://data.example.jp/files/readme.html"],
            "rights": "出典を書いてください。",
        },
        {
            "id": "33333333-3333-4333-8333-333333333333",
            "package_id": "11111111-1111-4111-8111-111111111111",
            "name": "PDF 版",
            "url": "https://data.example.jp/files/map.pdf",
            "format": "PDF",
            "license": "https://creativecommons.org/licenses/by-nc/4.0/",
        },
    ],
}

MINIMAL: dict[str, Any] = {
    "id": "44444444-4444-4444-8444-444444444444",
    "name": "minimal",
    "type": "dataset",
    "title": "題だけ",
    "resources": [],
    "tags": [],
}

PAID: dict[str, Any] = {
    "id": "55555555-5555-4555-8555-555555555555",
    "name": "people-flow",
    "type": "dataset",
    "title": "人流データ（1時間ごと）",
    "notes": "携帯電話の位置から推計した人流です。",
    "license_id": "other-closed",
    "fee": "有償",
    "sales_info_url": "https://market.example.jp/offers/42",
    "pricing_price_range": "月額 50,000円（税込）",
    "trading_policy_contract_type": "利用許諾",
    "trading_policy_nda": "求める",
    "trading_policy_use_application": "商用利用",
    "privacy_policy_contains_personal_data": "匿名加工情報",
    "publisher": [{"name": "株式会社例"}],
    "tags": [{"name": "人流"}],
    "resources": [],
}

NGSI: dict[str, Any] = {
    "id": "66666666-6666-4666-8666-666666666666",
    "name": "river-level",
    "type": "dataset",
    "title": "河川水位",
    "notes": "10分ごとの水位です。",
    "license_id": "PDL-1.0",
    "frequency": f"{EU}/frequency/UPDATE_CONT",
    "publisher": [{"name": "大阪府"}],
    "tags": [],
    "resources": [
        {
            "id": "77777777-7777-4777-8777-777777777777",
            "package_id": "66666666-6666-4666-8666-666666666666",
            "name": "水位 API",
            "url": "https://broker.example.jp/v2/entities?type=WaterLevel",
            "format": "JSON",
            "caddec_resource_type": "api/ngsi",
            "ngsi_entity_type": "WaterLevel",
            "ngsi_tenant": "osaka",
            "ngsi_service_path": "/river",
            "ngsi_data_model": "https://smartdatamodels.org/WaterObserved",
            "explain_url": "https://broker.example.jp/docs",
        }
    ],
}

HOSTILE: dict[str, Any] = {
    "id": "88888888-8888-4888-8888-888888888888",
    "name": "hostile",
    "type": "dataset",
    "title": '題" . <x> <y> <z> .',
    "notes": "",
    "identifier": "https://example.jp/id with space",
    "alternate_identifier": ["https://example.jp/a b", "A\x0b1"],
    "version": "1\x00.2\ufffe",
    "url": "javascript:alert(1)",
    "issued": "令和6年4月1日",
    "modified": "2026-13-45",
    "frequency": "毎年くらい？？",
    "language": ["日本語", "https://example.jp/言語>"],
    "theme": ["https://example.jp/not a theme", "防災"],
    "access_rights": "だれでも",
    "license_id": "",
    "orden_license_text": "市の規約による",
    "contact": [
        {"name": "課", "email": "not an address", "url": "ftp://x y", "uri": "http://[broken"},
        {"name": "", "email": ""},
    ],
    "publisher": [{"name": "", "uri": "https://example.jp/p>ub", "type": "会社"}, {"name": "二つ目"}],
    "creator": [{"name": "課\x0c", "url": "https://example.jp/{x}"}],
    "temporal_coverage": [{"start": "昔", "end": ""}],
    "spatial_coverage": [{"text": "", "uri": "おおさか", "geom": "{broken"}],
    "conforms_to": ["標準<1>", "規格\x1f二", "https://example.jp/%zz"],
    "documentation": ["紙の資料"],
    "applicable_legislation": ["条例第1号"],
    "has_version": ["https://example.jp/dataset/old"],
    "source": ["https://example.jp/dataset/origin"],
    "sample": ["https://example.jp/sample.csv"],
    "qualified_relation": [{"relation": "https://example.jp/d/1", "role": "https://example.jp/role"}],
    "spatial_resolution_in_meters": "ten",
    "extras": [{"key": "provenance", "value": "調査\x08"}],
    "temporal_resolution": "every hour",
    "tags": [{"name": "tag"}],
    "metadata_modified": "2026-04-02T01:02:03.456789",
    "resources": [
        {
            "id": "99999999-9999-4999-8999-999999999999",
            "package_id": "88888888-8888-4888-8888-888888888888",
            "url": "file:///etc/passwd",
            "format": "謎の形式",
            "mimetype": "text/csv; charset=utf-8",
            "size": "-1",
            "hash": "zz",
            "issued": "yesterday",
            "license": "ぜんぶ自由",
            "status": "完成",
            "availability": "いつか",
            "access_services": [{"uri": "", "endpoint_url": ["https://api.example.jp/ x"], "contact": "課"}],
        },
        {
            "id": "99999999-9999-4999-8999-999999999990",
            "package_id": "88888888-8888-4888-8888-888888888888",
            "url": 'https://data.example.jp/a"b>c d.csv',
            "download_url": "https://user:pw@[::1/x",
            "format": "CSV",
            "size": "1e5",
        },
    ],
}

KINDS = {"rich": RICH, "minimal": MINIMAL, "paid": PAID, "ngsi": NGSI, "hostile": HOSTILE}


def example(name: str) -> dict[str, Any]:
    """A copy that a test may change."""
    return deepcopy(KINDS[name])
