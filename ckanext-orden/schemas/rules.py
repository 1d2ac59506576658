"""Rules over a dataset and its resources together: contradictions are refused, everything else is reported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context
from ckanext.scheming.plugins import expand_form_composite

from ..metadata.fields import LISTS, SUBFIELDS
from ..metadata.validation import check, refused
from ..model import OrdenReport
from .indexing import DATASET, organization_of
from .wording import explained

ISSUES = "orden_issues"
"""Key of the context: what a caller (a harvester's mapping) found before; it is kept in the stored report."""


def refuse_contradictions(action: str, context: Context, data_dict: Mapping[str, Any]) -> None:
    """Raises a validation error at the fields that cannot be true at once, if the user may act at all."""
    package = None if action == "package_create" else _package(data_dict)
    dataset = _merged(data_dict, package)
    if dataset["type"] != DATASET or dataset.get("state") == "deleted":
        return
    found = refused(check(dataset, organization_of(dataset)))
    if not found:
        return
    tk.check_access(action, context, dict(data_dict))
    fields = dict.fromkeys(issue.field for issue in found)
    raise tk.ValidationError({field: [explained(issue) for issue in found if issue.field == field] for field in fields})


def store_report(context: Context, validated: Mapping[str, Any]) -> None:
    """Stores the report on a dataset that is just being written; it is committed with the dataset."""
    dataset = _merged(_shown(validated), _package(validated))
    if dataset["type"] == DATASET:
        report = check(dataset, organization_of(dataset)).with_issues(context.get(ISSUES, ()))
        OrdenReport.put(dataset["id"], report)


def _package(data_dict: Mapping[str, Any]) -> model.Package | None:
    name = data_dict.get("id") or data_dict.get("name")
    return model.Package.get(name) if isinstance(name, str) else None


def _merged(data_dict: Mapping[str, Any], package: model.Package | None) -> dict[str, Any]:
    """The dataset as it will be: what an update leaves out of it stays as it is."""
    dataset = dict(data_dict)
    expand_form_composite(dataset, set(SUBFIELDS))
    dataset["type"] = package.type if package else data_dict.get("type") or DATASET
    if package:
        dataset.setdefault("owner_org", package.owner_org)
        if "resources" not in dataset:
            dataset["resources"] = [_shown(resource.as_dict()) for resource in package.resources]
    return dataset


def _shown(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Validated values in the form in which `package_show` gives them."""
    extras = {extra["key"]: extra["value"] for extra in stored.get("extras", [])}
    shown = {**stored, **extras}
    for name in (LISTS | SUBFIELDS.keys()) & shown.keys():
        if isinstance(shown[name], str) and shown[name].startswith("["):
            shown[name] = json.loads(shown[name])
    if "resources" in shown:
        shown["resources"] = [_shown(resource) for resource in shown["resources"]]
    return shown
