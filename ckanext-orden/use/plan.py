"""The road map beside what is there, by fiscal year (April to March)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

APRIL = 4


@dataclass(frozen=True)
class Target:
    """What is to be there at the end of a fiscal year."""

    year: int
    datasets: int
    organizations: int


def targets(entries: Iterable[str]) -> list[Target]:
    """Targets as the option writes them (`2026:900:600`); ValueError where one is written otherwise."""
    found = []
    for entry in entries:
        year, datasets, organizations = map(int, entry.split(":"))
        found.append(Target(year, datasets, organizations))
    return sorted(found, key=lambda target: target.year)


def compared(plan: Iterable[Target], growth: Sequence[Mapping[str, Any]], today: date) -> list[dict[str, Any]]:
    """Each target with what was there at the end of its year, or is there now; None before the catalogue and ahead."""
    months = {row["month"]: row for row in growth}
    return [_compared(target, months, today) for target in plan]


def fiscal_year(day: date) -> int:
    """The year in whose April the fiscal year of a day began."""
    return day.year if day.month >= APRIL else day.year - 1


def _compared(target: Target, months: Mapping[str, Mapping[str, Any]], today: date) -> dict[str, Any]:
    now = fiscal_year(today)
    month = f"{today:%Y-%m}" if target.year == now else f"{target.year + 1}-{APRIL - 1:02}"
    there = months.get(month, {}) if target.year <= now else {}
    return {
        "year": target.year,
        "datasets": {"plan": target.datasets, "actual": there.get("datasets")},
        "organizations": {"plan": target.organizations, "actual": there.get("organizations")},
    }
