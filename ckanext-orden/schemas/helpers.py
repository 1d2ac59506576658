"""Template functions of the schema: labels, choices and the sections of forms and pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ..metadata.axes import LABELS
from ..metadata.vocabularies import municipality
from . import vocabulary
from .definition import Field, meta, sections
from .wording import wording

__all__ = [
    "orden_schema_axis_label",
    "orden_schema_choices",
    "orden_schema_is_link",
    "orden_schema_municipality",
    "orden_schema_sections",
]


def orden_schema_choices(field: Field) -> list[dict[str, Any]]:
    """The choices of a vocabulary field, with labels in Japanese and English."""
    return list(vocabulary.of(field).choices)


def orden_schema_axis_label(axis: str, value: str) -> str:
    """What a value of one of the five axes is called in the reader's language."""
    label = LABELS.get(axis, {}).get(value)
    return wording(label) if label else value


def orden_schema_is_link(value: Any) -> bool:
    """Whether a text is an address that may stand in a link."""
    return isinstance(value, str) and value.lower().startswith(("https://", "http://", "ftp://"))


def orden_schema_municipality(code: str) -> str:
    """The name of a prefecture or municipality; the code where it is unknown."""
    place = municipality(code)
    return place.full_name if place else code


def orden_schema_sections(fields: list[Field], errors: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """The fields by section: label, fields and whether the section is open (few are, those with an error are)."""
    found = []
    for section in sections():
        members = [field for field in fields if meta(field).get("section") == section["name"]]
        wrong = any(field["field_name"] in (errors or {}) for field in members)
        required = any(tk.h.scheming_field_required(field) for field in members)
        found.append({**section, "fields": members, "open": section["open"] or wrong or required})
    return [section for section in found if section["fields"]]
