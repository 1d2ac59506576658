"""What cannot be true at once; each has a way out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...types import Issue
from ..axes import price_of
from ..facts import Facts, value
from ..fields import CLOSED_ACCESS
from ..parsing.dates import iso_date
from ..parsing.text import fold
from .messages import broken

_AMOUNT = re.compile(r"[1-9]")
_FREE_WORDS = re.compile(r"無償|無料|free")


def contradictions(dataset: Mapping[str, Any], facts: Facts) -> Iterator[Issue]:
    """Issues for statements that exclude each other."""
    is_open = bool(facts.licence_open)
    if is_open and price_of(facts).values == ("paid",):
        yield broken("contradiction.open_but_paid", value(dataset, "fee"))
    if is_open and facts.access in CLOSED_ACCESS | {"RESTRICTED"}:
        yield broken("contradiction.open_but_closed", facts.access)
    if facts.personal == "personal" and (facts.access == "PUBLIC" or (is_open and not facts.access)):
        yield broken("contradiction.personal_but_public", value(dataset, "privacy_policy_contains_personal_data"))
    if facts.has_ngsi and facts.pace == "static":
        yield broken("contradiction.dynamic_but_never", facts.frequency)
    if facts.harvested and facts.hidden:
        yield broken("contradiction.harvested_but_hidden")
    if facts.organization_kind == "private" and facts.municipality:
        yield broken("contradiction.private_with_code", facts.municipality)
    price = fold(value(dataset, "pricing_price_range"))
    if price_of(facts).values == ("free",) and _AMOUNT.search(price) and not _FREE_WORDS.search(price):
        yield broken("contradiction.free_with_price", price)
    yield from _dates(dataset)


def _dates(dataset: Mapping[str, Any]) -> Iterator[Issue]:
    issued, modified = (iso_date(value(dataset, name)) or "" for name in ("issued", "modified"))
    if _before(modified, issued):
        yield broken("dates.reversed", f"{issued} / {modified}")
    periods = value(dataset, "temporal_coverage")
    for number, period in enumerate(periods if isinstance(periods, list) else [], 1):
        if isinstance(period, Mapping):
            start, end = (iso_date(period.get(name)) or "" for name in ("start", "end"))
            if _before(end, start):
                yield broken("period.reversed", f"{start} / {end}", f"period {number}")


def _before(one: str, other: str) -> bool:
    """Whether a date lies before another, as far as both are precise."""
    length = min(len(one), len(other))
    return bool(length) and one[:length] < other[:length]
