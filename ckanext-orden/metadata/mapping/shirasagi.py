"""From a dataset of SHIRASAGI's open data, or of Kagawa's variant of it, to a dataset of our schema.

Shape: `app/models/opendata/api/converter.rb` of shirasagi/shirasagi. It is written again as a CKAN record, whose
mapping reads the values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..parsing.text import clean, one_line
from . import Mapped, ckan_package

_NAMED = ("name", "filename")
_PARTS: dict[str, tuple[str, ...]] = {
    "site": ("name", "url"),
    "categories": _NAMED,
    "estat_categories": _NAMED,
    "areas": _NAMED,
    "groups": ("name", "trailing_name"),
    "license": ("id", "name", "uid"),
}
"""Records inside a record, and what is kept of them."""
_FILE = frozenset(
    {
        *("id", "uuid", "revision_id", "state", "name", "filename", "text", "description", "license", "license_id"),
        *("created", "updated", "last_modified", "original_updated", "download_url", "url", "format"),
        *("originai_url", "original_url"),
    }
)
_DATASET = frozenset(
    {
        *("id", "uuid", "name", "title", "filename", "url", "text", "notes", "update_plan", "state", "tags", "type"),
        *("released", "created", "updated", "metadata_created", "metadata_modified", "num_resources"),
        *("license_id", "license_title", "license_url", "resources", "site", "categories", "estat_categories"),
        *("areas", "groups"),
    }
)
"""What is kept of a record: users, members and authors are not, with all that a later version may say of them."""


def is_one(record: Mapping[str, Any]) -> bool:
    """Whether a record has SHIRASAGI's shape: a file name, and a uuid, or (Kagawa) a title beside the name."""
    return "filename" in record and "name" in record and ("uuid" in record or "title" in record)


def without_people(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record as it may be kept."""
    kept = {name: _part(name, value) for name, value in record.items() if name in _DATASET}
    files = record.get("resources")
    kept["resources"] = [
        {name: _part(name, value) for name, value in file.items() if name in _FILE}
        for file in (files if isinstance(files, list) else [])
        if isinstance(file, Mapping)
    ]
    return kept


def _part(name: str, value: Any) -> Any:
    if name not in _PARTS:
        return value
    if isinstance(value, list):
        return [_part(name, item) for item in value]
    return {part: value[part] for part in _PARTS[name] if part in value} if isinstance(value, Mapping) else value


def guid_of(record: Mapping[str, Any], site_url: str) -> str:
    """The uuid; a running number (Kagawa's) is one site's own, so its address there stands for it."""
    if clean(record.get("uuid")):
        return clean(record["uuid"])
    path = clean(record.get("filename"))
    return f"{site_url.rstrip('/')}/{path}" if path else ""


def is_public(record: Mapping[str, Any]) -> bool:
    """Whether a dataset or a file is published."""
    return clean(record.get("state")) in ("", "public", "active")


def dataset(record: Mapping[str, Any], site_url: str) -> Mapped:
    """The dataset that a record without people describes; RecordError where it has neither identifier nor name."""
    return ckan_package.dataset(_as_ckan(record, site_url))


def _as_ckan(record: Mapping[str, Any], site_url: str) -> dict[str, Any]:
    guid = guid_of(record, site_url)
    return {
        "id": guid,
        "name": guid,
        "title": record.get("title") or record.get("name"),
        "notes": record.get("text") or record.get("notes"),
        "url": record.get("url"),
        "tags": record.get("tags"),
        "groups": [{"title": name} for name in (*_names(record, "categories"), *_names(record, "estat_categories"))],
        "license_id": record.get("license_id") if isinstance(record.get("license_id"), str) else "",
        "license_title": record.get("license_title"),
        "license_url": record.get("license_url"),
        "frequency": record.get("update_plan"),
        "metadata_created": record.get("released") or record.get("created") or record.get("metadata_created"),
        "metadata_modified": record.get("updated") or record.get("metadata_modified"),
        "publisher": [{"name": name} for name in _names(record, "site")],
        "contact": [{"name": name} for name in _names(record, "groups")[:1]],
        "spatial_coverage": [{"text": name} for name in _names(record, "areas")],
        "resources": _files(record),
    }


def _names(record: Mapping[str, Any], key: str) -> list[str]:
    found = record.get(key)
    parts = [part for part in (found if isinstance(found, list) else [found]) if isinstance(part, Mapping)]
    return [name for part in parts if (name := one_line(part.get("trailing_name") or part.get("name")))]


def _files(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    files = [file for file in record.get("resources") or () if isinstance(file, Mapping) and is_public(file)]
    licences = [file["license"] for file in files if isinstance(file.get("license"), Mapping)]
    numbered = {licence.get("id"): licence for licence in licences}
    return [_file(file, numbered) for file in files]


def _file(file: Mapping[str, Any], numbered: Mapping[Any, Mapping[str, Any]]) -> dict[str, Any]:
    """A file; a linked one has its address under `originai_url`, as SHIRASAGI spells it, and its licence by number."""
    licence = file.get("license") or numbered.get(file.get("license_id"))
    urls = ("download_url", "url", "originai_url", "original_url")
    return {
        "name": file.get("name") or file.get("filename"),
        "description": file.get("text") or file.get("description"),
        "url": next((file[name] for name in urls if file.get(name)), ""),
        "download_url": file.get("download_url"),
        "format": file.get("format"),
        "license_id": _licence(licence if isinstance(licence, Mapping) else {}, file.get("license_id")),
        "created": file.get("created"),
        "last_modified": file.get("original_updated") or file.get("updated") or file.get("last_modified"),
    }


def _licence(licence: Mapping[str, Any], written: Any) -> str:
    return clean(licence.get("uid")) or clean(licence.get("name")) or (written if isinstance(written, str) else "")
