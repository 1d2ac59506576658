"""An existing dataset as the beginning of a new one: what it says, without what is its alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ...metadata.fields import DATASET
from ...metadata.offers.stating import withdraw
from ..indexing import DATASET as TYPE

OWN = frozenset(
    {
        "alternate_identifier",
        "caddec_dataset_id_for_detail",
        "identifier",
        "issued",
        "modified",
        "name",
        "orden_sample",
    }
)
"""Fields that say which dataset it is, when it came to be, or that it is made up."""


def source(name: str) -> dict[str, Any] | None:
    """The dataset to copy from, as far as the user may see it."""
    try:
        found = tk.get_action("package_show")({"user": tk.current_user.name}, {"id": name})
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return None
    return found if found.get("type") == TYPE else None


def copied(dataset: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the full form: what the provider has stated, not what the dataset's offers say."""
    own = dict(dataset)
    withdraw(own)
    values = {name: own[name] for name in DATASET - OWN if own.get(name)}
    values["tag_string"] = ", ".join(tag["display_name"] for tag in dataset.get("tags") or ())
    return {**values, "private": dataset.get("private", False)}
