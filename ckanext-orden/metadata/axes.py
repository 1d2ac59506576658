"""ODPO's five axes: derived from what a dataset says, with the reason, never stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..types import Text
from . import fields
from .facts import Facts, facts_of
from .reasons import LABELS, REASONS

__all__ = ["LABELS", "REASONS", "Axis", "derive"]


@dataclass(frozen=True)
class Axis:
    """Where a dataset stands on one axis, and why; only the price can be two things at once."""

    values: tuple[str, ...]
    code: str
    reason: Text

    def as_dict(self) -> dict[str, Any]:
        """The axis as `package_show` carries it."""
        return {"values": list(self.values), "code": self.code, "reason": dict(self.reason)}


def derive(
    dataset: Mapping[str, Any],
    organization: Mapping[str, Any] | None = None,
    offers: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Axis]:
    """All five axes of a dataset, in `fields.AXES`' order; odd and missing values never fail."""
    facts = facts_of(dataset, organization, offers)
    return {axis: rule(facts) for axis, rule in zip(fields.AXES, _RULES, strict=True)}


def _axis(code: str, *values: str) -> Axis:
    return Axis(values, code, REASONS[code])


def _sector(facts: Facts) -> Axis:
    if facts.organization_kind:
        return _axis(f"sector.{facts.organization_kind}", facts.organization_kind)
    if facts.municipality:
        return _axis("sector.municipality", "public")
    return _axis("sector.unknown", "other")


def _openness(facts: Facts) -> Axis:
    if facts.access in fields.CLOSED_ACCESS:
        return _axis("openness.not_public", "closed")
    if facts.all_files_withheld:
        return _axis("openness.files_withheld", "closed")
    condition = _condition(facts)
    return _axis(condition, "conditional") if condition else _axis("openness.open", "open")


def _condition(facts: Facts) -> str:
    """The first thing that stands between the public and free use."""
    conditions = (
        ("openness.restricted", facts.access == "RESTRICTED"),
        ("openness.licence_unknown", facts.licence_open is None),
        ("openness.licence_limits", facts.licence_open is False),
        ("openness.paid", "free" not in price_of(facts).values),
    )
    return next((code for code, holds in conditions if holds), "")


def _dynamics(facts: Facts) -> Axis:
    if facts.has_ngsi:
        return _axis("dynamics.ngsi", "dynamic")
    if facts.pace == "dynamic":
        return _axis("dynamics.frequency", "dynamic")
    if facts.pace == "periodic":
        return _axis("dynamics.periodic", "periodic")
    if facts.pace == "static":
        return _axis("dynamics.never", "static")
    return _axis("dynamics.unknown", "static")


def _personal(facts: Facts) -> Axis:
    return _axis(f"personal.{facts.personal}", facts.personal.removesuffix("_other"))


def price_of(facts: Facts) -> Axis:
    """The price axis: published offers decide, then `fee`, then an open licence."""
    if facts.offers:
        found = tuple(price for price in ("free", "paid") if price in facts.offers)
        return _axis("price.offers_both" if len(found) == 2 else f"price.offers_{found[0]}", *found)
    if facts.fee:
        return _axis(f"price.fee_{facts.fee}", facts.fee)
    if facts.licence_open:
        return _axis("price.open_licence", "free")
    return _axis("price.unknown", "undecided")


_RULES: tuple[Callable[[Facts], Axis], ...] = (_sector, _openness, _dynamics, _personal, price_of)
