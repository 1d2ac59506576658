"""The rules that a description must keep: what is missing, what is wrong, what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...types import Report
from ..facts import facts_of, resources
from .contradictions import contradictions
from .presence import presence
from .values import wrong_values

__all__ = ["check"]

LEVEL = "odpo"


def check(
    dataset: Mapping[str, Any],
    organization: Mapping[str, Any] | None = None,
    offers: Iterable[Mapping[str, Any]] = (),
) -> Report:
    """The report on a dataset, its files included, with its organisation's kind and its published offers."""
    facts = facts_of(dataset, organization, offers)
    issues = (*presence(dataset, facts), *contradictions(dataset, facts), *wrong_values(dataset))
    subject = str(dataset.get("name") or dataset.get("title") or "")
    return Report(issues, subject, LEVEL, checked=1 + len(resources(dataset)))
