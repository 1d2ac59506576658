"""A listed dataset in the eyes of the schema: what it will be stored as, and what the form would say against it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context
from ckanext.scheming.validation import validators_from_string

from ..metadata.fields import LISTS

Values = dict[str, Any]
Errors = Mapping[str, Any]

_NOT_LISTED = frozenset({"name", "owner_org", "tag_string"})
"""Fields that a list does not set, or that the mapping has put right already (keywords)."""


class Validators:
    """The validators of the dataset's schema, field by field, without those that ask the database."""

    def __init__(self) -> None:
        schema = tk.h.scheming_get_dataset_schema("dataset")
        ignore = tk.get_validator("ignore")
        self._rest: Values = {"__extras": [ignore], "__junk": [ignore]}
        listed = [field for field in schema["dataset_fields"] if field["field_name"] not in _NOT_LISTED]
        self._dataset = _of(listed, schema)
        self._file = _of(schema["resource_fields"], schema)

    def check(self, dataset: Mapping[str, Any]) -> tuple[Values, Errors]:
        """The values as they are stored and shown, and per field what is wrong."""
        files = dataset.get("resources") or []
        names = {name for file in files for name in file}
        schema = {name: self._dataset[name] for name in dataset if name in self._dataset} | self._rest
        schema["resources"] = {name: self._file[name] for name in names if name in self._file} | self._rest
        given = {**dataset, "resources": [dict(file) for file in files]}
        values, errors = tk.navl_validate(given, schema, Context())
        tags = {"tags": dataset["tags"]} if dataset.get("tags") else {}
        return {**_shown(values), **tags}, errors


def _of(fields: list[Values], schema: Values) -> Values:
    return {
        field["field_name"]: _of(field["repeating_subfields"], schema)
        if "repeating_subfields" in field
        else validators_from_string(field.get("validators", "ignore_missing"), field, schema)
        for field in fields
    }


def _shown(values: Mapping[str, Any]) -> Values:
    """Values as `package_show` gives them: lists of texts are stored as JSON."""
    shown = {
        name: json.loads(value) if name in LISTS and isinstance(value, str) else value for name, value in values.items()
    }
    files = shown.get("resources")
    if files:
        shown["resources"] = [_shown(file) for file in files]
    return {name: value for name, value in shown.items() if value not in (None, []) or name == "resources"}
