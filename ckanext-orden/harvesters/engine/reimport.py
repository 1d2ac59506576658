"""One kept record imported again, for stock's `harvester import` and its page."""

from __future__ import annotations

import json

from ckan import model
from ckanext.harvest.model import HarvestObjectError

from ...config import site_url
from ...errors import RecordError, SkipRecord
from ...logic import documents
from ...logic.attempts import attempt
from ...logic.bulk import Bulk
from ...metadata.likeness import likeness
from ...types import Report
from ..ownership import edit
from ..protocol import Reader, Record, Source
from ..stock import Object
from . import claims, objects, store, upsert
from .items import Item, content_of, without_errors
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
    record = Record(json.loads(kept.content or "null"), kept.guid)
    mapped = without_errors(reader.map(record, source))
    create = source.settings.get("remote_orgs") == "create"
    owner = Organizations(user, source.owner_org, create=create).owner(mapped.organization)
    item = Item(record, guid=mapped.guid, mapped=mapped, owner_org=owner, likeness=likeness(mapped.dataset, site_url()))
    claims.settle(source, [item], store.known(source.id, [item.guid]))
    if not item.issues:
        claims.hold(source, [item])
    if refused := item.issues or (claims.told(item) if item.yields else ()):
        raise RecordError(Report(tuple(refused), subject=mapped.guid))
    dataset_id = item.dataset_id or kept.package_id
    held = edit.of([dataset_id]).get(dataset_id or "", {})
    draft = upsert.Draft(mapped, owner, source.name, dataset_id, item.revive, item.name, held)
    bulk = Bulk(user)
    written = upsert.write(draft, bulk)
    bulk.finish()
    claims.let_go(source, [item])
    objects.retire([written])
    kept.package_id, kept.current = written, True
    content = content_of(mapped, owner)
    values = {"dataset_id": written, "fingerprint": content, "received": "", "state": "current", "indexed": False}
    store.put(source.id, [{"guid": mapped.guid, "likeness": item.likeness, **values}])
    kept.save()
    if not documents.index([written]):
        store.mark_indexed(source.id, [written])
        model.Session.commit()


def _note(kept: Object, message: str) -> None:
    model.Session.rollback()
    HarvestObjectError.create(message, kept, "Import")
