"""How CKAN portals of Japan name a field, and where each goes in our schema."""

from __future__ import annotations

from functools import cache

from ..fields import OWN
from ..parsing.text import key

_SPELLINGS: dict[str, tuple[str, ...]] = {
    "frequency": ("frequency_of_update", "update_frequency", "更新頻度", "accrual_periodicity", "update_plan"),
    "issued": ("release_date", "公開日", "登録日"),
    "modified": ("dcat_modified", "最終更新日"),
    "landing": ("landingPage", "landing_page", "dataset_url"),
    "notes": ("description",),
    "publisher": ("公開者", "作成元"),
    "publisher_name": (),
    "publisher_uri": ("publisher_url",),
    "creator": ("作成者",),
    "creator_name": (),
    "creator_url": ("creator_uri",),
    "contact": ("contactPoint", "contact_point", "問い合わせ先", "問合せ先", "連絡先"),
    "contact_name": (),
    "contact_email": (),
    "contact_url": ("contact_uri",),
    "spatial": ("spatial_coverage_geom", "対象地域"),
    "spatial_text": (),
    "spatial_url": ("spatial_uri",),
    "temporal": ("対象期間",),
    "temporal_start": (),
    "temporal_end": (),
    "theme": ("分類", "カテゴリ", "category"),
    "language": ("言語",),
    "access_rights": ("公開範囲",),
    "accessrights_url": ("access_rights_url",),
    "license_title": (),
    "license_url": (),
    "conforms_to": ("compliant_standard", "準拠する標準"),
    "documentation": ("related_documents", "関連ドキュメント"),
    "provenance": ("来歴情報",),
    "identifier": (),
    "alternate_identifier": (),
    "applicable_legislation": (),
    "is_referenced_by": (),
    "has_version": (),
    "in_series": (),
    "hvd_category": (),
    "qualified_relation": (),
    "provenance_activity": (),
    "prov_was_generated_by_url": (),
    "qualified_attribution": (),
    "spatial_coverage": (),
    "temporal_coverage": (),
    "temporal_resolution": (),
    "spatial_resolution_in_meters": (),
    "dcat_type": (),
    "homepage": (),
    "version_notes": (),
    "rights": (),
    "vocabulary": (),
    "term": (),
    "uri": (),
    "orden_municipality": ("全国地方公共団体コード", "municipality_code"),
    **dict.fromkeys(sorted(OWN - {"orden_municipality"}), ()),
    "caddec_provider_id": (),
    "caddec_dataset_id_for_detail": (),
    "fee": ("有償無償",),
    "sales_info_url": (),
    "pricing_price_range": (),
    "pricing_notices_of_price": (),
    "trading_policy_contract_type": (),
    "trading_policy_nda": (),
    "trading_policy_use_application": (),
    "scope_of_disclosure": (),
    "terms_of_use_permissible_region": (),
    "terms_of_use_notices": (),
    "data_effective_period": (),
    "usage_license_period": (),
    "privacy_policy_contains_personal_data": (),
    "warranty_express_warranty": (),
    "warranty_legal_compliance": (),
}
PERSONAL = frozenset(
    {
        "creatoruserid",
        "authoremail",
        "memberemail",
        "member",
        "members",
        "user",
        "users",
        "userid",
        "username",
        "useremail",
    }
)
"""Keys with staff's and users' data, never taken over."""
INTERNAL = frozenset(
    {
        "resourcenames",
        "harvestobjectid",
        "harvestsourceid",
        "harvestsourcetitle",
        "guid",
        "spatialharvester",
        "ckansite",
        "numresources",
        "numtags",
    }
)
"""Keys of the source's own machinery, which say nothing about the data."""


def canonical(name: str) -> str:
    """Our name for a key in any spelling; empty for a key that is not ours."""
    plain = name.removeprefix("extras_")
    return _index().get(key(plain)) or _index().get(key(plain.removeprefix("dcat_")), "")


@cache
def _index() -> dict[str, str]:
    return {key(word): name for name, words in _SPELLINGS.items() for word in (name, *words)}
