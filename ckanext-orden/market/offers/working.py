"""The offers that somebody may work with: of their organisations, as collaborators, as reviewers all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import ColumnElement, false, func, or_, select

from ..model.offers import MarketOffer
from .people import collaborations, person


@dataclass(frozen=True)
class Found:
    """One page of offers, and how many there are in all."""

    count: int
    rows: list[MarketOffer]


def found(user_name: str | None, asked: Mapping[str, Any]) -> Found:
    """The offers that fit, in the order of their last change; `asked` as `orden_market_offer_list` takes it."""
    rows = select(MarketOffer).join(model.Package, model.Package.id == MarketOffer.package_id)
    rows = rows.where(*conditions(user_name, asked))
    changed = MarketOffer.changed.asc() if asked["order"] == "oldest" else MarketOffer.changed.desc()
    page = rows.order_by(changed, MarketOffer.id).limit(asked["limit"]).offset(asked["offset"])
    count = select(func.count()).select_from(rows.subquery())
    return Found(model.Session.execute(count).scalar_one(), list(model.Session.execute(page).scalars()))


def conditions(user_name: str | None, asked: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """What offers fit, over the tables of offers and datasets."""
    return [*_asked(asked), *_own(user_name)]


def _asked(asked: Mapping[str, Any]) -> Iterator[ColumnElement[bool]]:
    if asked.get("dataset"):
        package = model.Package.get(asked["dataset"])
        yield MarketOffer.package_id == package.id if package else false()
    if asked.get("organization"):
        group = model.Group.get(asked["organization"])
        yield model.Package.owner_org == group.id if group else false()
    if asked.get("series"):
        yield MarketOffer.series_id == asked["series"]
    if asked.get("state"):
        yield MarketOffer.state == asked["state"]


def _own(user_name: str | None) -> Iterator[ColumnElement[bool]]:
    if "reviewer" in person(user_name, None).roles:
        return
    wanted = {"id": user_name, "permission": "update_dataset"}
    own = tk.get_action("organization_list_for_user")({"ignore_auth": True, "user": user_name or ""}, wanted)
    of_own = model.Package.owner_org.in_([organization["id"] for organization in own])
    helped = collaborations(user_name)
    yield of_own if helped is None else or_(of_own, model.Package.id.in_(helped))
