"""The registry of markets: read by everybody, written by sysadmins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ....metadata.offers import Market
from ... import registry
from ...errors import Refused
from ..answers import errors_of, valid
from ..schema import markets as schema

DataDict = dict[str, Any]
Done = TypeVar("Done")


@tk.side_effect_free
def orden_market_market_list(context: Context, data_dict: DataDict) -> list[DataDict]:
    """The markets that offers may link to, those that are switched off among them.

    :returns: `code`, `name`, `hosts`, `patterns`, `home`, `enabled` and `preset` of each
    """
    tk.check_access("orden_market_market_list", context, data_dict)
    return [registry.shown(market) for market in registry.markets().values()]


@tk.side_effect_free
def orden_market_market_show(context: Context, data_dict: DataDict) -> DataDict:
    """A market of the registry.

    :param code: its code
    """
    tk.check_access("orden_market_market_show", context, data_dict)
    return registry.shown(_market(valid(context, data_dict, schema.show())))


def orden_market_market_create(context: Context, data_dict: DataDict) -> DataDict:
    """Register a market.

    :param code: small letters, digits, hyphens and underscores
    :param name: `{"ja": …, "en": …}`
    :param hosts: whole host names in ASCII, as a list or parted by spaces
    :param patterns: paths of listings (`/items/{id}`), as a list or parted by spaces (default: any path)
    :param home: its first page, on one of the hosts (default: none)
    :param enabled: false takes no links (default: true)
    """
    tk.check_access("orden_market_market_create", context, data_dict)
    made = registry.market_of(valid(context, data_dict, schema.create()))
    return registry.shown(_done(lambda: registry.create(made)))


def orden_market_market_update(context: Context, data_dict: DataDict) -> DataDict:
    """Change a market, or make an entry of a preset; what is left out stays.

    :param code: its code; the others as for `orden_market_market_create`
    """
    tk.check_access("orden_market_market_update", context, data_dict)
    data = valid(context, data_dict, schema.update())
    changed = registry.market_of({**registry.shown(_market(data)), **data})
    return registry.shown(_done(lambda: registry.change(changed)))


def orden_market_market_delete(context: Context, data_dict: DataDict) -> None:
    """Delete a market that no offer has linked to; a preset is again what it was.

    :param code: its code
    """
    tk.check_access("orden_market_market_delete", context, data_dict)
    market = _market(valid(context, data_dict, schema.show()))
    _done(lambda: registry.remove(market.code))


def _market(data: DataDict) -> Market:
    market = registry.markets().get(data["code"])
    if market is None:
        raise tk.ObjectNotFound(tk._("Market not found"))
    return market


def _done(step: Callable[[], Done]) -> Done:
    """A step as one transaction."""
    try:
        done = step()
    except Refused as refused:
        model.Session.rollback()
        raise tk.ValidationError(errors_of(refused)) from refused
    model.Session.commit()
    return done
