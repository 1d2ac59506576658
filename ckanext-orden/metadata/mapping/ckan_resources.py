"""From the resources of a CKAN package dict to ours; the source's ids stay at the source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..parsing.text import clean, one_line
from ..vocabularies import cadde_value, licence_for
from .draft import Draft, filled, keeps_wording, many

_LICENCE_KEYS = ("license", "license_url", "license_id", "resource_license_id", "license_title")
_TEXTS = (
    "ngsi_entity_type",
    "ngsi_tenant",
    "ngsi_service_path",
    "ngsi_data_model",
    "caddec_resource_id_for_provenance",
    "hash",
)
_CODED = ("caddec_resource_type", "caddec_contract_required", "caddec_required")


def add_resources(draft: Draft, remote: Mapping[str, Any]) -> None:
    """Adds all active resources with an address, in their order, and the licence that only they state."""
    found = remote.get("resources")
    listed = [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []
    active = [item for item in listed if item.get("state", "active") == "active"]
    files: list[dict[str, Any]] = []
    licences: set[str] = set()
    for number, item in enumerate(sorted(active, key=_position), 1):
        file = draft.part(f"resource {number}")
        licences.add(_fill(file, item, draft))
        if file.values.get("url"):
            files.append(file.values)
        else:
            file.report("resource.dropped", "url", item.get("url"))
    draft.values["resources"] = files
    if not draft.values.get("license_id"):
        _share_licence(draft, licences - {""})


def _position(item: Mapping[str, Any]) -> int:
    position = item.get("position")
    return position if isinstance(position, int) else 0


def _fill(file: Draft, item: Mapping[str, Any], draft: Draft) -> str:
    for name in ("download_url", "access_url", "explain_url"):
        file.put_url(name, filled(item.get(name)))
    file.put_url("url", filled(item.get("url")))
    file.put("url", file.values.get("download_url") or file.values.get("access_url"))
    url = file.values.get("url", "")
    file.put("name", one_line(item.get("name")))
    file.put_text("description", item.get("description"))
    file.put_format(item.get("format") or item.get("mime_type") or item.get("mimetype"), url)
    file.put("mimetype", clean(item.get("mimetype")))
    file.put_size(item.get("size"))
    file.put_stamp("issued", item.get("issued") or item.get("created"))
    file.put_stamp("modified", item.get("modified") or item.get("last_modified") or item.get("last_modified_date"))
    file.put(
        "rights",
        " / ".join(filter(None, (filled(item.get(name)) for name in ("rights", "copyright", "terms_and_conditions")))),
    )
    file.add_languages(item.get("language"))
    file.add("conforms_to", many(item.get("conforms_to") or item.get("compliant_standard")))
    file.add("documentation", many(item.get("documentation") or item.get("related_documents")))
    file.put("status", clean(item.get("status")) if "/" in clean(item.get("status")) else "")
    for name in _TEXTS:
        file.put_text(name, item.get(name))
    for name in _CODED:
        file.put(name, cadde_value(name, item.get(name)) or "")
    return _licence(file, item, draft)


def _licence(file: Draft, item: Mapping[str, Any], draft: Draft) -> str:
    """The file's own licence by the first of its keys that says something."""
    wording = next((one_line(item[name]) for name in _LICENCE_KEYS if filled(item.get(name))), "")
    found = file.licence_id(wording)
    licence = licence_for(found)
    file.put("license", licence.url if licence else "")
    if keeps_wording(wording):
        draft.put("orden_license_text", wording)
    return found


def _share_licence(draft: Draft, stated: set[str]) -> None:
    if len(stated) == 1:
        draft.put("license_id", stated.pop())
    elif stated:
        draft.report("licence.mixed", "license_id", ", ".join(sorted(stated)))
    else:
        draft.report("licence.missing", "license_id")
