"""The five axes as pages show them: icon, word, hue and the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ckan.plugins import toolkit as tk
from markupsafe import Markup

from ..metadata.axes import LABELS, derive
from .languages import orden_text, readers_language
from .links import orden_facet_url
from .look import orden_static

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
TITLES: dict[str, Callable[[], str]] = {
    "sector": lambda: tk._("Provider"),
    "openness": lambda: tk._("Openness"),
    "dynamics": lambda: tk._("Dynamics"),
    "personal": lambda: tk._("Personal data"),
    "price": lambda: tk._("Price"),
}


PROCESSED: dict[str, Callable[[], str]] = {
    "匿名加工情報": lambda: tk._("Anonymised"),
    "仮名加工情報": lambda: tk._("Pseudonymised"),
}
"""What processed personal data is called, where the dataset says how it was processed."""


@dataclass(frozen=True)
class Look:
    """How a page shows the values of an axis."""

    axis: str
    title: str
    word: str
    icon: str
    hue: str


@dataclass(frozen=True)
class Mark(Look):
    """One axis of one dataset."""

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
    given, language = _given(dataset), readers_language()
    return [
        Mark(**vars(_look(axis, values, _processed(dataset), language)), reason=_reason(given[axis]), values=values)
        for axis, values in _values(given).items()
    ]


def orden_axes_strip(dataset: Mapping[str, Any]) -> Markup:
    """The strip of five marks of a dataset."""
    values = tuple(axis_values(dataset).items())
    return _strip(values, _processed(dataset), readers_language(), orden_static("icons.svg"))


def axis_values(dataset: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The values of each axis of a dataset."""
    return _values(_given(dataset))


def _given(dataset: Mapping[str, Any]) -> Mapping[str, Any]:
    given: Mapping[str, Any] = dataset.get("orden_axes") or {}
    if given:
        return given
    derived = derive(dataset, dataset.get("organization"))
    return {name: {"values": axis.values, "reason": axis.reason} for name, axis in derived.items()}


def _values(given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        axis: tuple(value for value in known if value in given[axis]["values"])
        for axis, known in LOOK.items()
        if given.get(axis)
    }


def _reason(given: Mapping[str, Any]) -> str:
    return orden_text(given.get("reason"))


def _processed(dataset: Mapping[str, Any]) -> str:
    """How personal data was processed, as far as there is a word for it."""
    said = str(dataset.get("privacy_policy_contains_personal_data") or "")
    return said if said in PROCESSED else ""


@lru_cache(maxsize=1024)
def _strip(values: tuple[tuple[str, tuple[str, ...]], ...], processed: str, language: str, _icons: str) -> Markup:
    """Rendered once for each combination that the catalogue has: of a page's twenty strips most are alike."""
    marks = [_look(axis, each, processed, language) for axis, each in values]
    return Markup(tk.render_snippet("orden/snippets/axes.html", {"marks": marks}))  # noqa: S704 - escaped by it


@lru_cache(maxsize=1024)
def _look(axis: str, values: tuple[str, ...], processed: str, _language: str) -> Look:
    icon, hue = LOOK[axis].get(values[-1] if values else "undecided", ("clock", ""))
    word = tk._(" and ").join(axis_word(axis, value) for value in values)
    if values == ("processed",) and processed:
        word = PROCESSED[processed]()
    return Look(axis, axis_title(axis), word, icon, hue)


def axis_title(axis: str) -> str:
    """The name of an axis in the page's language."""
    return TITLES[axis]()


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
            url=orden_facet_url(field, value, chosen=value in chosen, base=base),
        )
        for value in shown
    ]
