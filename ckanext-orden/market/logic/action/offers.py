"""Offers: written, handed in, reviewed, published, shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ....clock import local_date
from ....metadata.offers import check
from ...errors import Refused
from ...indexing import catch_up
from ...model.offers import MarketOffer
from ...offers import showing, steps, working, writing
from ...offers.people import Person, person
from ...registry import markets
from ..answers import errors_of, valid
from ..schema import offers as schema

DataDict = dict[str, Any]


@tk.side_effect_free
def orden_market_offer_validate(context: Context, data_dict: DataDict) -> DataDict:
    """What is wrong with an offer, before it is written; nothing is kept.

    :param offer: the fields of the offer
    :param draft: true lets gaps pass (default: false)
    :returns: a report
    """
    tk.check_access("orden_market_offer_validate", context, data_dict)
    data = valid(context, data_dict, schema.validate())
    return check(data["offer"], markets(), draft=data.get("draft", False)).report.as_dict()


def orden_market_offer_create(context: Context, data_dict: DataDict) -> DataDict:
    """Begin an offer of a dataset as a draft, which may have gaps but no wrong values.

    :param dataset: the id or name of the dataset
    :param offer: the fields of the offer
    :returns: the offer as `orden_market_offer_show` gives it
    """
    data = valid(context, data_dict, schema.create())
    tk.check_access("orden_market_offer_create", context, data)
    package = _dataset(data["dataset"])
    return _done(context, package, lambda who: writing.create(package.id, data["offer"], who))


def orden_market_offer_update(context: Context, data_dict: DataDict) -> DataDict:
    """Write a draft anew; fields that are left out are emptied. What is published is changed by a new version (revise).

    :param id: the offer's id
    :param offer: the fields of the offer
    :param revision: the revision that was looked at; another one by now is an error (default: it does not matter)
    """
    data = valid(context, data_dict, schema.update())
    tk.check_access("orden_market_offer_update", context, data)
    row = _row(data)
    return _done(context, _of(row), lambda who: writing.edit(row.id, data["offer"], who, data.get("revision")))


def orden_market_offer_revise(context: Context, data_dict: DataDict) -> DataDict:
    """Begin a new version of a published or suspended offer; its publication takes the place of the old one.

    :param id: the offer's id
    """
    data = valid(context, data_dict, schema.show())
    tk.check_access("orden_market_offer_revise", context, data)
    row = _row(data)
    return _done(context, _of(row), lambda who: writing.revise(row.id, who))


def orden_market_offer_submit(context: Context, data_dict: DataDict) -> DataDict:
    """Hand a draft in for review; it must be without errors.

    :param id: the offer's id
    :param revision: the revision that was looked at (default: it does not matter)
    """
    return _step(context, data_dict, "submit")


def orden_market_offer_recall(context: Context, data_dict: DataDict) -> DataDict:
    """Take an offer back that has been handed in, to write on.

    :param id: the offer's id
    :param revision: the revision that was looked at (default: it does not matter)
    """
    return _step(context, data_dict, "recall")


def orden_market_offer_return(context: Context, data_dict: DataDict) -> DataDict:
    """As a reviewer, give an offer back to its writers.

    :param id: the offer's id
    :param reason: what is to be mended
    :param revision: the revision that was looked at (default: it does not matter)
    """
    return _step(context, data_dict, "return")


def orden_market_offer_publish(context: Context, data_dict: DataDict) -> DataDict:
    """As a reviewer, publish an offer that somebody else has handed in; the version that stood till now makes room.

    :param id: the offer's id
    :param revision: the revision that was looked at (default: it does not matter)
    """
    return _step(context, data_dict, "publish")


def orden_market_offer_suspend(context: Context, data_dict: DataDict) -> DataDict:
    """Take a published offer from readers for a while.

    :param id: the offer's id
    :param reason: why
    :param revision: the revision that was looked at (default: it does not matter)
    """
    return _step(context, data_dict, "suspend")


def orden_market_offer_resume(context: Context, data_dict: DataDict) -> DataDict:
    """Show a suspended offer again.

    :param id: the offer's id
    :param revision: the revision that was looked at (default: it does not matter)
    """
    return _step(context, data_dict, "resume")


def orden_market_offer_discard(context: Context, data_dict: DataDict) -> DataDict:
    """Drop a draft, or an offer that waits for review; its history stays.

    :param id: the offer's id
    :param revision: the revision that was looked at (default: it does not matter)
    """
    return _step(context, data_dict, "discard")


def orden_market_offer_withdraw(context: Context, data_dict: DataDict) -> DataDict:
    """End a published or suspended offer for good.

    :param id: the offer's id
    :param reason: why
    :param revision: the revision that was looked at (default: it does not matter)
    """
    return _step(context, data_dict, "withdraw")


@tk.side_effect_free
def orden_market_offer_show(context: Context, data_dict: DataDict) -> DataDict:
    """An offer: to everybody what is published, to its people also what may be done next and what is wrong.

    :param id: the offer's id
    :param standing: true for the version of this offer that stands today, as everybody reads it (default: false)
    """
    data = valid(context, data_dict, schema.looked_at())
    row = _row(data)
    if data.get("standing"):
        row = _standing(row)
    tk.check_access("orden_market_offer_show", context, {"id": row.id})
    if data.get("standing"):
        [shown] = showing.public([row])
        return {**shown, "dataset": row.package_id}
    roles = _caller(context, _of(row)).roles
    [shown] = showing.whole([row], context.get("user")) if roles else showing.public([row])
    return shown


@tk.side_effect_free
def orden_market_offer_history(context: Context, data_dict: DataDict) -> list[DataDict]:
    """Every step of an offer's life, for its people and the reviewers.

    :param id: the offer's id
    """
    data = valid(context, data_dict, schema.show())
    tk.check_access("orden_market_offer_history", context, data)
    return showing.history(_row(data))


@tk.side_effect_free
def orden_market_offer_list(context: Context, data_dict: DataDict) -> DataDict:
    """The offers that the caller may work with, in the order of their last change.

    :param dataset: only those of a dataset, by its id or name
    :param organization: only those of an organization's datasets, by its id or name
    :param series: only the versions of one offer (the key `series` of each)
    :param state: only those in this state
    :param order: `newest` first (default) or `oldest`
    :param limit: how many at most (default 100, at most 1000)
    :param offset: how many to leave out
    :returns: `count` and `offers`
    """
    tk.check_access("orden_market_offer_list", context, data_dict)
    data = valid(context, data_dict, schema.listed())
    found = working.found(context.get("user"), data)
    return {"count": found.count, "offers": showing.whole(found.rows, context.get("user"))}


def _step(context: Context, data_dict: DataDict, action: str) -> DataDict:
    data = valid(context, data_dict, schema.step())
    tk.check_access(f"orden_market_offer_{action}", context, data)
    row = _row(data)
    how = {"reason": data["reason"], "revision": data.get("revision")}
    return _done(context, _of(row), lambda who: steps.take(row.id, action, who, **how))


def _done(context: Context, package: model.Package, step: Callable[[Person], MarketOffer]) -> DataDict:
    """Take a step as one transaction, and have the index follow."""
    who = _caller(context, package)
    try:
        row = step(who)
    except Refused as refused:
        model.Session.rollback()
        raise tk.ValidationError(errors_of(refused)) from refused
    model.Session.commit()
    catch_up(package.id)
    return showing.whole([row], context.get("user"))[0]


def _caller(context: Context, package: model.Package) -> Person:
    return person(context.get("user"), package.owner_org, package.id)


def _row(data: DataDict) -> MarketOffer:
    row = MarketOffer.get(data["id"])
    if row is None:
        raise tk.ObjectNotFound(tk._("Offer not found"))
    return row


def _standing(row: MarketOffer) -> MarketOffer:
    version = MarketOffer.of_series(row.series_id, ("published",))
    if version is None or not version.stands_on(local_date()):
        raise tk.ObjectNotFound(tk._("Offer not found"))
    return version


def _of(row: MarketOffer) -> model.Package:
    return _dataset(row.package_id)


def _dataset(name: str) -> model.Package:
    package = model.Package.get(name)
    if package is None:
        raise tk.ObjectNotFound(tk._("Dataset not found"))
    return package
