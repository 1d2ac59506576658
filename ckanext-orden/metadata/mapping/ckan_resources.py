"""From the resources of a CKAN package dict to ours; the source's ids stay at the source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..fields import RESOURCE_SUBFIELDS
from ..parsing.text import clean, one_line
from ..vocabularies import licence_for
from ..vocabularies.file_types import IANA
from .ckan_conditions import put_access, put_coded
from .ckan_public import is_active, is_private
from .ckan_records import put_measures, structured
from .draft import Draft, filled, keeps_wording, many

_LICENCE_KEYS = ("license", "license_url", "license_id", "resource_license_id", "license_title")
_TEXTS = (
    "ngsi_entity_type",
    "ngsi_tenant",
    "ngsi_service_path",
    "ngsi_data_model",
    "caddec_resource_id_for_provenance",
    "hash",
    "orden_file_id",
    "orden_terms",
    "uri",
)
_CODED = ("caddec_resource_type", "caddec_contract_required", "caddec_required", "schema_type")
_TERMS = ("availability", "compress_format", "hash_algorithm", "orden_api", "package_format", "status")
_SPELLINGS = {
    "conforms_to": ("conforms_to", "compliant_standard"),
    "documentation": ("documentation", "related_documents"),
    "applicable_legislation": ("applicable_legislation",),
}
_MODIFIED = ("modified", "last_modified", "last_modified_date", "provider_last_modified_date")
_SERVICE = {
    "title": "data_service_title",
    "endpoint_url": "data_service_endpoint_url",
    "endpoint_description": "data_service_endpoint_description",
}


def add_resources(draft: Draft, remote: Mapping[str, Any]) -> None:
    """Adds all active resources with an address, in their order, and the licence that only they state."""
    found = remote.get("resources")
    listed = [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []
    active = [item for item in listed if is_active(item) and not is_private(item)]
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
    file.put("mimetype", _media_type(item))
    file.put_size(item.get("size"))
    file.put_stamp("issued", item.get("issued") or item.get("created"))
    file.put_stamp("modified", next((item[key] for key in _MODIFIED if item.get(key)), ""))
    file.put_text("rights", item.get("rights") or item.get("copyright"))
    file.put_text("orden_terms", item.get("orden_terms") or item.get("terms_and_conditions"))
    file.add_languages(item.get("language"))
    for name, spellings in _SPELLINGS.items():
        file.add(name, many(next((item[key] for key in spellings if item.get(key)), "")))
    for name in _TEXTS:
        file.put_text(name, item.get(name))
    for name in _CODED:
        put_coded(file, name, item.get(name))
    _fill_access(file, item)
    return _licence(file, item, draft)


def _fill_access(file: Draft, item: Mapping[str, Any]) -> None:
    """In which state and form a file is, who may have it, and the services that serve it."""
    for name in _TERMS:
        file.put_term(name, item.get(name))
    put_measures(file, item)
    put_access(file, item.get("access_rights_url") or item.get("accessrights_url") or item.get("access_rights"))
    file.put_url("schema", filled(item.get("schema")))
    file.put("access_services", structured(item.get("access_services"), RESOURCE_SUBFIELDS["access_services"]))
    service: dict[str, Any] = {name: filled(item.get(key)) for name, key in _SERVICE.items() if filled(item.get(key))}
    if "endpoint_url" in service:
        service["endpoint_url"] = many(service["endpoint_url"])
    file.put("access_services", [service] if service else [])


def _media_type(item: Mapping[str, Any]) -> str:
    """The media type, which CADDE writes as an address of IANA's, with http or https."""
    said = clean(item.get("mimetype")) or clean(item.get("mime_type"))
    return said.replace("https://", "http://", 1).removeprefix(IANA)


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
