"""Rules over a dataset and its resources together: contradictions are refused, everything else is reported."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from ckan import model
from ckan.lib.plugins import lookup_package_plugin, plugin_validate
from ckan.plugins import toolkit as tk
from ckan.types import Context
from ckanext.scheming.plugins import expand_form_composite

from ..logic import bulk
from ..logic.writing import MIRRORED
from ..metadata.facts import HARVESTED, value
from ..metadata.fields import LISTS, SUBFIELDS
from ..metadata.validation import check, refused
from ..model import OrdenReport
from ..types import Issue, Report
from .indexing import DATASET, organization_of
from .wording import explained

Errors = dict[str, Any]
"""Messages by field, nested as CKAN's `error_dict` is."""

ISSUES = "orden_issues"
"""Key of the context: what a caller (a harvester's mapping) found before; it is kept in the stored report."""

_PARTS = {"temporal_coverage": "end"}
"""Where in a repeated field its contradiction is mended."""


def refuse_contradictions(action: str, context: Context, data_dict: Mapping[str, Any]) -> None:
    """Raises all that is wrong when fields cannot be true at once, if the user may act at all."""
    package = None if action == "package_create" else package_of(data_dict)
    dataset = merged(data_dict, package)
    if dataset["type"] != DATASET or dataset.get("state") == "deleted":
        return
    if context.get(MIRRORED):
        _unmark(dataset)
    errors = refusals(check(dataset, organization_of(dataset)))
    if errors:
        tk.check_access(action, context, dict(data_dict))
        raise tk.ValidationError({**validated(context, data_dict, package)[1], **errors})


def validated(
    context: Context, data_dict: Mapping[str, Any], package: model.Package | None
) -> tuple[dict[str, Any], Errors]:
    """What the schema's validators make of a dataset, and their errors; files are left out, nothing is written."""
    form = lookup_package_plugin(DATASET)
    schema = form.update_package_schema() if package else form.create_package_schema()
    asked = tk.fresh_context(context, model=model, session=model.Session)
    if package:
        asked["package"] = package
    action = "package_update" if package else "package_create"
    return plugin_validate(form, asked, {**_without_files(data_dict), "type": DATASET}, schema, action)


def refusals(report: Report) -> Errors:
    """The messages of what no dataset may say, at its fields; those of repeated fields at the part that is wrong."""
    errors: Errors = {}
    for issue in refused(report):
        messages = errors.setdefault(issue.field, [])
        if issue.field in _PARTS:
            _put_at_part(messages, issue)
        else:
            messages.append(explained(issue))
    return errors


def store_report(context: Context, validated: Mapping[str, Any]) -> None:
    """Stores the report on a dataset that is just being written; it is committed with the dataset."""
    dataset = merged(shown(validated), package_of(validated))
    if dataset["type"] == DATASET:
        report = check(dataset, organization_of(dataset)).with_issues(context.get(ISSUES, ()))
        waiting = context.get(bulk.KEY)
        if waiting:
            waiting.reports[dataset["id"]] = report
        else:
            OrdenReport.put({dataset["id"]: report})


def package_of(data_dict: Mapping[str, Any]) -> model.Package | None:
    name = data_dict.get("id") or data_dict.get("name")
    return model.Package.get(name) if isinstance(name, str) else None


def merged(data_dict: Mapping[str, Any], package: model.Package | None) -> dict[str, Any]:
    """The dataset as it will be: what an update leaves out of it stays as it is."""
    dataset = dict(data_dict)
    expand_form_composite(dataset, set(SUBFIELDS))
    dataset["type"] = package.type if package else data_dict.get("type") or DATASET
    if package:
        dataset.setdefault("owner_org", package.owner_org)
        if "resources" not in dataset:
            dataset["resources"] = [shown(resource.as_dict()) for resource in package.resources]
        if package.private:
            _unmark(dataset)
        elif dataset.get("private"):
            dataset.setdefault(HARVESTED, _origin(package))
    return dataset


def _unmark(dataset: dict[str, Any]) -> None:
    """Takes away the mark of a harvested dataset: what its source has made private may be private."""
    dataset.pop(HARVESTED, None)
    if isinstance(dataset.get("extras"), list):
        dataset["extras"] = [extra for extra in dataset["extras"] if extra.get("key") != HARVESTED]


def _origin(package: model.Package) -> Any:
    """The mark of a harvested dataset, which stands in no table of the dataset's own."""
    stored = tk.get_action("package_show")({"ignore_auth": True}, {"id": package.id})
    return value(stored, HARVESTED)


def shown(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Validated values in the form in which `package_show` gives them."""
    extras = {extra["key"]: extra["value"] for extra in stored.get("extras", [])}
    record = {**stored, **extras}
    for name in (LISTS | SUBFIELDS.keys()) & record.keys():
        if isinstance(record[name], str) and record[name].startswith("["):
            record[name] = json.loads(record[name])
    if "resources" in record:
        record["resources"] = [shown(resource) for resource in record["resources"]]
    return record


def _without_files(data_dict: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a dataset that validators may change; open files cannot be copied."""
    copy = {name: deepcopy(value) for name, value in data_dict.items() if name != "resources"}
    if "resources" in data_dict:
        copy["resources"] = [
            {name: deepcopy(value) for name, value in resource.items() if name != "upload"}
            for resource in data_dict["resources"]
        ]
    return copy


def _put_at_part(parts: list[Errors], issue: Issue) -> None:
    """Puts a message where scheming wants it for a repeated field: into the entry of the part that is meant."""
    number = int(issue.where.rsplit(" ", 1)[-1])
    parts.extend({} for _ in range(number - len(parts)))
    parts[number - 1].setdefault(_PARTS[issue.field], []).append(explained(issue))
