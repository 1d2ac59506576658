"""What no dataset may say at once, axis by axis: the same cases for the core, the API, lists and the harvest."""

from __future__ import annotations

from typing import Any

EU = "http://publications.europa.eu/resource/authority"
NGSI = {
    "url": "https://broker.example/v2/entities?type=T",
    "name": "API",
    "format": "NGSI",
    "caddec_resource_type": "api/ngsi",
    "ngsi_entity_type": "T",
}
PERSONAL = "個人情報（要配慮個人情報を含まない）"
SPECIAL = "個人情報（要配慮個人情報を含む）"

CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "price: paid only": ("open_but_paid", {"fee": "有償"}, "fee"),
    "openness: closed": ("open_but_closed", {"access_rights": f"{EU}/access-right/NON_PUBLIC"}, "access_rights"),
    "openness: secret": ("open_but_closed", {"access_rights": f"{EU}/access-right/CONFIDENTIAL"}, "access_rights"),
    "openness: restricted": ("open_but_closed", {"access_rights": f"{EU}/access-right/RESTRICTED"}, "access_rights"),
    "personal: public": (
        "personal_but_public",
        {"privacy_policy_contains_personal_data": PERSONAL, "access_rights": f"{EU}/access-right/PUBLIC"},
        "privacy_policy_contains_personal_data",
    ),
    "personal: open licence": (
        "personal_but_public",
        {"privacy_policy_contains_personal_data": SPECIAL},
        "privacy_policy_contains_personal_data",
    ),
    "dynamics: never": (
        "dynamic_but_never",
        {"frequency": f"{EU}/frequency/NEVER", "resources": [NGSI]},
        "frequency",
    ),
    "dynamics: not planned": (
        "dynamic_but_never",
        {"frequency": f"{EU}/frequency/NOT_PLANNED", "resources": [NGSI]},
        "frequency",
    ),
}
"""By axis: the code of the contradiction, what makes a good open dataset contradict itself, the field to mend."""
