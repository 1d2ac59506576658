"""An offer as answers carry it: to readers what stands, to its people what may be done next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import select

from ...clock import local_date
from ...metadata.offers import LOCALES, PRIVATE, State, Taken, check, fields, move, possible, price_details, price_line
from ..links import keeping
from ..links import showing as links
from ..model.links import MarketLink
from ..model.offers import LIVE, OPEN, MarketOffer, MarketStep
from ..registry import markets
from .people import Person, people


@dataclass(frozen=True)
class _Beside:
    """What other rows say of versions that are shown together: a query a table, however many they are."""

    links: Mapping[str, Sequence[MarketLink]]
    packages: Mapping[str, model.Package]
    versions: Mapping[str, Sequence[MarketOffer]]
    """Of each series those that are open or live."""

    def version(self, row: MarketOffer, states: Collection[State]) -> MarketOffer | None:
        """The version of the row's series that is in one of these states."""
        return next((each for each in self.versions[row.series_id] if each.state in states), None)


def told(content: Mapping[str, Any], linked: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What an offer says to buyers, with its price in words in each of the site's languages."""
    shown = {name: value for name, value in content.items() if name not in {*PRIVATE, "links"}}
    offer = check({name: value for name, value in content.items() if name != "links"}, draft=True).offer
    if linked:
        shown["links"] = list(linked)
    if offer is not None and offer.price_mode:
        shown["price_text"] = {locale: price_line(offer, locale) for locale in _languages()}
        shown["price_notes"] = {locale: list(price_details(offer, locale)) for locale in _languages()}
    return shown


def public(rows: Sequence[MarketOffer]) -> list[dict[str, Any]]:
    """Published versions as everybody may read them."""
    kept = keeping.of([row.id for row in rows if row.content.get("links")])
    return [_public(row, kept.get(row.id, ())) for row in rows]


def whole(rows: Sequence[MarketOffer], user_name: str | None) -> list[dict[str, Any]]:
    """Versions as the people of their sellers and the reviewers read them."""
    beside = _beside(rows)
    places = {key: (package.owner_org, key) for key, package in beside.packages.items()}
    found = people(user_name, set(places.values()))
    return [_whole(row, beside, found[places[row.package_id]]) for row in rows]


def _public(row: MarketOffer, kept: Sequence[MarketLink]) -> dict[str, Any]:
    known = {"id": row.id, "series": row.series_id, "number": row.number, "state": row.state}
    return {**told(row.content, links.public(row, kept)), **known}


def _whole(row: MarketOffer, beside: _Beside, who: Person) -> dict[str, Any]:
    found = check(row.content, markets())
    linked = links.stated(row, beside.links[row.id])
    package = beside.packages[row.package_id]
    return {
        **_public(row, beside.links[row.id]),
        **row.content,
        **_against_former(row, beside),
        **({"links": linked} if linked else {}),
        "dataset": row.package_id,
        "dataset_name": package.name,
        "dataset_title": package.title,
        "revision": row.revision,
        "created": row.created.isoformat(),
        "changed": row.changed.isoformat(),
        "published": row.published.isoformat() if row.published else None,
        "steps": _next(row, beside, who),
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


def _beside(rows: Sequence[MarketOffer]) -> _Beside:
    packages = model.Session.query(model.Package).filter(model.Package.id.in_({row.package_id for row in rows}))
    versions: dict[str, list[MarketOffer]] = {row.series_id: [] for row in rows}
    query = select(MarketOffer).where(MarketOffer.series_id.in_(versions), MarketOffer.state.in_((*OPEN, *LIVE)))
    for version in model.Session.execute(query).scalars():
        versions[version.series_id].append(version)
    return _Beside(keeping.of([row.id for row in rows]), {each.id: each for each in packages}, versions)


def _next(row: MarketOffer, beside: _Beside, who: Person) -> list[str]:
    """The steps that this person may take now, a reason given; `revise` begins the next version."""
    how = Taken("-", row.submitted_by is not None and row.submitted_by == who.user_id, row.suspended_by)
    steps = [step for step in possible(row.state, who.roles) if isinstance(move(row.state, step, who.roles, how), str)]
    writes = row.state in LIVE and who.roles & {"editor", "admin"}
    return [*steps, "revise"] if writes and not beside.version(row, OPEN) else steps


def _against_former(row: MarketOffer, beside: _Beside) -> dict[str, Any]:
    """What the next version of an offer changes in the one that it would replace."""
    former = beside.version(row, LIVE) if row.state in OPEN and row.number > 1 else None
    return {"replaces": former.id, "changes": changes(former.content, row.content)} if former else {}


def _languages() -> list[str]:
    offered = tk.config["ckan.locales_offered"]
    return [locale for locale in LOCALES if not offered or locale in offered]


def _names(user_ids: Iterable[str | None]) -> dict[str, str]:
    ids = {user_id for user_id in user_ids if user_id}
    query = model.Session.query(model.User.id, model.User.name).filter(model.User.id.in_(ids))
    return {user_id: name for user_id, name in query}  # noqa: C416 - rows, not pairs
