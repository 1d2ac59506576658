"""The check of registered files: read, report, store, tell the dataset."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from ckan import logic, model
from ckan.lib.search.common import SearchIndexError
from ckan.plugins import toolkit as tk

from ..errors import SourceError
from ..metadata.tables.check import Checked, unreachable
from ..metadata.tables.examine import VERSION, Context, examine
from . import contents, files
from .model import TableReport

log = logging.getLogger(__name__)

PERSONAL = "orden_personal_check"
"""Field of an organization: `off` where personal data are no matter for a warning."""


def check_dataset(dataset_id: str, *, again: bool = False) -> int:
    """Check the files of a dataset that are new or changed (all of them with `again`); how many reports were made."""
    try:
        dataset = tk.get_action("package_show")(_own(), {"id": dataset_id})
    except tk.ObjectNotFound:
        return 0
    if dataset.get("state") != "active" and not str(dataset.get("state")).startswith("draft"):
        return 0
    before = _told(dataset_id)
    made = sum(_check(dataset, resource, again=again) for resource in dataset["resources"] if files.is_table(resource))
    if made:
        _tell(dataset_id)
    model.repo.commit()
    if before != _told(dataset_id):
        _index(dataset_id)
    return made


def context_of(dataset: Mapping[str, Any], resource: Mapping[str, Any]) -> Context:
    """What dataset and resource say about a file."""
    title = f"{dataset.get('title') or ''} {resource.get('name') or ''}"
    return Context(files.name_of(resource), title, [tag["name"] for tag in dataset.get("tags") or []])


def wants_personal(owner_org: str | None) -> bool:
    """Whether an organization wants to be warned of personal data: unless it says no."""
    group = model.Session.get(model.Group, owner_org) if owner_org else None
    return (getattr(group, "extras", None) or {}).get(PERSONAL) != "off"


def _check(dataset: Mapping[str, Any], resource: Mapping[str, Any], *, again: bool) -> bool:
    known = TableReport.of(resource["id"])
    try:
        file = files.read(resource, files.limit_of(resource), None if again else known)
    except SourceError as error:
        log.info("Resource %s was not checked: %s", resource["id"], error)
        if known:
            return False
        file, found = files.File(b"", ""), unreachable(error)
    else:
        if file is None:
            return False
        personal = wants_personal(dataset.get("owner_org"))
        found = examine(file.data, context_of(dataset, resource), personal=personal)
    _store(dataset["id"], resource, file, found)
    return True


def _store(dataset_id: str, resource: Mapping[str, Any], file: files.File, found: Checked) -> None:
    content = found.as_dict()
    TableReport.put(
        resource["id"],
        package_id=dataset_id,
        version=VERSION,
        url=resource.get("url") or "",
        mark=file.mark,
        etag=file.etag,
        modified=file.modified,
        standard=content["standard"],
        certain=content["certain"],
        conforms=content["conforms"],
        rows=found.rows,
        errors=content["errors"],
        warnings=content["warnings"],
        infos=content["infos"],
        personal=sum(map(is_personal, content["issues"])),
        report=content,
        content=contents.packed(found.content) if found.content.rows else None,
    )


def personal_issues(dataset_id: str) -> list[dict[str, Any]]:
    """What the files' reports say about personal data, as issues of the dataset."""
    query = model.Session.query(model.Resource).filter_by(package_id=dataset_id, state="active")
    names = {resource.id: resource.name for resource in query}
    return [
        {**issue, "field": "resources", "where": f"{names[row.resource_id] or row.resource_id}: {issue['field']}"}
        for row in TableReport.of_package(dataset_id)
        if row.personal and row.resource_id in names
        for issue in row.report["issues"]
        if is_personal(issue)
    ]


def is_personal(issue: Mapping[str, Any]) -> bool:
    """Whether an issue is a warning of personal data."""
    return str(issue["code"]).startswith("personal.")


def _tell(dataset_id: str) -> None:
    """Put the warnings into the dataset's own report, in the place of those of the last time."""
    try:
        report = tk.get_action("orden_report_show")(_own(), {"id": dataset_id})
    except tk.ObjectNotFound:
        return
    others = [issue for issue in report["issues"] if not is_personal(issue)]
    report["issues"] = [*others, *personal_issues(dataset_id)]
    tk.get_action("orden_report_update")(_own(defer_commit=True), {"id": dataset_id, "report": report})


def _told(dataset_id: str) -> dict[str, tuple[str, bool, int]]:
    """What the index holds of the reports."""
    return {row.resource_id: (row.standard, row.conforms, row.errors) for row in TableReport.of_package(dataset_id)}


def _index(dataset_id: str) -> None:
    try:
        logic.index_update_package(_own(), dataset_id)
    except SearchIndexError:
        log.exception("Dataset %s is not in the search index with its reports", dataset_id)


def _own(**more: Any) -> Any:
    """A context of the site itself; CKAN's actions fill it, so each call gets its own."""
    return {"ignore_auth": True, "user": "", "use_cache": False, **more}
