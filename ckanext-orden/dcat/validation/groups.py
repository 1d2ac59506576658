"""What a check found, counted by rule: what a person mends at once stands at one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ...types import Issue, Report

EXAMPLES = 5
SEVERITIES = ("error", "warning", "info")
SHARED, OWN = ("code", "severity", "field", "hint", "link"), ("message", "where", "value")
"""What issues of one code have in common, and what each has of its own."""


@dataclass
class Group:
    """All issues of one code and severity; `examples` are the first of them."""

    first: Issue
    count: int = 0
    examples: list[Issue] = field(default_factory=list)


class Groups:
    """Issues by code and severity; more may be added, as of one dataset after another."""

    def __init__(self, issues: Iterable[Issue] = ()) -> None:
        self.by_rule: dict[tuple[str, str], Group] = {}
        for issue in issues:
            group = self.by_rule.setdefault((issue.code, issue.severity), Group(issue))
            group.count += 1
            if len(group.examples) < EXAMPLES:
                group.examples.append(issue)

    def add(self, more: Groups) -> None:
        """Counts what was found elsewhere too."""
        for rule, group in more.by_rule.items():
            mine = self.by_rule.setdefault(rule, Group(group.first))
            mine.count += group.count
            mine.examples += group.examples[: EXAMPLES - len(mine.examples)]

    def worst_first(self) -> list[Group]:
        """Errors first; of one severity what is there most often."""
        return sorted(self.by_rule.values(), key=lambda group: (SEVERITIES.index(group.first.severity), -group.count))

    def report(self, subject: str, level: str, checked: int) -> Report:
        """A report of the examples; the others are counted."""
        groups = self.worst_first()
        left_out: Counter[str] = Counter()
        for group in groups:
            left_out[group.first.severity] += group.count - len(group.examples)
        examples = tuple(issue for group in groups for issue in group.examples)
        return Report(examples, subject=subject, level=level, checked=checked, left_out=left_out)

    def as_list(self) -> list[dict[str, Any]]:
        """The JSON face: a rule with how often it is broken, how to mend that, and where it is broken first."""
        return [
            {
                **{name: getattr(group.first, name) for name in SHARED},
                "count": group.count,
                "examples": [{name: getattr(issue, name) for name in OWN} for issue in group.examples],
            }
            for group in self.worst_first()
        ]
