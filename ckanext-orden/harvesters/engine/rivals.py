"""Who else has the same dataset: another source, by identifier or by landing page and title, or a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from ckan import model
from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from ..model import HarvestPlan as Plan
from ..model import HarvestRecord as Row

YIELDED = "yielded"
"""State and outcome of a record whose dataset another source has."""
_Other, _Source = aliased(Row), aliased(model.Package)
_OF_SOURCE = and_(_Source.id == _Other.source_id, _Source.state == "active")
_RANK = func.coalesce(Plan.priority, 0)


@dataclass(frozen=True)
class Rival:
    """Another source's record with its dataset."""

    source_id: str
    source: str
    """Its title, or what there is of it."""
    guid: str
    likeness: str
    dataset_id: str
    name: str
    active: bool
    """Whether the dataset is there; else its record was missing and it was deleted."""
    priority: int | None
    """None: the source itself was deleted."""


def rivals(source_id: str, guids: Collection[str], likenesses: Collection[str]) -> list[Rival]:
    """Records of other sources that have one of the identifiers or likenesses, and a dataset."""
    title = func.coalesce(func.nullif(_Source.title, ""), _Source.name, _Other.source_id)
    there = model.Package.state == "active"
    query = (
        select(
            *(_Other.source_id, title, _Other.guid, _Other.likeness, model.Package.id, model.Package.name, there),
            case((_Source.id.is_not(None), _RANK)),
        )
        .join(model.Package, model.Package.id == _Other.dataset_id)
        .outerjoin(_Source, _OF_SOURCE)
        .outerjoin(Plan, Plan.source_id == _Other.source_id)
        .where(_Other.source_id != source_id, or_(_Other.guid.in_(guids), _Other.likeness.in_(likenesses)))
        .where(or_(there, and_(model.Package.state == "deleted", _Other.state == "deleted")))
    )
    return [Rival(*row) for row in model.Session.execute(query)]


def priority(source_id: str) -> int:
    """What is settled in the source's plan."""
    return model.Session.execute(select(Plan.priority).where(Plan.source_id == source_id)).scalar() or 0


def locally_made(guids: Collection[str]) -> dict[str, str]:
    """Identifiers of datasets that come from no source, and the names of these."""
    identifier = model.Package.extras["identifier"].astext
    query = select(identifier, model.Package.name).where(
        identifier.in_(guids),
        model.Package.type == "dataset",
        model.Package.state == "active",
        model.Package.id.not_in(select(Row.dataset_id).where(Row.dataset_id.is_not(None))),
    )
    return {row[0]: row[1] for row in model.Session.execute(query)}


def yields() -> ColumnElement[bool]:
    """Of a row: whether it has given way to a source that still has the dataset and the higher priority."""
    own = select(func.coalesce(func.max(Plan.priority), 0)).where(Plan.source_id == Row.source_id)
    higher = (
        select(_Other.guid)
        .join(model.Package, and_(model.Package.id == _Other.dataset_id, model.Package.state == "active"))
        .join(_Source, _OF_SOURCE)
        .outerjoin(Plan, Plan.source_id == _Other.source_id)
        .where(
            _Other.source_id != Row.source_id,
            or_(_Other.guid == Row.guid, and_(Row.likeness != "", _Other.likeness == Row.likeness)),
            own.correlate(Row).scalar_subquery() < _RANK,
        )
    )
    return and_(Row.state == YIELDED, higher.correlate(Row).exists())


def is_anybody_free(source_id: str) -> bool:
    """Whether a record of the source has given way, and has nobody to give way to any more."""
    query: Any = select(Row.guid).where(Row.source_id == source_id, Row.state == YIELDED, ~yields())
    return model.Session.execute(query.limit(1)).scalar() is not None
