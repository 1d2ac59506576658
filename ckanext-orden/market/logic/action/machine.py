"""Trading terms of datasets: read into offers, and kept apart from what offers say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from ckan.plugins import toolkit as tk
from ckan.types import Context

from ....metadata.offers.stating import withdraw
from ...offers import reading
from ..answers import valid
from ..schema import offers as schema

DataDict = dict[str, Any]
Action = Callable[[Context, DataDict], Any]


@tk.side_effect_free
def orden_market_offer_read(context: Context, data_dict: DataDict) -> DataDict:
    """What the provider has written of a dataset's trade (CADDE's keys) as fields to begin an offer with.

    :param dataset: the id or name of the dataset
    :returns: `offer`, the fields, and `issues`, what was not understood
    """
    data = valid(context, data_dict, schema.read())
    tk.check_access("orden_market_offer_read", context, data)
    asked = cast(Context, {"user": context.get("user"), "for_edit": True, "use_cache": False})
    return reading.read(tk.get_action("package_show")(asked, {"id": data["dataset"]}))


@tk.chained_action
def package_create(original: Action, context: Context, data_dict: DataDict) -> Any:
    """CKAN's action; what the offers of a shown dataset say does not become what its provider says."""
    return original(context, _stated(data_dict))


@tk.chained_action
def package_update(original: Action, context: Context, data_dict: DataDict) -> Any:
    """CKAN's action; what the offers of a shown dataset say does not become what its provider says."""
    return original(context, _stated(data_dict))


def _stated(data_dict: DataDict) -> DataDict:
    dataset = dict(data_dict)
    withdraw(dataset)
    return dataset
