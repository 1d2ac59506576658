"""Which facets lists of datasets have, in which order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ..search.suggesting.values import MUNICIPALITY_FIELD, THEME_FIELD
from .axes import LOOK, axis_title

AXIS_FIELDS = {axis: f"vocab_orden_{axis}" for axis in LOOK}


def titled(given: Mapping[str, str]) -> dict[str, str]:
    """The five axes, then what narrows most; CKAN's groups are left out, orden does not use them."""
    axes = {AXIS_FIELDS[axis]: axis_title(axis) for axis in LOOK}
    ours = {
        THEME_FIELD: tk._("Theme"),
        "organization": tk._("Provider’s name"),
        MUNICIPALITY_FIELD: tk._("Municipality"),
        "res_format": tk._("Format"),
        "license_id": tk._("Licence"),
        "tags": tk._("Keyword"),
    }
    others = {name: title for name, title in given.items() if name not in ours and name != "groups"}
    return {**axes, **ours, **others}


def orden_other_facets(titles: Mapping[str, str]) -> dict[str, str]:
    """The facets of a page without the five axes, which stand before them."""
    return {name: title for name, title in titles.items() if name not in AXIS_FIELDS.values()}


def indexed(document: dict[str, Any]) -> dict[str, Any]:
    """An index document with the fields that are facets here and that CKAN indexes as one text."""
    shown = json.loads(document.get("validated_data_dict") or "{}")
    code = shown.get("orden_municipality")
    return {**document, THEME_FIELD: shown.get("theme") or [], MUNICIPALITY_FIELD: [code] if code else []}
