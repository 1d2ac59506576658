"""One fingerprint for one content: what decides that a harvested record is unchanged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from . import fields

UNORDERED = fields.LISTS | {"tags", "extras", "groups"}
"""Lists whose order says nothing."""


def fingerprint(dataset: Mapping[str, Any]) -> str:
    """SHA-256 over the dataset's canonical JSON.

    Keys, tags, extras, groups and lists of terms count in any order, resources in theirs; an empty field equals a
    missing one.
    """
    canonical = json.dumps(_mapping(dataset), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _mapping(values: Mapping[str, Any]) -> dict[str, Any]:
    pairs = ((str(name), _value(str(name), value)) for name, value in values.items())
    return {name: value for name, value in pairs if value not in (None, "", [], {})}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, (list, tuple)):
        items = [item for item in (_value("", item) for item in value) if item not in (None, "", [], {})]
        return sorted(items, key=_sort_key) if name in UNORDERED else items
    return value


def _sort_key(item: Any) -> str:
    return json.dumps(item, ensure_ascii=False, sort_keys=True)
