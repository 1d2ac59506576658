"""Who lets a source be harvested: a new one waits until somebody who may has looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import authz, model
from ckan.types import Context

from ... import config
from ...clock import utcnow
from .. import stock
from . import plans


def may_approve(context: Context, owner_org: str | None) -> bool:
    """Whether the user of the context may approve sources of the organisation."""
    user = context.get("user") or ""
    if context.get("ignore_auth") or authz.is_sysadmin(user):
        return True
    policy = config.harvest_approval()
    if policy == "sysadmin" or not owner_org:
        return False
    needed = "admin" if policy == "admin" else "update_dataset"
    return authz.has_user_permission_for_group_or_org(owner_org, user, needed)


def begin(context: Context, source: Mapping[str, Any]) -> None:
    """A source was made: its maker's, if it is theirs to approve, else it waits; the caller commits."""
    if context.get("orden_harvest_approve", True) and may_approve(context, source.get("owner_org")):
        approve(source["id"], context.get("user") or "")
    else:
        withdraw(source["id"])


def approve(source_id: str, user: str) -> None:
    """The source may be harvested from now on, and is where it has no time of its own; the caller commits."""
    plans.change(source_id, approved=utcnow(), approved_by=user)
    plans.reset(source_id, utcnow(), at_once=True)


def withdraw(source_id: str) -> None:
    """The source waits for approval; the caller commits."""
    plans.change(source_id, approved=None, approved_by=None)


def is_lost(context: Context, changes: Mapping[str, Any], package: model.Package) -> bool:
    """Whether an update takes the approval away: another address or kind by somebody who may not approve."""
    source = stock.source(package.id)
    if source is None or may_approve(context, package.owner_org):
        return False
    moved = (changes.get("url") or "").strip() != source.url or changes.get("source_type") != source.type
    return moved and plans.is_approved(package.id)
