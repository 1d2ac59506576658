"""One kept record imported again, for stock's `harvester import` and its page."""

from __future__ import annotations

import json

from ckan import model
from ckanext.harvest.model import HarvestObjectError

from ...errors import RecordError, SkipRecord
from ...logic.attempts import attempt
from ...logic.bulk import Bulk
from ...types import Report
from ..ownership import edit
from ..protocol import Reader, Record, Source
from ..stock import Object
from . import objects, store, upsert
from .items import content_of, taken_problems, without_errors
from .organizations import Organizations


def again(reader: Reader, source: Source, user: str, kept: Object) -> bool:
    """Map and write the record that the object holds; its problems go to the object."""
    try:
        issues = attempt(lambda: _write(reader, source, user, kept))
    except SkipRecord as reason:
        _note(kept, str(reason))
        return False
    for issue in issues:
        _note(kept, objects.issue_text(issue))
    return not issues


def _write(reader: Reader, source: Source, user: str, kept: Object) -> None:
    mapped = without_errors(reader.map(Record(json.loads(kept.content or "null"), kept.guid), source))
    known = store.known(source.id, [mapped.guid])
    if taken := taken_problems(source.id, [mapped.guid], known):
        raise RecordError(Report(tuple(taken.values()), subject=mapped.guid))
    create = source.settings.get("remote_orgs") == "create"
    owner = Organizations(user, source.owner_org, create=create).owner(mapped.organization)
    row = known.get(mapped.guid)
    dataset_id = row.dataset_id if row else kept.package_id
    held = edit.of([dataset_id]).get(dataset_id or "", {})
    draft = upsert.Draft(mapped, owner, source.name, dataset_id, bool(row and row.gone), held)
    bulk = Bulk(user)
    written = upsert.write(draft, bulk)
    bulk.finish()
    objects.retire([written])
    kept.package_id, kept.current = written, True
    content = content_of(mapped, owner)
    values = {"dataset_id": written, "fingerprint": content, "received": "", "state": "current", "indexed": False}
    store.put(source.id, [{"guid": mapped.guid, **values}])
    kept.save()
    if not upsert.index([written]):
        store.mark_indexed(source.id, [written])
        model.Session.commit()


def _note(kept: Object, message: str) -> None:
    model.Session.rollback()
    HarvestObjectError.create(message, kept, "Import")
