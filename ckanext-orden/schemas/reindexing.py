"""What an organisation says about itself is part of its datasets' index documents."""

from __future__ import annotations

import logging
from typing import Any

from ckan import model
from ckan.lib import search
from ckan.plugins import toolkit as tk
from redis.exceptions import RedisError

from ..logic import documents
from ..logic.rebuilding import BATCH
from .indexing import extras_of

log = logging.getLogger(__name__)

_COPIED = ("orden_org_kind", "orden_municipality", "url", "email")
_TIMEOUT = 3600


def copied(organization_id: str) -> dict[str, Any]:
    """The properties of an organisation that its datasets are indexed with."""
    group = model.Group.get(organization_id)
    if not group:
        return {}
    extras = extras_of(group)
    return {"title": group.title, "name": group.name, **{name: extras.get(name) for name in _COPIED}}


def queue(organization_id: str) -> None:
    """Asks a worker to index the organisation's datasets again; without Redis the change itself still stands."""
    title = f"index the datasets of {organization_id}"
    try:
        tk.enqueue_job(reindex, [organization_id], title=title, rq_kwargs={"timeout": _TIMEOUT})
    except RedisError as error:
        log.error("Not queued: %s (%s). Run ckan orden rebuild-index when Redis is back.", title, error)


def reindex(organization_id: str) -> int:
    """Indexes all datasets of an organisation again; how many they are."""
    group = model.Group.get(organization_id)
    if not group:
        return 0
    query = model.Session.query(model.Package.id).filter_by(owner_org=group.id, state="active")
    ids = [row.id for row in query]
    for start in range(0, len(ids), BATCH):
        documents.index(ids[start : start + BATCH], documents.Seen.LATER, keep_meanings=True)
    search.commit()
    return len(ids)
