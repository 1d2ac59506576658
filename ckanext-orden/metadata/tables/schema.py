"""A standard table as a frictionless Table Schema descriptor, for tools that know no Japanese standards."""

from __future__ import annotations

from typing import Any

from .standards import Column, Standard

_TYPES: dict[str, dict[str, Any]] = {
    "code": {"type": "string", "constraints": {"pattern": "[0-9]{6}"}},
    "corporate": {"type": "string", "constraints": {"pattern": "[0-9]{13}"}},
    "date": {"type": "date", "format": "%Y-%m-%d"},
    "digits": {"type": "string", "constraints": {"pattern": "[0-9]+"}},
    "digits10": {"type": "string", "constraints": {"pattern": "[0-9]{10}"}},
    "email": {"type": "string", "format": "email"},
    "integer": {"type": "integer"},
    "latitude": {"type": "number", "constraints": {"minimum": 20, "maximum": 46}},
    "longitude": {"type": "number", "constraints": {"minimum": 122, "maximum": 154}},
    "number": {"type": "number"},
    "postal": {"type": "string", "constraints": {"pattern": "[0-9]{3}-[0-9]{4}"}},
    "time": {"type": "string", "constraints": {"pattern": "([01][0-9]|2[0-3]):[0-5][0-9]|24:00"}},
    "town": {"type": "string", "constraints": {"pattern": "[0-9]{4}-[0-9]{3}|[0-9]{7}"}},
    "url": {"type": "string", "format": "uri"},
}


def descriptor(standard: Standard) -> dict[str, Any]:
    """The Table Schema; `orden:*` keeps what it has no word for."""
    return {
        "name": standard.id.replace("/", "-").replace("_", "-"),
        "title": standard.title["ja"],
        "orden:standard": standard.url,
        "orden:confidence": standard.confidence,
        "orden:origin": standard.origin,
        "missingValues": [""],
        "fields": [_field(column) for column in standard.columns],
    }


def _field(column: Column) -> dict[str, Any]:
    field = {"name": column.name, "type": "string", **_TYPES.get(column.kind, {})}
    constraints = dict(field.pop("constraints", {}))
    if column.must_be_filled:
        constraints["required"] = True
    if column.kind == "choice":
        constraints["enum"] = list(column.values)
    if constraints:
        field["constraints"] = constraints
    if column.name_en:
        field["title"] = column.name_en
    field["orden:kind"] = column.kind
    if column.requirement:
        field["orden:requirement"] = column.requirement
    if not column.stated:
        field["orden:typeBasis"] = "derived"
    return field
