"""Template functions: states, outcomes and values of a list in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ..metadata.vocabularies import coded_for, frequency_for, language_for, licence_for, municipality, theme_for
from .wording import wording

__all__ = ["orden_list_state", "orden_list_value", "orden_list_word"]

_LOOKS = {
    "new": ("plus", "ashi"),
    "changed": ("edit", "yodo"),
    "unchanged": ("tick", ""),
    "wrong": ("error", "ume"),
    "not_listed": ("info", ""),
    "created": ("plus", "ashi"),
    "updated": ("edit", "yodo"),
    "edited": ("warn", "icho"),
    "failed": ("error", "ume"),
}
_LABELS: dict[str, Callable[[str], str]] = {
    "frequency": lambda value: wording(found.label) if (found := frequency_for(value)) else value,
    "language": lambda value: wording(found.label) if (found := language_for(value)) else value,
    "theme": lambda value: wording(found.label) if (found := theme_for(value)) else value,
    "license_id": lambda value: found.written if (found := licence_for(value)) else value,
    "license": lambda value: found.written if (found := licence_for(value)) else value,
    "status": lambda value: found.written if (found := coded_for("status", value)) else value,
    "orden_municipality": lambda value: f"{value} {found.name}" if (found := municipality(value)) else value,
}


_TOLD = frozenset({"name", "email", "url", "text", "start", "end"})
"""The keys of records that a list has columns for."""


def orden_list_state(name: str) -> dict[str, str]:
    """The look of a state or outcome: word, icon, hue."""
    icon, hue = _LOOKS[name]
    return {"word": orden_list_word(name), "icon": icon, "hue": hue}


def orden_list_word(name: str | None) -> str:
    """A state or outcome in the reader's language."""
    words = {
        "new": tk._("New"),
        "changed": tk._("Changed"),
        "unchanged": tk._("Unchanged"),
        "wrong": tk._("To be mended"),
        "not_listed": tk._("Not in the list"),
        "created": tk._("Registered"),
        "updated": tk._("Updated"),
        "edited": tk._("Changed meanwhile, left alone"),
        "failed": tk._("Not taken"),
    }
    return words.get(name or "", "")


def orden_list_value(field: str, value: Any) -> str:
    """A value as a clerk writes it: terms by their labels, lists and records in one line."""
    if value in (None, "", [], {}):
        return tk._("(empty)")
    if isinstance(value, Mapping):
        parts = (orden_list_value(key, part) for key, part in value.items() if part and key in _TOLD)
        return " / ".join(parts)
    if isinstance(value, (list, tuple)):
        return ", ".join(orden_list_value(field, item) for item in value)
    return _LABELS.get(field, str)(str(value))
