"""Links of offers to markets: followed by readers, counted and shown to those whose offers they are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context
from sqlalchemy import select

from ....clock import local_date
from ....helpers.languages import readers_language
from ...links import clicks, keeping, showing
from ...model.links import MarketLink
from ...model.offers import MarketOffer
from ...offers import working
from ..answers import valid
from ..schema import links as schema

DataDict = dict[str, Any]


@tk.side_effect_free
def orden_market_link_show(context: Context, data_dict: DataDict) -> DataDict:
    """Where a link of an offer leads, judged at this moment.

    :param id: the link's id
    :returns: `open`; then `url`, `host`, `market` and `offer`, or the `problem` that says why nobody is sent there
    """
    data = valid(context, data_dict, schema.show())
    tk.check_access("orden_market_link_show", context, data)
    return _leaving(data["id"])


def orden_market_click_create(context: Context, data_dict: DataDict) -> DataDict:
    """Follow a link: one is added to its count of today, and nothing is noted of who did.

    :param id: the link's id
    :returns: as `orden_market_link_show`, always with the `url`
    """
    data = valid(context, data_dict, schema.show())
    tk.check_access("orden_market_click_create", context, data)
    leaving = _leaving(data["id"])
    if not leaving["open"]:
        message = leaving["problem"]["message"]
        raise tk.ValidationError({"id": [message.get(readers_language()) or message["en"]]})
    clicks.add(data["id"])
    model.Session.commit()
    return leaving


@tk.side_effect_free
def orden_market_link_list(context: Context, data_dict: DataDict) -> DataDict:
    """The links of offers that the caller may work with, how they answer, and how often they are followed.

    :param offer: only those of an offer, by the id of any of its versions, or a list of several offers' ids
    :param dataset: only those of a dataset, by its id or name
    :param organization: only those of an organization's datasets, by its id or name
    :param days: for how many days to count, today among them (default 30, at most 366)
    :param limit: how many at most (default 100, at most 1000)
    :param offset: how many to leave out
    :returns: `links`, each with `offer`, its `title`, `dataset`, `state`, `clicks`, `by_day` and, of all days, `total`
    """
    tk.check_access("orden_market_link_list", context, data_dict)
    data = valid(context, data_dict, schema.listed())
    rows = _rows(context.get("user"), data)
    first = local_date() - timedelta(days=data["days"] - 1)
    link_ids = [link.id for link, _, _ in rows]
    counted, totals = clicks.by_day(link_ids, first), clicks.totals(link_ids)
    shown = [_counted(link, offer, counted.get(link.id, {})) for link, offer, _ in rows]
    beside = [{"dataset": dataset, "total": totals.get(link.id, 0)} for link, _, dataset in rows]
    return {
        "since": first.isoformat(),
        "links": [{**link, **more} for link, more in zip(shown, beside, strict=True)],
    }


def _rows(user_name: str | None, data: DataDict) -> list[tuple[MarketLink, MarketOffer, str]]:
    query = select(MarketLink, MarketOffer, model.Package.name)
    query = query.join(MarketOffer, MarketOffer.id == MarketLink.offer_id)
    query = query.join(model.Package, model.Package.id == MarketOffer.package_id)
    query = query.where(*working.conditions(user_name, data))
    if data.get("offer") is not None:
        series = select(MarketOffer.series_id).where(MarketOffer.id.in_(data["offer"]))
        query = query.where(MarketOffer.series_id.in_(series))
    query = query.order_by(MarketOffer.changed.desc(), MarketOffer.id, MarketLink.position)
    found = model.Session.execute(query.limit(data["limit"]).offset(data["offset"]))
    return [cast("tuple[MarketLink, MarketOffer, str]", tuple(row)) for row in found]


def _counted(link: MarketLink, offer: MarketOffer, by_day: dict[str, int]) -> DataDict:
    shown = {"offer": offer.id, "series": offer.series_id, "offer_state": offer.state}
    shown["title"] = offer.content.get("title", {})
    return {**showing.whole(link), **shown, "clicks": sum(by_day.values()), "by_day": by_day}


def _leaving(link_id: str) -> DataDict:
    found = keeping.found(link_id)
    if found is None:
        raise tk.ObjectNotFound(tk._("Link not found"))
    return showing.leaving(*found)
