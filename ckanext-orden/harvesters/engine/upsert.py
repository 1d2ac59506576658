"""The only writer of harvested datasets: what a record becomes, written by CKAN's actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ckan.plugins import toolkit as tk

from ...config import site_url
from ...logic import writing
from ...logic.bulk import Bulk
from ...metadata.mapping import Mapped
from ...metadata.mapping.pairs import pair
from ...metadata.names import dataset_name
from ..ownership import keeping
from ..ownership.edit import Edits
from ..stock import acting

__all__ = ["Draft", "delete", "values_of", "with_ids", "write"]

Keep = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Draft:
    """One dataset to write: new when it has no `dataset_id`."""

    mapped: Mapped
    owner_org: str | None
    prefix: str
    dataset_id: str | None = None
    revive: bool = False
    name: str = ""
    """Of a new dataset, where it is not the usual one."""
    edits: Edits = field(default_factory=dict)
    """What people have edited in it."""


def write(draft: Draft, bulk: Bulk, keep: Keep = lambda _former: None) -> str:
    """Update one dataset, or give a new one to `bulk`, without commit; returns its id, raises `tk.ValidationError`.

    `keep` is given the dataset as it was before an update.
    """
    context = acting(bulk.user, **{writing.MIRRORED: True})
    if not draft.dataset_id:
        return bulk.create(_new(draft), context)
    existing = writing.stored(draft.dataset_id, acting(bulk.user))
    keep(existing)
    theirs = _changed(draft, existing)
    written = writing.update(keeping.merged(theirs, existing, draft.edits), context)
    keeping.refresh(written, theirs, existing, draft.edits)
    return written


def values_of(draft: Draft, user: str) -> dict[str, Any]:
    """The dataset as CKAN's actions take it."""
    if not draft.dataset_id:
        return _new(draft)
    existing = writing.stored(draft.dataset_id, acting(user))
    return keeping.merged(_changed(draft, existing), existing, draft.edits)


def _new(draft: Draft) -> dict[str, Any]:
    return {**_values(draft), "name": draft.name or dataset_name(draft.prefix, draft.mapped.guid)}


def _changed(draft: Draft, existing: dict[str, Any]) -> dict[str, Any]:
    """What the source makes of a dataset that is there, without a thought of what people have edited."""
    values = _values(draft)
    return values | {
        "id": existing["id"],
        "name": existing["name"],
        "state": "active" if draft.revive else existing["state"],
        "resources": with_ids(values.get("resources") or [], keeping.known_files(existing["resources"], draft.edits)),
    }


def _values(draft: Draft) -> dict[str, Any]:
    values = {**draft.mapped.dataset, "type": "dataset", "owner_org": draft.owner_org}
    # Our form asks for a description and DCAT-AP needs one; a source without any must not lose its datasets for it.
    values["notes"] = values.get("notes") or values.get("title")
    return values


def with_ids(resources: Iterable[dict[str, Any]], existing: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Resources keep their ids, and so their addresses, as long as the source keeps their URL."""
    return [{**new, "id": old["id"]} if old else dict(new) for new, old in pair(resources, existing, site_url())]


def delete(dataset_id: str, user: str) -> None:
    """Soft-delete one dataset; commits what the session holds together with it."""
    tk.get_action("package_delete")(acting(user, **{writing.MIRRORED: True}), {"id": dataset_id})
