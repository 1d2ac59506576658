"""Values that are none: unknown terms, broken addresses, codes and dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ...types import Issue
from .. import fields
from ..addresses import problem
from ..facts import resources, value
from ..parsing.codes import is_code
from ..parsing.dates import iso_date
from ..parsing.text import clean
from ..vocabularies import (
    access_right_for,
    cadde_value,
    frequency_for,
    language_for,
    licence_for,
    personal_class_for,
    theme_for,
)
from .messages import broken

_TERMS: dict[str, Callable[[object], object]] = {
    "license_id": licence_for,
    "access_rights": access_right_for,
    "frequency": frequency_for,
    "theme": theme_for,
    "language": language_for,
    "privacy_policy_contains_personal_data": personal_class_for,
    "fee": lambda text: cadde_value("fee", text),
    "trading_policy_contract_type": lambda text: cadde_value("trading_policy_contract_type", text),
    "trading_policy_nda": lambda text: cadde_value("trading_policy_nda", text),
}
_RESOURCE_TERMS: dict[str, Callable[[object], object]] = {
    "language": language_for,
    "caddec_resource_type": lambda text: cadde_value("caddec_resource_type", text),
}
_DATES = ("issued", "modified")


def wrong_values(dataset: Mapping[str, Any]) -> Iterator[Issue]:
    """Issues for values that are there but cannot be right."""
    code = clean(value(dataset, "orden_municipality"))
    if code and not is_code(code):
        yield broken("code.invalid", code)
    yield from _wrong(dataset, _TERMS, fields.ADDRESSES, "")
    for number, file in enumerate(resources(dataset), 1):
        addresses = fields.RESOURCE_ADDRESSES - ({"url"} if file.get("url_type") == "upload" else set())
        yield from _wrong(file, _RESOURCE_TERMS, addresses, f"resource {number}")


def _wrong(
    record: Mapping[str, Any], terms: Mapping[str, Callable[[object], object]], addresses: frozenset[str], where: str
) -> Iterator[Issue]:
    for name, known in terms.items():
        for text in _texts(value(record, name)):
            if not known(text) and text != "notspecified":
                yield broken("value.unknown", text, where, name)
    for name in sorted(addresses):
        fault = problem(clean(value(record, name)), name, where)
        if fault:
            yield fault
    for name in _DATES:
        text = value(record, name)
        if text and not iso_date(text):
            yield broken("date.invalid", text, where, name)


def _texts(found: Any) -> list[str]:
    items = found if isinstance(found, (list, tuple)) else [found]
    return [text for text in map(clean, items) if text]
