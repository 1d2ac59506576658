"""Why the market does not do what it was asked."""

from __future__ import annotations

from ..errors import OrdenError
from ..types import Issue, Report


class Refused(OrdenError):  # noqa: N818 - it is an answer, not a fault
    """A step that may not be taken or a content that is wrong, with the problems that say why."""

    def __init__(self, *issues: Issue) -> None:
        super().__init__("; ".join(issue.text("en") for issue in issues))
        self.issues: tuple[Issue, ...] = issues

    @classmethod
    def of(cls, report: Report) -> Refused:
        """What a report calls errors."""
        return cls(*(issue for issue in report.issues if issue.severity == "error"))
