"""What the forms' fields are called where their errors are summed up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ..definition import Field, dataset_fields, resource_fields
from ..wording import wording

Item = tuple[str, str, str]
"""The id of a field, its label, what is wrong with it."""

_IDS = {"owner_org": "organizations"}


def short_items(errors: Mapping[str, list[str]]) -> list[Item]:
    """The lines of the short form's summary."""
    labels = {field["field_name"]: wording(field["label"]) for field in (*resource_fields(), *dataset_fields())}
    labels |= _own_labels()
    return [
        (f"field-{name}" if name else "", labels.get(name, name), text)
        for name, texts in errors.items()
        for text in texts
    ]


def full_items(errors: Mapping[str, Any], fields: list[Field]) -> list[Item]:
    """The lines of CKAN's own forms' summary, in the order of the form."""
    order = [field["field_name"] for field in fields]
    known = {field["field_name"]: field for field in fields}
    names = sorted(errors, key=lambda name: order.index(name) if name in order else len(order))
    return [item for name in names for item in _items(name, errors[name], known.get(name))]


def _items(name: str, found: Any, field: Field | None) -> Iterator[Item]:
    label = wording(field["label"]) if field else name
    if field and "repeating_subfields" in field and all(isinstance(entry, Mapping) for entry in found):
        parts = {part["field_name"]: part for part in field["repeating_subfields"]}
        for at, entry in enumerate(found):
            for key, texts in entry.items():
                shown = f"{label} {at + 1} {wording(parts[key]['label']) if key in parts else key}"
                yield f"field-{name}-{at}-{key}", shown, " ".join(map(str, texts))
    else:
        texts = found if isinstance(found, (list, tuple)) else [found]
        yield f"field-{_IDS.get(name, name)}" if field else "", label, " ".join(map(str, texts))


def _own_labels() -> dict[str, str]:
    """The words of inputs of the short form that are no fields, or that it calls otherwise."""
    return {
        "upload": tk._("File"),
        "file_url": tk._("Address of the file"),
        "contact": tk._("Contact"),
        "name": tk._("Name in the address"),
        "private": tk._("Who sees the dataset"),
    }
