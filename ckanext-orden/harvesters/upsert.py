"""The only writer of harvested datasets: CKAN's actions, one transaction a batch, indexed after the commit."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ckan import logic
from ckan.lib.search.common import SearchIndexError
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ..config import site_url
from ..metadata.addresses import portable
from ..metadata.mapping import Mapped
from ..metadata.names import dataset_name
from .stock import acting

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Draft:
    """One dataset to write: new when it has no `dataset_id`."""

    mapped: Mapped
    owner_org: str | None
    prefix: str
    dataset_id: str | None = None
    revive: bool = False


def write(draft: Draft, user: str) -> str:
    """Create or update one dataset without commit; returns its id, raises `tk.ValidationError`."""
    values = {**draft.mapped.dataset, "type": "dataset", "owner_org": draft.owner_org}
    # Our form asks for a description and DCAT-AP needs one; a source without any must not lose its datasets for it.
    values["notes"] = values.get("notes") or values.get("title")
    if not draft.dataset_id:
        values["name"] = dataset_name(draft.prefix, draft.mapped.guid)
        return tk.get_action("package_create")(_deferred(user), values)
    existing = tk.get_action("package_show")(acting(user, use_cache=False), {"id": draft.dataset_id})
    values |= {
        "id": existing["id"],
        "name": existing["name"],
        "state": "active" if draft.revive else existing["state"],
        "resources": with_ids(values.get("resources") or [], existing["resources"]),
    }
    return tk.get_action("package_update")(_deferred(user), values)


def _deferred(user: str) -> Context:
    """The context of a write that the caller commits and indexes."""
    return acting(user, defer_commit=True, return_id_only=True)


def with_ids(resources: Iterable[dict[str, Any]], existing: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Resources keep their ids, and so their addresses, as long as the source keeps their URL."""
    site = site_url()
    known: dict[str, list[str]] = {}
    for resource in existing:
        known.setdefault(portable(resource.get("url") or "", site), []).append(resource["id"])
    result = []
    for resource in resources:
        ids = known.get(portable(resource.get("url") or "", site))
        result.append({**resource, "id": ids.pop(0)} if ids else dict(resource))
    return result


def delete(dataset_id: str, user: str) -> None:
    """Soft-delete one dataset; commits what the session holds together with it."""
    tk.get_action("package_delete")(acting(user), {"id": dataset_id})


def index(dataset_ids: Sequence[str]) -> list[str]:
    """Put committed datasets into the search index; returns the ids that could not be put there."""
    failed = []
    for number, dataset_id in enumerate(dataset_ids, 1):
        try:
            logic.index_update_package(acting(""), dataset_id, defer_commit=number < len(dataset_ids))
        except SearchIndexError:
            log.exception("Dataset %s is not in the search index", dataset_id)
            failed.append(dataset_id)
    return failed


def reason(error: tk.ValidationError) -> str:
    """What CKAN's validation says, as one line: field, then its messages."""
    return "; ".join(_flat(error.error_dict))


def _flat(errors: Any, path: str = "") -> list[str]:
    if isinstance(errors, dict):
        return [text for key, value in errors.items() for text in _flat(value, f"{path}.{key}".strip("."))]
    if isinstance(errors, list) and any(isinstance(item, dict) for item in errors):
        return [text for number, item in enumerate(errors) for text in _flat(item, f"{path}[{number}]")]
    messages = errors if isinstance(errors, list) else [errors]
    texts = [str(message) for message in messages if message]
    return [f"{path}: {' '.join(texts)}"] if texts else []
