"""What operators have settled for a source: when it runs, how politely, who hears of it."""

from __future__ import annotations

from typing import Any

from ckan import model

from .model import HarvestPlan


def of(source_id: str) -> HarvestPlan:
    """The source's plan; where nothing is settled yet, one with the defaults that is not in the session."""
    found = model.Session.get(HarvestPlan, source_id)
    return found or HarvestPlan(source_id=source_id, **_defaults())


def change(source_id: str, **values: Any) -> HarvestPlan:
    """Settle something; the caller commits."""
    plan = of(source_id)
    for name, value in values.items():
        setattr(plan, name, value)
    model.Session.add(plan)
    return plan


def _defaults() -> dict[str, Any]:
    return {
        column.name: column.default.arg
        for column in HarvestPlan.__table__.columns
        if column.default is not None and column.default.is_scalar
    }
