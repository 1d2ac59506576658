"""Edited fields given back: they become what the source has, and follow it from then on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ...logic import writing
from ..stock import acting
from . import edit
from .content import files
from .edit import Edits

Dict = dict[str, Any]


def give_back(dataset_id: str, user: str, file: str = "", field: str = "") -> int:
    """Give back a field, a whole file with its fields, or with neither of them everything; returns how many edits."""
    known = edit.of([dataset_id]).get(dataset_id, {})
    chosen = {key: one for key, one in known.items() if _is_meant(key, file, field)}
    if not chosen:
        raise tk.ValidationError({"field": [tk._("This field was not edited here")]})
    values = returned(writing.stored(dataset_id, acting(user)), chosen)
    edit.drop(dataset_id, chosen)
    tk.get_action("package_update")(acting(user, **{writing.MIRRORED: True}), values)
    model.Session.commit()
    return len(chosen)


def returned(existing: Mapping[str, Any], chosen: Edits) -> Dict:
    """The dataset with what its source has in the chosen fields and files."""
    resources = []
    for file_id, file in files(existing).items():
        if (file_id, "") not in chosen:
            resources.append(_fields(file, file_id, chosen))
    resources += [{**one.theirs, "id": one.file} for one in chosen.values() if one.did == "removed"]
    return {**_fields(existing, "", chosen), "resources": resources}


def _fields(ours: Mapping[str, Any], file_id: str, chosen: Edits) -> Dict:
    values = dict(ours)
    for one in chosen.values():
        if one.file == file_id and one.field:
            values[one.field] = one.theirs
    return values


def _is_meant(key: edit.Key, file: str, field: str) -> bool:
    if not file and not field:
        return True
    return key[0] == file and (not field or key[1] == field)
