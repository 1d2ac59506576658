"""Fields with records inside records (`metadata.fields.STRUCTURES`): forms send them as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ..metadata.fields import STRUCTURES

Dict = dict[str, Any]


def read_json(data_dict: Mapping[str, Any]) -> Dict:
    """A copy of a dataset in which each structure is a list of records; an empty text is none at all."""
    errors: Dict = {}
    dataset = _record(data_dict, errors)
    given = dataset.get("resources")
    if isinstance(given, list):
        wrong: list[Dict] = [{} for _ in given]
        pairs = zip(given, wrong, strict=True)
        dataset["resources"] = [_record(file, found) if isinstance(file, dict) else file for file, found in pairs]
        if any(wrong):
            errors["resources"] = wrong
    if errors:
        raise tk.ValidationError(errors)
    return dataset


def _record(record: Mapping[str, Any], errors: Dict) -> Dict:
    read = dict(record)
    for name in STRUCTURES & record.keys():
        text = record[name]
        if not isinstance(text, str):
            continue
        read.pop(name)
        if text.strip():
            found = _parsed(text)
            if found is None:
                errors[name] = [tk._("This is not JSON with a list of records: [{…}, {…}]")]
            else:
                read[name] = found
    return read


def _parsed(text: str) -> list[Dict] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    records = [found] if isinstance(found, dict) else found
    return records if isinstance(records, list) and all(isinstance(item, dict) for item in records) else None
