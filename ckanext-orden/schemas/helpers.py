"""Template functions of the schema: labels, choices and the sections of forms and pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ..metadata.axes import LABELS
from ..metadata.vocabularies import municipality
from . import vocabulary
from .definition import Field, meta, sections
from .indexing import axes_of
from .registration.words import Item, full_items, short_items
from .wording import wording

__all__ = [
    "orden_schema_axis_label",
    "orden_schema_choices",
    "orden_schema_error_items",
    "orden_schema_form_axes",
    "orden_schema_form_error_items",
    "orden_schema_is_link",
    "orden_schema_municipality",
    "orden_schema_organization_choices",
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


def orden_schema_organization_choices(organizations: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Organisations as choices of a field."""
    return [{"value": group["id"], "label": group.get("display_name") or group["name"]} for group in organizations]


def orden_schema_error_items(errors: Mapping[str, list[str]]) -> list[Item]:
    """The lines of the short form's summary: id of the field, its label, what is wrong."""
    return short_items(errors)


def orden_schema_form_error_items(errors: Mapping[str, Any], fields: list[Field]) -> list[Item]:
    """The lines of the summary of CKAN's own forms."""
    return full_items(errors, fields)


def orden_schema_form_axes(values: Mapping[str, Any]) -> dict[str, Any]:
    """The five axes as the values of a form give them; a new form stands for the user's own organisation."""
    owner = values.get("owner_org") or values.get("group_id")
    if not owner:
        owner = next((group["id"] for group in tk.h.organizations_available("create_dataset")), "")
    return axes_of({**values, "owner_org": owner})
