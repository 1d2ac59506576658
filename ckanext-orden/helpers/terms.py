"""Coded values in words: licence, theme, frequency, place, formats."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ckan.plugins import toolkit as tk

from ..metadata import vocabularies
from ..search.upkeep import LACKS
from .axes import LOOK, axis_word
from .languages import orden_language, orden_text
from .links import orden_safe_url
from .organizations import lack_word

CREDIT_ONLY = ("CC-BY-2", "CC-BY-3", "CC-BY-4", "PDL-", "GJSTU-", "ODC-BY")
NOTHING_ASKED = ("CC0", "PDM", "ODC-PDDL", "PDDL")


@dataclass(frozen=True)
class Permission:
    """One line of the terms; `kind` is yes, no or must."""

    kind: str
    text: str


@dataclass(frozen=True)
class Terms:
    """A licence as the dataset page shows it."""

    title: str
    url: str
    permissions: tuple[Permission, ...]
    attribution: str


def orden_licence(dataset: Mapping[str, Any]) -> Terms:
    """The licence in plain words, with the line that names the source."""
    code = str(dataset.get("license_id") or "")
    known = vocabularies.licence_for(code) if code else None
    title = orden_text(known.title) if known else str(dataset.get("license_title") or code or tk._("Not stated"))
    permissions = tuple(_permissions(known.id)) if known else ()
    url = orden_safe_url(known.url if known else dataset.get("license_url"))
    return Terms(title, url, permissions, _attribution(dataset, title) if permissions else "")


def _permissions(code: str) -> list[Permission]:
    if code.startswith(NOTHING_ASKED):
        return [_yes(tk._("Free for any use")), _yes(tk._("You need not name the source"))]
    elements = set(code.upper().split("-"))
    if not (code.startswith(CREDIT_ONLY) or "ODBL" in elements or {"CC", "BY"} <= elements):
        return []
    commercial = Permission("no", tk._("Not for commercial use")) if "NC" in elements else _yes(tk._("Commercial use"))
    changes = (
        Permission("no", tk._("No changed versions")) if "ND" in elements else _yes(tk._("Changing and combining"))
    )
    lines = [commercial, changes, _yes(tk._("Passing on")), Permission("must", tk._("Name the source"))]
    if elements & {"SA", "ODBL"}:
        lines.append(Permission("must", tk._("Pass on under the same licence")))
    return lines


def _yes(text: str) -> Permission:
    return Permission("yes", text)


def _attribution(dataset: Mapping[str, Any], licence: str) -> str:
    organization = dataset.get("organization") or {}
    return tk._("Source: {provider}, “{title}” ({url}), {licence}").format(
        provider=organization.get("title") or tk.config["ckan.site_title"],
        title=dataset.get("title") or dataset.get("name"),
        url=tk.url_for("dataset.read", id=dataset.get("name"), _external=True, locale="default"),
        licence=licence,
    )


def orden_trade(dataset: Mapping[str, Any], field: str) -> str:
    """A term of trade (CADDE 4.0), in the page's language."""
    return orden_text(vocabularies.cadde_label(field, str(dataset.get(field) or "")))


def orden_usage_period(dataset: Mapping[str, Any]) -> str:
    """How long the data may be used (CADDE 4.0, item 13090), in words where its JSON is understood, else as written."""
    written = str(dataset.get("usage_license_period") or "")
    try:
        period = json.loads(written)["period"]
        value, unit = int(period["value"]), str(period["unit"])
    except (ValueError, KeyError, TypeError):
        return written
    units = {
        "year": tk.ungettext("%(num)d year", "%(num)d years", value),
        "month": tk.ungettext("%(num)d month", "%(num)d months", value),
        "day": tk.ungettext("%(num)d day", "%(num)d days", value),
    }
    span = units.get(unit, f"{value} {unit}")
    bought = period.get("referenceDate") == "purchasedDay"
    return tk._("{span} from the day of purchase").format(span=span) if bought else span


def orden_themes(dataset: Mapping[str, Any]) -> list[str]:
    """The themes of a dataset in words."""
    return [_theme_word(iri) for iri in dataset.get("theme") or ()]


def _theme_word(text: str) -> str:
    theme = vocabularies.theme_for(text)
    return orden_text(theme.label) if theme else text


def orden_frequency(dataset: Mapping[str, Any]) -> str:
    """How often a dataset is updated, in words."""
    value = str(dataset.get("frequency") or "")
    known = vocabularies.frequency_for(value) if value else None
    return orden_text(known.label) if known else value


def orden_place(dataset: Mapping[str, Any]) -> str:
    """The place that a dataset covers, by name."""
    code = str(dataset.get("orden_municipality") or "")
    texts = [str(area.get("text") or "") for area in dataset.get("spatial_coverage") or ()]
    return tk._(", ").join(dict.fromkeys(filter(None, [_place_name(code), *texts])))


def _place_name(code: str) -> str:
    place = vocabularies.municipality(code) if code else None
    if not place:
        return code
    return place.name_en or place.name if orden_language() != "ja" else place.full_name


def orden_formats(dataset: Mapping[str, Any]) -> list[str]:
    """The formats of a dataset's files, each once, in the order of the files."""
    formats = (str(resource.get("format") or "").strip() for resource in dataset.get("resources") or ())
    return list(dict.fromkeys(name for name in formats if name))


def orden_facet_word(name: str, item: Mapping[str, Any]) -> str:
    """What a facet's value is called."""
    value, shown = str(item["name"]), str(item.get("display_name") or item["name"])
    axis = name.removeprefix("vocab_orden_")
    if axis in LOOK:
        return axis_word(axis, value)
    for ending, word in (("theme", _theme_word), ("municipality", _place_name), (LACKS, lack_word)):
        if name.endswith(ending):
            return word(value)
    if name.endswith("frequency"):
        return orden_frequency({"frequency": value})
    if name == "license_id":
        known = vocabularies.licence_for(value)
        return orden_text(known.title) if known else shown
    return shown
