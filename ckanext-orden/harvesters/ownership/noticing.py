"""People's changes to harvested datasets, noted in the transaction that makes them."""

from __future__ import annotations

from typing import Any, cast

from ckan import model
from ckan.types import Context
from sqlalchemy import select

from ...clock import utcnow
from ...logic import writing
from ..model import HarvestRecord
from ..stock import acting
from . import content, edit

FORMER = "orden_harvest_former"
"""Key of the context: the dataset as it was before the change."""


def watch(context: Context, package: model.Package) -> None:
    """Before an update: keep what a harvested dataset holds, unless it is the source's own word that is written."""
    carried = cast("dict[str, Any]", context)
    carried.pop(FORMER, None)
    if _is_person(context) and _is_harvested(package.id):
        # A harvest that writes the dataset at this moment is waited for: what it changes is nobody's edit.
        model.Session.refresh(package, with_for_update={"key_share": True})
        carried[FORMER] = writing.stored(package.id, acting(""))


def notice(context: Context, dataset_id: str) -> None:
    """After an update, before its commit: note what was edited."""
    former = cast("dict[str, Any]", context).pop(FORMER, None)
    if not former or former["id"] != dataset_id:
        return
    known = edit.of([dataset_id]).get(dataset_id, {})
    found = content.changes(former, writing.stored(dataset_id, acting("")), known)
    edit.drop(dataset_id, found.drop)
    edit.put([_made(context, dataset_id, key, did, theirs) for key, (did, theirs) in found.put.items()])


def deletion(context: Context, package: model.Package) -> None:
    """Before the commit of a deletion: one that a person has made is an edit as well."""
    if _is_person(context) and _is_harvested(package.id):
        edit.put([_made(context, package.id, ("", "state"), "changed", "active")])


def _made(context: Context, dataset_id: str, key: edit.Key, did: str, theirs: Any) -> edit.Edit:
    user = model.User.get(context.get("user") or "")
    return edit.Edit(dataset_id, *key, did, theirs, user.id if user else "", utcnow())


def _is_person(context: Context) -> bool:
    return writing.MIRRORED not in context


def _is_harvested(dataset_id: str) -> bool:
    query = select(HarvestRecord.guid).where(HarvestRecord.dataset_id == dataset_id)
    return model.Session.execute(query).first() is not None
