"""The inquiries of a provider, with figures, and those that somebody sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import ColumnElement, false, func, select

from ...clock import utcnow
from ...metadata.offers.inquiries import INQUIRY_STATES
from ..model.inquiries import MarketInquiry
from . import showing


def found(user_name: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """One page of inquiries, newest change first, and the figures of all; `asked` as the action takes it."""
    conditions = _whose(user_name, asked)
    rows = select(MarketInquiry).where(*conditions)
    if asked.get("state"):
        rows = rows.where(MarketInquiry.state == asked["state"])
    count = model.Session.execute(select(func.count()).select_from(rows.subquery())).scalar_one()
    ordered = rows.order_by(MarketInquiry.changed.desc(), MarketInquiry.id)
    page = model.Session.execute(ordered.limit(asked["limit"]).offset(asked["offset"])).scalars()
    return {"count": count, "inquiries": [showing.brief(row) for row in page], "figures": _figures(conditions)}


def _whose(user_name: str, asked: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    confirmed = MarketInquiry.state != "unconfirmed"
    if asked.get("organization"):
        group = model.Group.get(asked["organization"])
        return [confirmed, MarketInquiry.organization_id == group.id if group else false()]
    if asked["side"] == "provider":
        wanted = {"id": user_name, "permission": "update_dataset"}
        own = tk.get_action("organization_list_for_user")({"ignore_auth": True, "user": user_name}, wanted)
        return [confirmed, MarketInquiry.organization_id.in_([each["id"] for each in own])]
    user = model.User.get(user_name)
    return [MarketInquiry.user_id == user.id if user else false()]


def _figures(conditions: list[ColumnElement[bool]]) -> dict[str, Any]:
    """How many in each state, how many wait longer than the reminder, and the median hours to the first answer."""
    by_state = select(MarketInquiry.state, func.count()).where(*conditions).group_by(MarketInquiry.state)
    counts = {state: count for state, count in model.Session.execute(by_state)}  # noqa: C416 - rows, not pairs
    took = func.extract("epoch", MarketInquiry.first_answered - MarketInquiry.received)
    median = select(func.percentile_cont(0.5).within_group(took)).where(
        *conditions, MarketInquiry.first_answered.is_not(None)
    )
    seconds = model.Session.execute(median).scalar_one()
    return {
        "states": {state: counts.get(state, 0) for state in INQUIRY_STATES if state != "unconfirmed"},
        "overdue": _overdue(conditions),
        "median_hours": None if seconds is None else round(float(seconds) / 3600, 1),
    }


def _overdue(conditions: list[ColumnElement[bool]]) -> int:
    """Received inquiries whose reminder is due or has gone out."""
    late = (MarketInquiry.state == "received", func.coalesce(MarketInquiry.due, MarketInquiry.changed) <= utcnow())
    return model.Session.execute(select(func.count(MarketInquiry.id)).where(*conditions, *late)).scalar_one()
