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
        "dcat_type",
        "documentation",
        "frequency",
        "has_version",
        "homepage",
        "hvd_category",
        "identifier",
        "in_series",
        "is_referenced_by",
        "issued",
        "language",
        "modified",
        "provenance",
        "provenance_activity",
        "publisher",
        "qualified_attribution",
        "qualified_relation",
        "spatial_coverage",
        "spatial_resolution_in_meters",
        "temporal_coverage",
        "temporal_resolution",
        "theme",
        "uri",
        "version_notes",
    }
)
"""Fields of DCAT-AP, named as in ckanext-dcat's `dcat_ap_full.yaml`."""

CADDE = frozenset(
    {
        "caddec_dataset_id_for_detail",
        "caddec_provider_id",
        "data_effective_period",
        "fee",
        "pricing_notices_of_price",
        "pricing_price_range",
        "privacy_policy_contains_personal_data",
        "rights",
        "sales_info_url",
        "scope_of_disclosure",
        "term",
        "terms_of_use_notices",
        "terms_of_use_permissible_region",
        "trading_policy_contract_type",
        "trading_policy_nda",
        "trading_policy_use_application",
        "usage_license_period",
        "vocabulary",
        "warranty_express_warranty",
        "warranty_legal_compliance",
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
    {
        "alternate_identifier",
        "applicable_legislation",
        "conforms_to",
        "documentation",
        "has_version",
        "hvd_category",
        "in_series",
        "is_referenced_by",
        "language",
        "term",
        "theme",
    }
)
"""Fields that hold a list of texts, on datasets and on resources."""

SUBFIELDS: dict[str, frozenset[str]] = {
    "contact": frozenset({"name", "email", "url", "uri", "identifier"}),
    "publisher": frozenset({"name", "uri", "email", "url", "type", "identifier"}),
    "creator": frozenset({"name", "uri", "email", "url", "type", "identifier"}),
    "spatial_coverage": frozenset({"uri", "text", "geom", "bbox", "centroid"}),
    "temporal_coverage": frozenset({"start", "end"}),
    "qualified_relation": frozenset({"uri", "relation", "role"}),
    "provenance_activity": frozenset({"uri", "label", "seeAlso", "dct_type", "startedAtTime", "wasAssociatedWith"}),
    "qualified_attribution": frozenset({"agent", "role"}),
}
"""Fields that hold a list of records, and the records' keys."""

RESOURCE_CORE = frozenset({"url", "name", "description", "format", "mimetype", "size", "hash"})
RESOURCE_DCAT = frozenset(
    {
        "access_services",
        "access_url",
        "applicable_legislation",
        "availability",
        "compress_format",
        "conforms_to",
        "documentation",
        "download_url",
        "hash_algorithm",
        "issued",
        "language",
        "license",
        "modified",
        "package_format",
        "rights",
        "spatial_resolution_in_meters",
        "status",
        "temporal_resolution",
        "uri",
    }
)
RESOURCE_CADDE = frozenset(
    {
        "access_rights",
        "caddec_contract_required",
        "caddec_required",
        "caddec_resource_id_for_provenance",
        "caddec_resource_type",
        "explain_url",
        "ngsi_data_model",
        "ngsi_entity_type",
        "ngsi_service_path",
        "ngsi_tenant",
        "schema",
        "schema_type",
    }
)
RESOURCE_SUBFIELDS: dict[str, frozenset[str]] = {
    "access_services": frozenset(
        {
            "access_rights",
            "applicable_legislation",
            "conforms_to",
            "contact",
            "creator",
            "description",
            "endpoint_description",
            "endpoint_url",
            "format",
            "identifier",
            "keyword",
            "landing_page",
            "language",
            "license",
            "modified",
            "publisher",
            "rights",
            "serves_dataset",
            "theme",
            "title",
            "uri",
        }
    )
}
STRUCTURES = frozenset({"access_services", "provenance_activity", "qualified_attribution"})
"""Fields with records inside records: the form shows them as JSON."""
RESOURCE_OWN = frozenset({"orden_api", "orden_file_id", "orden_terms"})
RESOURCE = RESOURCE_CORE | RESOURCE_DCAT | RESOURCE_CADDE | RESOURCE_OWN

ADDRESSES = frozenset({"homepage", "sales_info_url", "url", "vocabulary"})
RESOURCE_ADDRESSES = frozenset({"url", "access_url", "download_url", "explain_url", "schema"})
"""Fields with an address, stored portable (`addresses.portable`)."""

ORGANIZATION_KINDS = ("public", "private", "academic", "other")

AXES = ("sector", "openness", "dynamics", "personal", "price")
INDEX_FIELDS = {axis: f"vocab_orden_{axis}" for axis in AXES}
"""Solr's multi-valued facet field of each axis."""
OFFER_INDEX_FIELDS = {name: f"vocab_orden_{name}" for name in ("price_mode", "price_range", "delivery", "market")}
"""The same of what one narrows a dataset's offers down by."""

CLOSED_ACCESS = frozenset({"NON_PUBLIC", "CONFIDENTIAL", "SENSITIVE"})
"""Access rights under which the public may not have the data at all."""
