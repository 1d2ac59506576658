"""From what a form, a row or a program says to an Offer, or to a Report of what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from ...types import Issue, Report, Text
from .fields import Field, fields
from .markets import Markets, link_problem
from .measures import decimals
from .offer import Offer, Price, Values
from .problems import Wrong, problem
from .rules import rules
from .terms import label, terms
from .values import is_empty, read

_DEFAULTS = {"kind": "listing", "quantity": 1}
_CURRENCY = "JPY"
_NO_MARKETS: Markets = MappingProxyType({})


@dataclass(frozen=True)
class Checked:
    """The report, and the offer where no error stands in it."""

    offer: Offer | None
    report: Report


def check(values: Values, markets: Markets = _NO_MARKETS, *, draft: bool = False) -> Checked:
    """An offer from flat values (`data/fields.csv`: texts, numbers, lists, a text per language).

    Links lead to `markets` only. A draft may lack what a finished offer must have; what it does say must be right.
    A price without a currency is in JPY.
    """
    issues: list[Issue] = []
    found: dict[str, Any] = {}
    for name, value in values.items():
        try:
            said = None if is_empty(value) else _read(name, value)
        except Wrong as wrong:
            issues.append(_broken(name, wrong))
            continue
        if not is_empty(said):
            found[name] = said
    broken = frozenset(issue.field for issue in issues)
    issues += _presence(found, broken, draft)
    issues += rules(found, broken, draft=draft)
    issues += _links(found, markets)
    report = Report(tuple(issues), subject="offer", checked=len(values))
    return Checked(_offer(found) if report.valid else None, report)


def _read(name: str, value: Any) -> Any:
    if name not in fields():
        raise Wrong("field_unknown", name)
    return read(fields()[name].kind, value, fields()[name].vocabulary)


def _broken(name: str, wrong: Wrong) -> Issue:
    field = fields().get(name)
    if not field:
        return problem(wrong.code, "", wrong.value)
    return problem(wrong.code, name, wrong.value, label=field.label, choices=_choices(field))


def _choices(field: Field) -> Text:
    found = terms(field.vocabulary)
    return {
        "ja": "、".join(f"{term.code}（{term.label['ja']}）" for term in found),
        "en": ", ".join(term.code for term in found),
    }


def _presence(found: Mapping[str, Any], broken: frozenset[str], draft: bool) -> Iterator[Issue]:
    """What the price mode lacks or has no room for; what is there but broken is not missing."""
    mode = found.get("price_mode", "")
    if not mode:
        absent = [] if draft else [field for field in fields().values() if set(field.needs.values()) == {"need"}]
        yield from (_missing(field, "missing", "") for field in absent if field.name not in {*found, *broken})
        return
    for field in fields().values():
        need, there = field.needs[mode], field.name in found or field.name in broken
        if need == "no" and there:
            yield problem("not_in_mode", field.name, label=field.label, mode=label("price_mode", mode))
        if need == "need" and not there and not draft:
            yield _missing(field, "missing", mode)
        if need == "want" and not there:
            yield _missing(field, "wanted", mode)


def _links(found: Mapping[str, Any], markets: Markets) -> Iterator[Issue]:
    for number, link in enumerate(found.get("links", ()), 1):
        issue = link_problem(link, markets, f"link {number}")
        if issue:
            yield issue


def _missing(field: Field, code: str, mode: str) -> Issue:
    every: Text = {"ja": "どの料金の形", "en": "any"}
    return problem(code, field.name, label=field.label, mode=label("price_mode", mode) if mode else every)


def _offer(found: Mapping[str, Any]) -> Offer:
    said = {**_DEFAULTS, "price_mode": "", **found}
    price = said.pop("price", None)
    low, high = said.pop("min_price", price), said.pop("max_price", price)
    currency = said.pop("currency", _CURRENCY)
    stated = None if low is None and high is None else Price(_exact(low, currency), _exact(high, currency), currency)
    return Offer(**said, price=stated)


def _exact(amount: Decimal | None, currency: str) -> Decimal | None:
    """An amount with just the decimals of its currency."""
    return None if amount is None else amount.quantize(Decimal(1).scaleb(-decimals(currency)))
