"""The facets of the search pages: the five axes first, then who, what and in which form."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from ckan.plugins import toolkit as tk

from ..metadata.fields import AXES, INDEX_FIELDS
from .helpers import orden_schema_axis_label

_FIELDS = {field: axis for axis, field in INDEX_FIELDS.items()}


def titles() -> dict[str, str]:
    """The title of each axis' facet in the reader's language."""
    words = (tk._("Sector"), tk._("Openness"), tk._("Dynamics"), tk._("Personal data"), tk._("Price"))
    return {INDEX_FIELDS[axis]: word for axis, word in zip(AXES, words, strict=True)}


def with_axes(facets: OrderedDict[str, Any]) -> OrderedDict[str, Any]:
    """The page's facets with the axes before them."""
    return OrderedDict({**titles(), **facets})


def label_values(search_facets: dict[str, Any]) -> None:
    """Gives the values of the axes their names in the reader's language."""
    for field, axis in _FIELDS.items():
        for item in search_facets.get(field, {}).get("items", []):
            item["display_name"] = orden_schema_axis_label(axis, item["name"])
