"""In which roles somebody meets an offer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ckan import authz, model
from sqlalchemy import Select, select

from ... import config
from ...metadata.offers import Role

Place = tuple[str | None, str | None]
"""The ids of an organisation and of a dataset."""
NO: frozenset[Role] = frozenset()
_WRITERS = frozenset({"editor", "admin"})


@dataclass(frozen=True)
class Person:
    """Who takes a step: the user's id (None for the site itself) and the roles it may be taken in."""

    user_id: str | None
    roles: frozenset[Role]


SITE = Person(None, frozenset({"system"}))


def person(user_name: str | None, organization_id: str | None, dataset_id: str | None = None) -> Person:
    """A user, as the organisation of an offer's dataset, and the dataset as its collaborator, meet them."""
    place = organization_id, dataset_id
    return people(user_name, {place})[place]


def people(user_name: str | None, places: Collection[Place]) -> dict[Place, Person]:
    """A user, as each of these places meets them; the same number of queries for any number of them."""
    user = model.User.get(user_name) if user_name else None
    if user is None or not user.is_active:
        return dict.fromkeys(places, Person(None, frozenset()))
    everywhere = _everywhere(user)
    writes = _in_organizations(user, {organization for organization, _ in places if organization})
    helps = _in_datasets(user, {dataset for _, dataset in places if dataset})
    return {
        (organization, dataset): Person(user.id, everywhere | writes.get(organization, NO) | helps.get(dataset, NO))
        for organization, dataset in places
    }


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


def _everywhere(user: model.User) -> frozenset[Role]:
    if user.sysadmin:
        return frozenset({"admin", "reviewer"})
    return frozenset({"reviewer"}) if _reviews(user.name) else NO


def _in_organizations(user: model.User, ids: Collection[str]) -> dict[str | None, frozenset[Role]]:
    """In which role the user writes for an organisation; only those for which they do."""
    if not ids:
        return {}
    member = model.Member
    query = select(member.group_id, member.capacity).where(member.table_name == "user", member.table_id == user.id)
    query = query.where(member.state == "active", member.capacity.in_(_WRITERS), member.group_id.in_(ids))
    return {group: frozenset({capacity}) for group, capacity in model.Session.execute(query)}


def _in_datasets(user: model.User, ids: Collection[str]) -> dict[str | None, frozenset[Role]]:
    """In which role the user collaborates at a dataset; only those which they may change."""
    found = collaborations(user.name) if ids else None
    if found is None:
        return {}
    member = model.PackageMember
    held = found.where(member.package_id.in_(ids)).with_only_columns(member.package_id, member.capacity)
    return {dataset: frozenset({capacity}) for dataset, capacity in model.Session.execute(held)}


def _reviews(user_name: str) -> bool:
    group = model.Group.get(config.market_reviewers()) if config.market_reviewers() else None
    return bool(group) and authz.users_role_for_group_or_org(group.id, user_name) in _WRITERS
