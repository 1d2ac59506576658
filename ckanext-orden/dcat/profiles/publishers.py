"""Who publishes a dataset: what it says itself, else its organisation."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk

from ...metadata import vocabularies
from ..namespaces import PUBLISHER_TYPES

Dict = dict[str, Any]
KINDS = {"private": "Company", "academic": "Academia-ScientificOrganisation", "public": "LocalAuthority"}
LEFT_OUT = ("datasets", "dataset_count", "users", "groups", "tags", "followers")


def organization_as_agent(organization: Dict, uri: str) -> Dict:
    """The agent that an organisation is."""
    details = _details(organization["id"])
    kind = KINDS.get(details.get("orden_org_kind") or "")
    place = vocabularies.municipality(details.get("orden_municipality") or "")
    if kind == "LocalAuthority" and place and place.is_prefecture:
        kind = "RegionalAuthority"
    return {
        "uri": uri,
        "name": organization.get("title") or organization.get("name") or "",
        "url": details.get("url") or "",
        "email": details.get("email") or "",
        "type": str(PUBLISHER_TYPES[kind]) if kind else "",
        "identifier": details.get("orden_municipality") or "",
    }


def _details(organization_id: str) -> Dict:
    """The organisation as everybody may see it; nothing where it is not here."""
    without = {f"include_{what}": False for what in LEFT_OUT}
    try:
        return tk.get_action("organization_show")({"ignore_auth": True}, {"id": organization_id, **without})
    except tk.ObjectNotFound:
        return {}
