"""An offer as answers carry it: to readers what stands, to its people what may be done next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import select

from ...metadata.offers import LOCALES, PRIVATE, Taken, check, fields, move, possible, price_details, price_line
from ..clock import local_date
from ..links import showing as links
from ..model.offers import LIVE, OPEN, MarketOffer, MarketStep
from ..registry import markets
from .people import Person


def public(row: MarketOffer) -> dict[str, Any]:
    """A published version as everybody may read it, with its price in words in each of the site's languages."""
    offer = check({name: value for name, value in row.content.items() if name != "links"}, draft=True).offer
    shown = {name: value for name, value in row.content.items() if name not in {*PRIVATE, "links"}}
    if linked := links.public(row):
        shown["links"] = linked
    shown |= {"id": row.id, "series": row.series_id, "number": row.number, "state": row.state}
    if offer is not None and offer.price_mode:
        shown["price_text"] = {locale: price_line(offer, locale) for locale in _languages()}
        shown["price_notes"] = {locale: list(price_details(offer, locale)) for locale in _languages()}
    return shown


def whole(row: MarketOffer, who: Person) -> dict[str, Any]:
    """A version as the people of its seller and the reviewers read it."""
    found = check(row.content, markets())
    linked = links.stated(row)
    package = model.Package.get(row.package_id)
    return {
        **public(row),
        **row.content,
        **_against_former(row),
        **({"links": linked} if linked else {}),
        "dataset": row.package_id,
        "dataset_name": package.name if package else "",
        "dataset_title": package.title if package else "",
        "revision": row.revision,
        "created": row.created.isoformat(),
        "changed": row.changed.isoformat(),
        "published": row.published.isoformat() if row.published else None,
        "steps": _next(row, who),
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


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields in which two contents differ, in the order of the form."""
    names = (name for name in fields() if before.get(name) != after.get(name))
    return [{"field": name, "before": before.get(name), "after": after.get(name)} for name in names]


def standing(package_id: str) -> list[MarketOffer]:
    """The versions that are offered today for a dataset, in the order in which they were first made."""
    query = select(MarketOffer).where(MarketOffer.package_id == package_id, MarketOffer.stands(local_date()))
    return list(model.Session.execute(query.order_by(MarketOffer.created, MarketOffer.id)).scalars())


def _next(row: MarketOffer, who: Person) -> list[str]:
    """The steps that this person may take now, a reason given; `revise` begins the next version."""
    how = Taken("-", row.submitted_by is not None and row.submitted_by == who.user_id, row.suspended_by)
    steps = [step for step in possible(row.state, who.roles) if isinstance(move(row.state, step, who.roles, how), str)]
    writes = row.state in LIVE and who.roles & {"editor", "admin"}
    return [*steps, "revise"] if writes and not MarketOffer.of_series(row.series_id, OPEN) else steps


def _against_former(row: MarketOffer) -> dict[str, Any]:
    """What the next version of an offer changes in the one that it would replace."""
    former = MarketOffer.of_series(row.series_id, LIVE) if row.state in OPEN and row.number > 1 else None
    return {"replaces": former.id, "changes": changes(former.content, row.content)} if former else {}


def _languages() -> list[str]:
    offered = tk.config["ckan.locales_offered"]
    return [locale for locale in LOCALES if not offered or locale in offered]


def _names(user_ids: Iterable[str | None]) -> dict[str, str]:
    ids = {user_id for user_id in user_ids if user_id}
    query = model.Session.query(model.User.id, model.User.name).filter(model.User.id.in_(ids))
    return {user_id: name for user_id, name in query}  # noqa: C416 - rows, not pairs
