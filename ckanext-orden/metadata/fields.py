"""The names of all fields in one place; `schemas/dataset.yaml` holds the same ones."""

from __future__ import annotations

CORE = frozenset({"title", "name", "notes", "tag_string", "license_id", "owner_org", "url", "version"})
"""CKAN's own fields of a dataset that the form shows."""

DCAT = frozenset(
    {
        "access_rights",
        "alternate_identifier",
        "applicable_legislation",
        "conforms_to",
        "contact",
        "creator",
        "documentation",
        "frequency",
        "identifier",
        "issued",
        "language",
        "modified",
        "provenance",
        "publisher",
        "spatial_coverage",
        "temporal_coverage",
        "theme",
    }
)
"""Fields of DCAT-AP, named as in ckanext-dcat's `dcat_ap_full.yaml`."""

CADDE = frozenset(
    {
        "caddec_dataset_id_for_detail",
        "caddec_provider_id",
        "fee",
        "pricing_notices_of_price",
        "pricing_price_range",
        "privacy_policy_contains_personal_data",
        "sales_info_url",
        "terms_of_use_notices",
        "trading_policy_contract_type",
        "trading_policy_nda",
        "trading_policy_use_application",
        "usage_license_period",
    }
)
"""CADDE 4.0's own keys, for what only CADDE has."""

OWN = frozenset(
    {
        "orden_category_text",
        "orden_contact_extension",
        "orden_contact_phone",
        "orden_contact_remarks",
        "orden_frequency_text",
        "orden_kind",
        "orden_license_text",
        "orden_municipality",
        "orden_remarks",
        "orden_sample",
        "orden_subtitle",
        "orden_universal_menu",
    }
)
"""Our own fields: ASCII codes, the source's wording where no code fits, and what only オープンデータ一覧 has."""

DATASET = CORE | DCAT | CADDE | OWN

LISTS = frozenset(
    {"alternate_identifier", "applicable_legislation", "conforms_to", "documentation", "language", "theme"}
)
"""Fields that hold a list of texts, on datasets and on resources."""

SUBFIELDS: dict[str, frozenset[str]] = {
    "contact": frozenset({"name", "email", "url", "uri", "identifier"}),
    "publisher": frozenset({"name", "uri", "email", "url", "type", "identifier"}),
    "creator": frozenset({"name", "uri", "email", "url", "type", "identifier"}),
    "spatial_coverage": frozenset({"uri", "text", "geom", "bbox", "centroid"}),
    "temporal_coverage": frozenset({"start", "end"}),
}
"""Fields that hold a list of records, and the records' keys."""

RESOURCE_CORE = frozenset({"url", "name", "description", "format", "mimetype", "size", "hash"})
RESOURCE_DCAT = frozenset(
    {
        "access_url",
        "conforms_to",
        "documentation",
        "download_url",
        "issued",
        "language",
        "license",
        "modified",
        "rights",
        "status",
    }
)
RESOURCE_CADDE = frozenset(
    {
        "caddec_contract_required",
        "caddec_required",
        "caddec_resource_id_for_provenance",
        "caddec_resource_type",
        "explain_url",
        "ngsi_data_model",
        "ngsi_entity_type",
        "ngsi_service_path",
        "ngsi_tenant",
    }
)
RESOURCE_OWN = frozenset({"orden_api", "orden_file_id", "orden_terms"})
RESOURCE = RESOURCE_CORE | RESOURCE_DCAT | RESOURCE_CADDE | RESOURCE_OWN

ADDRESSES = frozenset({"url", "sales_info_url"})
RESOURCE_ADDRESSES = frozenset({"url", "access_url", "download_url", "explain_url"})
"""Fields with an address, stored portable (`addresses.portable`)."""

ORGANIZATION_KINDS = ("public", "private", "academic", "other")

AXES = ("sector", "openness", "dynamics", "personal", "price")
INDEX_FIELDS = {axis: f"vocab_orden_{axis}" for axis in AXES}
"""Solr's multi-valued facet field of each axis."""

CLOSED_ACCESS = frozenset({"NON_PUBLIC", "CONFIDENTIAL", "SENSITIVE"})
"""Access rights under which the public may not have the data at all."""
