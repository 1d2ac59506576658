"""Template functions: states, outcomes and values of a list in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import takewhile
from typing import Any

from ckan.plugins import toolkit as tk

from ..metadata.vocabularies import coded_for, frequency_for, language_for, licence_for, municipality, theme_for
from .wording import wording

__all__ = ["orden_list_difference", "orden_list_state", "orden_list_value", "orden_list_word"]

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
_WORTH_SHARING = 8
_AROUND = 20
_SHOWN = 120
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


def orden_list_difference(before: str, after: str) -> dict[str, str]:
    """Two texts as what they share at start and end, and what is removed and added between: a few words of each."""
    before, after = " ".join(before.split()), " ".join(after.split())
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    if start + end < _WORTH_SHARING:
        start = end = 0
    left, right = before[:start], before[len(before) - end :]
    return {
        "start": left if len(left) <= _AROUND else f"…{left[-_AROUND:]}",
        "removed": _cut(before[start : len(before) - end], _SHOWN),
        "added": _cut(after[start : len(after) - end], _SHOWN),
        "end": _cut(right, _AROUND),
    }


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


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
