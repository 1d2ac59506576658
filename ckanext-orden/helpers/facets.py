"""Which facets lists of datasets have, in which order."""

from __future__ import annotations

from collections.abc import Mapping

from ckan.plugins import toolkit as tk

from .axes import LOOK, axis_title

AXIS_FIELDS = {axis: f"vocab_orden_{axis}" for axis in LOOK}
THEME_FIELD = "vocab_orden_theme"


def titled(given: Mapping[str, str]) -> dict[str, str]:
    """The five axes, then what narrows most; CKAN's groups are left out, orden does not use them."""
    axes = {AXIS_FIELDS[axis]: axis_title(axis) for axis in LOOK}
    ours = {
        THEME_FIELD: tk._("Theme"),
        "organization": tk._("Provider"),
        "res_format": tk._("Format"),
        "license_id": tk._("Licence"),
        "tags": tk._("Keyword"),
    }
    others = {name: title for name, title in given.items() if name not in ours and name != "groups"}
    return {**axes, **ours, **others}
