"""Offers that stand, for everybody who looks for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

from ...offers import search, showing
from ..answers import valid
from ..schema import search as search_schema

DataDict = dict[str, Any]


@tk.side_effect_free
def orden_market_offer_search(context: Context, data_dict: DataDict) -> DataDict:
    """The offers that stand today and that the caller may see.

    :param q: words of the offer, its dataset or its seller; all must be there
    :param price_mode: only those of a price mode
    :param delivery: only those that are handed over in this way
    :param market: only those that a market sells, by its code
    :param organization: only those of an organization's datasets, by its id or name
    :param currency: only prices in a currency (ISO 4217), and what is free
    :param min_price: only prices from this amount on, in `currency` (default JPY); offers without a price are left out
    :param max_price: only prices up to this amount; of an offer with a range of prices some part lies between the two
    :param sort: `new` (default), `price` (the least first) or `title` (of the dataset)
    :param limit: how many at most (default 20, at most 100)
    :param offset: how many to leave out
    :returns: `count`; `offers`, each as in `package_show`, with its `dataset` and `organization`; `organizations`
        and `currencies`, those that have any offer, each with their number
    """
    tk.check_access("orden_market_offer_search", context, data_dict)
    data = valid(context, data_dict, search_schema.search())
    found = search.search(context.get("user"), data)
    beside = {"organizations": found.organizations, "currencies": found.currencies}
    return {"count": found.count, "offers": _told(found.hits), **beside}


def _told(hits: Sequence[search.Hit]) -> list[DataDict]:
    shown = showing.public([hit.row for hit in hits])
    beside = ({"dataset": hit.dataset, "organization": hit.organization} for hit in hits)
    return [{**offer, **more} for offer, more in zip(shown, beside, strict=True)]
