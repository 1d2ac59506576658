"""In which roles somebody meets an offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from ckan import authz, model
from sqlalchemy import Select, select

from ... import config
from ...metadata.offers import Role

_WRITERS = frozenset({"editor", "admin"})


@dataclass(frozen=True)
class Person:
    """Who takes a step: the user's id (None for the site itself) and the roles it may be taken in."""

    user_id: str | None
    roles: frozenset[Role]


SITE = Person(None, frozenset({"system"}))


def person(user_name: str | None, organization_id: str | None, dataset_id: str | None = None) -> Person:
    """A user, as the organisation of an offer's dataset, and the dataset as its collaborator, meet them."""
    user = model.User.get(user_name) if user_name else None
    if user is None or not user.is_active:
        return Person(None, frozenset())
    roles: set[Role] = {*_in_organization(user, organization_id), *_in_dataset(user, dataset_id)}
    if user.sysadmin:
        roles |= {"admin", "reviewer"}
    elif _reviews(user.name):
        roles.add("reviewer")
    return Person(user.id, frozenset(roles))


def works(user_name: str | None) -> bool:
    """Whether somebody may work with offers at all: those who may write datasets, and reviewers."""
    if authz.has_user_permission_for_some_org(user_name, "update_dataset") or person(user_name, None).roles:
        return True
    found = collaborations(user_name)
    return found is not None and model.Session.execute(found.limit(1)).first() is not None


def collaborations(user_name: str | None, *, reads: bool = False) -> Select[Any] | None:
    """The ids of the datasets that a user may change (`reads`: see) as a collaborator; none where the site has none."""
    user = model.User.get(user_name) if user_name else None
    if user is None or not user.is_active or not authz.check_config_permission("allow_dataset_collaborators"):
        return None
    found = select(model.PackageMember.package_id).where(model.PackageMember.user_id == user.id)
    return found if reads else found.where(model.PackageMember.capacity.in_(_WRITERS))


def is_for(content: Mapping[str, Any], user_name: str | None) -> bool:
    """Whether an offer is made to this user: one for named organisations is nobody else's business."""
    if content.get("buyers") != "named":
        return True
    groups = (model.Group.get(name) for name in content.get("buyer_organizations", ()))
    return any(group and authz.users_role_for_group_or_org(group.id, user_name) for group in groups)


def _in_organization(user: model.User, organization_id: str | None) -> Iterator[Role]:
    capacity = authz.users_role_for_group_or_org(organization_id, user.name) if organization_id else None
    if capacity in _WRITERS:
        yield cast(Role, capacity)


def _in_dataset(user: model.User, dataset_id: str | None) -> Iterator[Role]:
    found = collaborations(user.name) if dataset_id else None
    if found is None:
        return
    held = found.where(model.PackageMember.package_id == dataset_id).with_only_columns(model.PackageMember.capacity)
    yield from cast(Iterator[Role], model.Session.execute(held).scalars())


def _reviews(user_name: str) -> bool:
    group = model.Group.get(config.market_reviewers()) if config.market_reviewers() else None
    return bool(group) and authz.users_role_for_group_or_org(group.id, user_name) in _WRITERS
