"""The rules that a description must keep: what is missing, what is wrong, what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...types import Issue, Report
from ..facts import facts_of, resources
from .contradictions import contradictions
from .presence import presence
from .values import wrong_values

__all__ = ["check", "refused"]

LEVEL = "odpo"
_REFUSED = ("contradiction.", "period.")


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


def refused(report: Report) -> tuple[Issue, ...]:
    """The contradictions, for which a dataset is not taken at all; everything else is only reported."""
    return tuple(issue for issue in report.issues if issue.severity == "error" and issue.code.startswith(_REFUSED))
