"""Offers that stand, for everybody who looks for one."""

from __future__ import annotations

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
    :param sort: `new` (default), `price` (the least first) or `title` (of the dataset)
    :param limit: how many at most (default 20, at most 100)
    :param offset: how many to leave out
    :returns: `count`; `offers`, each as in `package_show`, with its `dataset` and `organization`; `organizations`,
        those that have any offer, each with their number
    """
    tk.check_access("orden_market_offer_search", context, data_dict)
    data = valid(context, data_dict, search_schema.search())
    found = search.search(context.get("user"), data)
    return {"count": found.count, "offers": [_told(hit) for hit in found.hits], "organizations": found.organizations}


def _told(hit: search.Hit) -> DataDict:
    return {**showing.public(hit.row), "dataset": hit.dataset, "organization": hit.organization}
