"""The five axes as pages show them: icon, word, hue and the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ckan.plugins import toolkit as tk

from ..metadata.axes import LABELS, derive
from .languages import orden_text

LOOK: dict[str, dict[str, tuple[str, str]]] = {
    "sector": {
        "public": ("gov", ""),
        "private": ("company", "yodo"),
        "academic": ("book", ""),
        "other": ("info", ""),
    },
    "openness": {"open": ("unlock", "ashi"), "conditional": ("halflock", "icho"), "closed": ("lock", "ume")},
    "dynamics": {"static": ("layers", ""), "periodic": ("cycle", ""), "dynamic": ("wave", "yodo")},
    "personal": {
        "non_personal": ("person-off", ""),
        "processed": ("person-mask", "fuji"),
        "personal": ("person", "fuji"),
        "undecided": ("clock", ""),
    },
    "price": {"free": ("free", ""), "paid": ("yen", "icho"), "undecided": ("clock", "")},
}
"""(icon, hue) of each value, axes and values in the order in which pages show them."""


@dataclass(frozen=True)
class Mark:
    """One axis of one dataset as a page shows it."""

    axis: str
    title: str
    word: str
    icon: str
    hue: str
    reason: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """One value of an axis in the facet panel; `url` adds it or, when active, takes it away."""

    value: str
    word: str
    icon: str
    count: int
    active: bool
    url: str


@dataclass(frozen=True)
class AxisFacet:
    axis: str
    title: str
    choices: list[Choice]


def orden_axes(dataset: Mapping[str, Any]) -> list[Mark]:
    """The five axes of a dataset in their fixed order."""
    given: Mapping[str, Any] = dataset.get("orden_axes") or {}
    if not given:
        derived = derive(dataset, dataset.get("organization"))
        given = {name: {"values": axis.values, "reason": axis.reason} for name, axis in derived.items()}
    return [_mark(axis, given[axis], dataset) for axis in LOOK if given.get(axis)]


def _mark(axis: str, given: Mapping[str, Any], dataset: Mapping[str, Any]) -> Mark:
    values = tuple(value for value in LOOK[axis] if value in given["values"])
    icon, hue = LOOK[axis].get(values[-1] if values else "undecided", ("clock", ""))
    word = tk._(" and ").join(axis_word(axis, value) for value in values)
    personal = str(dataset.get("privacy_policy_contains_personal_data") or "")
    if values == ("processed",) and personal:
        word = {"匿名加工情報": tk._("Anonymised"), "仮名加工情報": tk._("Pseudonymised")}.get(personal, word)
    return Mark(axis, axis_title(axis), word, icon, hue, orden_text(given.get("reason")), values)


def axis_title(axis: str) -> str:
    """The name of an axis in the page's language."""
    return {
        "sector": tk._("Provider"),
        "openness": tk._("Openness"),
        "dynamics": tk._("Dynamics"),
        "personal": tk._("Personal data"),
        "price": tk._("Price"),
    }[axis]


def axis_word(axis: str, value: str) -> str:
    """The name of an axis' value in the page's language."""
    return orden_text(LABELS[axis].get(value)) or value


def orden_axis_facets(search_facets: Mapping[str, Any], base: str | None = None) -> list[AxisFacet]:
    """The five axes as facets in fixed order; `base` is the search page's address when this page is another."""
    return [AxisFacet(axis, axis_title(axis), _choices(axis, search_facets, base)) for axis in LOOK]


def _choices(axis: str, search_facets: Mapping[str, Any], base: str | None) -> list[Choice]:
    field = f"vocab_orden_{axis}"
    items = (search_facets.get(field) or {}).get("items") or []
    counts = {item["name"]: int(item["count"]) for item in items}
    chosen = set() if base else set(tk.request.args.getlist(field))
    shown = (value for value in LOOK[axis] if value in chosen or counts.get(value))
    return [
        Choice(
            value=value,
            word=axis_word(axis, value),
            icon=LOOK[axis][value][0],
            count=counts.get(value, 0),
            active=value in chosen,
            url=_choice_url(field, value, value in chosen, base),
        )
        for value in shown
    ]


def _choice_url(field: str, value: str, active: bool, base: str | None) -> str:
    if base:
        return tk.h.add_url_param(alternative_url=base, new_params={field: value})
    if active:
        return tk.h.remove_url_param(field, value)
    return tk.h.add_url_param(new_params={field: value})
