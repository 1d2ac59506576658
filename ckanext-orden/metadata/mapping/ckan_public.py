"""What of a CKAN record may be kept at all, and what its source has published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..parsing.text import clean, key
from .ckan_keys import PERSONAL


def without_people(remote: Mapping[str, Any]) -> dict[str, Any]:
    """The record as it may be kept: without accounts and their owners, in the organisation and the groups too."""
    return {name: _without_people(value) for name, value in remote.items() if key(name) not in PERSONAL}


def _without_people(value: Any) -> Any:
    if isinstance(value, Mapping):
        return without_people(value)
    return [_without_people(item) for item in value if not _names_people(item)] if isinstance(value, list) else value


def _names_people(item: Any) -> bool:
    """Whether an item is an extra with people's data."""
    return isinstance(item, Mapping) and key(item.get("key")) in PERSONAL


def is_active(record: Mapping[str, Any]) -> bool:
    """Whether a record or a file is published; DKAN writes the state with a capital, others write none."""
    return clean(record.get("state") or "active").lower() == "active"


def is_private(record: Mapping[str, Any]) -> bool:
    """Whether only some may see a record, or a file of e-Gov."""
    return clean(record.get("private")).lower() == "true"
