"""In which roles somebody meets an offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from ckan import authz, model

from ... import config
from ...metadata.offers import Role

_WRITERS = {"editor", "admin"}


@dataclass(frozen=True)
class Person:
    """Who takes a step: the user's id (None for the site itself) and the roles it may be taken in."""

    user_id: str | None
    roles: frozenset[Role]


SITE = Person(None, frozenset({"system"}))


def person(user_name: str | None, organization_id: str | None) -> Person:
    """A user, as the organisation of an offer's dataset meets them."""
    user = model.User.get(user_name) if user_name else None
    if user is None or not user.is_active:
        return Person(None, frozenset())
    roles: set[Role] = set()
    if organization_id:
        capacity = authz.users_role_for_group_or_org(organization_id, user.name)
        if capacity in _WRITERS:
            roles.add(cast(Role, capacity))
    if user.sysadmin:
        roles |= {"admin", "reviewer"}
    elif _reviews(user.name):
        roles.add("reviewer")
    return Person(user.id, frozenset(roles))


def is_for(content: Mapping[str, Any], user_name: str | None) -> bool:
    """Whether an offer is made to this user: one for named organisations is nobody else's business."""
    if content.get("buyers") != "named":
        return True
    groups = (model.Group.get(name) for name in content.get("buyer_organizations", ()))
    return any(group and authz.users_role_for_group_or_org(group.id, user_name) for group in groups)


def _reviews(user_name: str) -> bool:
    group = model.Group.get(config.market_reviewers()) if config.market_reviewers() else None
    return bool(group) and authz.users_role_for_group_or_org(group.id, user_name) in _WRITERS
