"""What can go wrong with a source or a record, and nothing else."""

from .types import Report, Text


class OrdenError(Exception):
    """The root of orden's own errors; `str(error)` is a sentence for a person."""


class SourceError(OrdenError):
    """A source cannot be reached or read: its run ends and nothing is deleted."""

    def __init__(self, message: str, *, ja: str = "", status: int = 0, code: str = "unreadable") -> None:
        super().__init__(message)
        self.code = code
        self.texts: Text = {"en": message, "ja": ja or message}
        self.status = status
        """Of the answer, where a server did answer with another status than 200."""

    @property
    def problem(self) -> dict[str, str]:
        """The error as a run keeps it: its stable code and its sentence in both languages."""
        return {"code": self.code, **self.texts}


class LeadsAway(SourceError):  # noqa: N818 - where it leads is the fault
    """A redirect to a host that it may not lead to."""


class NoPage(SourceError):  # noqa: N818 - what came instead is the fault
    """An answer that is no page of its protocol; what has answered may speak another one."""


class RecordError(OrdenError):
    """One record is broken; `report` says where and how to mend it."""

    def __init__(self, report: Report) -> None:
        super().__init__("; ".join(issue.text("en") for issue in report.issues))
        self.report = report


class SkipRecord(OrdenError):  # noqa: N818 - it is a decision, not a fault
    """A record that is not wanted; the text is the reason."""
