"""The offers that stand today, for whoever looks for one: by words and conditions, in a fixed number of queries."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import (
    ColumnElement,
    Numeric,
    Select,
    Text,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONPATH

from ...clock import local_date
from ...metadata.parsing.text import clean
from ..model.offers import MarketOffer
from .people import collaborations, person

MOST_WORDS = 10
FARTHEST = 1_000_000
"""Beyond it no list is turned to."""
SORTS = ("new", "price", "title")
YEN = "JPY"

_content = MarketOffer.content
_ONE, _LOW, _HIGH = (cast(_content[name].astext, Numeric) for name in ("price", "min_price", "max_price"))
_MODE = _content["price_mode"].astext
_COST = case((_MODE == "free", 0), (_MODE == "negotiation", null()), else_=func.coalesce(_ONE, _LOW, _HIGH))
_CURRENCY = func.coalesce(_content["currency"].astext, YEN)
_FOREIGN = _CURRENCY != YEN
_LEAST = func.coalesce(_ONE, _LOW, 0)
_MOST = case((_MODE == "free", 0), else_=func.coalesce(_ONE, _HIGH, cast("Infinity", Numeric)))
_ORDER: dict[str, tuple[Any, ...]] = {
    "new": (MarketOffer.published.desc(),),
    "price": (_COST.is_(None), _FOREIGN, _COST),
    "title": (model.Package.title,),
}


@dataclass(frozen=True)
class Hit:
    """An offer with the dataset that it is of, and the organisation that it is from."""

    row: MarketOffer
    dataset: dict[str, Any]
    organization: dict[str, Any] | None


@dataclass(frozen=True)
class Hits:
    """One page of offers, how many there are in all, and which organisations and currencies have any."""

    count: int
    hits: list[Hit]
    organizations: list[dict[str, Any]]
    currencies: list[dict[str, Any]]


def search(user_name: str | None, asked: Mapping[str, Any]) -> Hits:
    """The offers that fit and that the user may see; `asked` as `orden_market_offer_search` takes it."""
    seen = list(_seen(user_name))
    fitting = _joined(select(func.count()), [*seen, *_asked(asked)])
    columns = select(MarketOffer, model.Package.id, model.Package.name, model.Package.title, *_SELLER)
    page = _joined(columns, [*seen, *_asked(asked)]).order_by(*_ORDER[asked["sort"]], MarketOffer.id)
    rows = model.Session.execute(page.limit(asked["limit"]).offset(min(asked["offset"], FARTHEST)))
    count = model.Session.execute(fitting).scalar_one()
    return Hits(count, list(map(_hit, rows)), _sellers(seen), _currencies(seen))


_SELLER = (model.Group.name, model.Group.title)


def _hit(row: Sequence[Any]) -> Hit:
    offer, dataset_id, name, title, seller, seller_title = row
    organization = {"name": seller, "title": seller_title or seller} if seller else None
    return Hit(offer, {"id": dataset_id, "name": name, "title": title or name}, organization)


def _sellers(seen: Sequence[ColumnElement[bool]]) -> list[dict[str, Any]]:
    query = _joined(select(*_SELLER, func.count()), seen).where(model.Group.id.is_not(None))
    found = model.Session.execute(query.group_by(*_SELLER).order_by(model.Group.title, model.Group.name))
    return [{"name": name, "title": title or name, "count": count} for name, title, count in found]


def _currencies(seen: Sequence[ColumnElement[bool]]) -> list[dict[str, Any]]:
    """The currencies of stated prices, yen first."""
    query = _joined(select(_CURRENCY, func.count()), [*seen, _COST.is_not(None), _MODE != "free"])
    found = model.Session.execute(query.group_by(_CURRENCY).order_by(_CURRENCY != YEN, _CURRENCY))
    return [{"code": code, "count": count} for code, count in found]


def _joined(query: Select[Any], conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    from_offers = query.select_from(MarketOffer).join(model.Package, model.Package.id == MarketOffer.package_id)
    return from_offers.outerjoin(model.Group, model.Group.id == model.Package.owner_org).where(*conditions)


def _seen(user_name: str | None) -> Iterator[ColumnElement[bool]]:
    """What stands, of datasets that the user may read, and to named buyers only what is theirs."""
    reads, writes = _organizations(user_name, "read"), _organizations(user_name, "update_dataset")
    read_ids = [each["id"] for each in reads]
    yield MarketOffer.stands(local_date())
    yield model.Package.state == "active"
    yield or_(model.Package.private.is_(False), model.Package.owner_org.in_(read_ids), _helped(user_name, reads=True))
    if "reviewer" not in person(user_name, None).roles:
        named = [name for each in reads for name in (each["name"], each["id"])]
        theirs = _content["buyer_organizations"].has_any(cast(named, ARRAY(Text))) if named else false()
        own = model.Package.owner_org.in_([each["id"] for each in writes])
        yield or_(_content["buyers"].astext != "named", theirs, own, _helped(user_name))


def _helped(user_name: str | None, *, reads: bool = False) -> ColumnElement[bool]:
    found = collaborations(user_name, reads=reads)
    return false() if found is None else model.Package.id.in_(found)


def _organizations(user_name: str | None, permission: str) -> list[dict[str, Any]]:
    if not user_name:
        return []
    wanted = {"id": user_name, "permission": permission}
    return tk.get_action("organization_list_for_user")({"ignore_auth": True, "user": user_name}, wanted)


def _asked(asked: Mapping[str, Any]) -> Iterator[ColumnElement[bool]]:
    conditions: dict[str, Callable[[str], ColumnElement[bool]]] = {
        "price_mode": lambda code: _content.contains({"price_mode": code}),
        "delivery": lambda code: _content.contains({"delivery": [code]}),
        "market": lambda code: _content.contains({"links": [{"market": code}]}),
        "organization": lambda name: or_(model.Group.name == name, model.Group.id == name),
    }
    yield from (condition(asked[name]) for name, condition in conditions.items() if asked.get(name))
    yield from _priced(asked)
    for word in _plain(clean(asked.get("q"))).split()[:MOST_WORDS]:
        yield _TEXT.contains(word, autoescape=True)


def _priced(asked: Mapping[str, Any]) -> Iterator[ColumnElement[bool]]:
    """Prices of one currency between the bounds, of a range any part of it; what is free costs 0 in each currency."""
    least, most = asked.get("min_price"), asked.get("max_price")
    if least is None and most is None and not asked.get("currency"):
        return
    yield _COST.is_not(None)
    yield or_(_MODE == "free", _CURRENCY.in_([asked.get("currency") or YEN]))
    if least is not None:
        yield least <= _MOST
    if most is not None:
        yield most >= _LEAST


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _said(field: str) -> ColumnElement[str]:
    """What a text says in all its languages, without their tags."""
    return cast(func.jsonb_path_query_array(_content, cast(f"$.{field}.*", JSONPATH)), Text)


_TEXT = func.lower(
    func.normalize(
        func.concat_ws(
            literal(" "),
            *(_said("title"), _said("summary"), _content["seller"].astext),
            *(model.Package.title, model.Package.notes, model.Package.name, model.Group.title),
        ),
        literal_column("NFKC"),
    )
)
"""All the words by which an offer is found, as the words of a search are written."""
