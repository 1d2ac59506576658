"""The markets that offers may link to: the presets, and the operator's entries, which go before them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan import model
from flask import g, has_request_context
from sqlalchemy import exists, select, update

from ..clock import local_date
from ..metadata.offers import JDEX, Market, Markets, market_problems
from ..metadata.offers.problems import problem
from .errors import Refused
from .model.links import MarketLink, MarketMarket
from .model.offers import MarketOffer

PRESETS: Markets = {JDEX.code: JDEX}
"""Markets that need no entry."""
_KEPT = "orden_market_markets"


def markets() -> Markets:
    """The registry, by code; it is read once for a request."""
    if not has_request_context():
        return _read()
    if _KEPT not in g:
        setattr(g, _KEPT, _read())
    return getattr(g, _KEPT)


def create(market: Market) -> Market:
    """A new entry; the caller commits. Refused says what is wrong."""
    if market.code in markets():
        raise Refused(problem("market_exists", "code", market.code))
    return _write(market)


def change(market: Market) -> Market:
    """An entry, or a preset, with other contents; the caller commits. Refused says what is wrong."""
    return _write(market)


def remove(code: str) -> None:
    """Take an entry away, with which a preset is again what it was; the caller commits. Refused says why not."""
    row = model.Session.get(MarketMarket, code)
    if row is None:
        raise Refused(problem("market_preset", "code", code))
    linked = model.Session.query(exists().where(MarketLink.market == code)).scalar()
    if linked and code not in PRESETS:
        raise Refused(problem("market_linked", "code", code))
    model.Session.delete(row)
    _followed(code)


def shown(market: Market) -> dict[str, Any]:
    """An entry as answers carry it."""
    return {
        "code": market.code,
        "name": dict(market.name),
        "hosts": list(market.hosts),
        "patterns": list(market.patterns),
        "home": market.home,
        "enabled": market.enabled,
        "preset": market.code in PRESETS,
    }


def market_of(values: Mapping[str, Any]) -> Market:
    """An entry from what an action takes."""
    return Market(
        code=values["code"],
        name={language: text.strip() for language, text in values["name"].items() if text.strip()},
        hosts=tuple(dict.fromkeys(host.strip().lower() for host in values["hosts"])),
        patterns=tuple(dict.fromkeys(pattern.strip() for pattern in values["patterns"])),
        home=values["home"].strip(),
        enabled=values["enabled"],
    )


def _read() -> Markets:
    rows = model.Session.execute(select(MarketMarket).order_by(MarketMarket.code)).scalars()
    return {**PRESETS, **{row.code: _market(row) for row in rows}}


def _market(row: MarketMarket) -> Market:
    return Market(row.code, row.name, tuple(row.hosts), tuple(row.patterns), row.home, row.enabled)


def _write(market: Market) -> Market:
    issues = tuple(market_problems(market))
    if issues:
        raise Refused(*issues)
    kept = {name: value for name, value in shown(market).items() if name != "preset"}
    model.Session.merge(MarketMarket(**kept))
    _followed(market.code)
    return market


def _followed(code: str) -> None:
    """Forget what was read, and have the index told of the offers that link there."""
    model.Session.flush()
    if has_request_context():
        g.pop(_KEPT, None)
    linked = select(MarketLink.offer_id).where(MarketLink.market == code)
    standing = update(MarketOffer).where(MarketOffer.id.in_(linked), MarketOffer.stands(local_date()))
    model.Session.execute(standing.values(listed=False))
