"""One kept record imported again, for stock's `harvester import` and its page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ckan import model
from ckanext.harvest.model import HarvestObject, HarvestObjectError

from ..errors import SkipRecord, SourceError
from . import objects, store, upsert
from .engine import content_of
from .guard import attempt
from .organizations import Organizations
from .protocol import Record

if TYPE_CHECKING:
    from .base import OrdenHarvester


def again(harvester: OrdenHarvester, harvest_object: HarvestObject) -> bool:
    """Map and write the record that the object holds; its problems go to the object."""
    try:
        issues = attempt(lambda: _write(harvester, harvest_object))
    except (SkipRecord, SourceError) as error:
        _note(harvest_object, str(error))
        return False
    for issue in issues:
        _note(harvest_object, objects.issue_text(issue))
    return not issues


def _write(harvester: OrdenHarvester, harvest_object: HarvestObject) -> None:
    source = harvester.source(harvest_object.job)
    record = Record(json.loads(harvest_object.content or "null"), harvest_object.guid)
    mapped = harvester.map(record, source)
    user = harvester._get_user_name()
    create = source.settings.get("remote_orgs") == "create"
    owner = Organizations(user, source.owner_org, create=create).owner(mapped.organization)
    row = store.known(source.id, [mapped.guid]).get(mapped.guid)
    dataset_id = row.dataset_id if row else harvest_object.package_id
    draft = upsert.Draft(mapped, owner, source.name, dataset_id, revive=bool(row and row.state == "deleted"))
    written = upsert.write(draft, user)
    model.Session.flush()
    objects.retire(written)
    harvest_object.package_id, harvest_object.current = written, True
    store.put(
        source.id,
        mapped.guid,
        dataset_id=written,
        fingerprint=content_of(mapped, owner),
        state="current",
        indexed=False,
    )
    harvest_object.save()
    if not upsert.index([written]):
        store.mark_indexed(source.id, [written])
        model.Session.commit()


def _note(harvest_object: HarvestObject, message: str) -> None:
    model.Session.rollback()
    HarvestObjectError.create(message, harvest_object, "Import")
