"""An offer as answers carry it: to readers what stands, to its people what may be done next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import select

from ...metadata.offers import LOCALES, PRIVATE, check, possible, price_details, price_line
from ..clock import local_date
from ..model import MarketOffer, MarketStep
from ..registry import markets
from .people import Person


def public(row: MarketOffer) -> dict[str, Any]:
    """A published version as everybody may read it, with its price in words in each of the site's languages."""
    offer = check(row.content, markets(), draft=True).offer
    shown = {name: value for name, value in row.content.items() if name not in PRIVATE}
    shown |= {"id": row.id, "series": row.series_id, "number": row.number, "state": row.state}
    if offer is not None:
        shown["price_text"] = {locale: price_line(offer, locale) for locale in _languages()}
        shown["price_notes"] = {locale: list(price_details(offer, locale)) for locale in _languages()}
    return shown


def whole(row: MarketOffer, who: Person) -> dict[str, Any]:
    """A version as the people of its seller and the reviewers read it."""
    found = check(row.content, markets())
    return {
        **public(row),
        **row.content,
        "dataset": row.package_id,
        "revision": row.revision,
        "created": row.created.isoformat(),
        "changed": row.changed.isoformat(),
        "published": row.published.isoformat() if row.published else None,
        "steps": list(possible(row.state, who.roles)),
        "report": found.report.as_dict(),
    }


def history(row: MarketOffer) -> list[dict[str, Any]]:
    """Every step of a version, oldest first."""
    steps = MarketStep.of(row.id)
    names = _names(step.user_id for step in steps)
    return [
        {
            "at": step.at.isoformat(),
            "user": names.get(step.user_id or ""),
            "role": step.role,
            "action": step.action,
            "from": step.source,
            "to": step.target,
            "reason": step.reason,
            "fields": step.fields,
        }
        for step in steps
    ]


def standing(package_id: str) -> list[MarketOffer]:
    """The versions that are offered today for a dataset, in the order in which they were first made."""
    query = select(MarketOffer).where(MarketOffer.package_id == package_id, MarketOffer.stands(local_date()))
    return list(model.Session.execute(query.order_by(MarketOffer.created, MarketOffer.id)).scalars())


def _languages() -> list[str]:
    offered = tk.config["ckan.locales_offered"]
    return [locale for locale in LOCALES if not offered or locale in offered]


def _names(user_ids: Iterable[str | None]) -> dict[str, str]:
    ids = {user_id for user_id in user_ids if user_id}
    query = model.Session.query(model.User.id, model.User.name).filter(model.User.id.in_(ids))
    return {user_id: name for user_id, name in query}  # noqa: C416 - rows, not pairs
