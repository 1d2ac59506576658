"""Problems as data: an `Issue` says what is wrong, where, and how to mend it; a `Report` holds them all."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]
Text = Mapping[str, str]
"""One text in several languages: {"ja": …, "en": …}."""


@dataclass(frozen=True)
class Issue:
    """One problem.

    `code` is stable and lower-case with dots (`licence.missing`), `field` is CKAN's field name or an RDF path, `where`
    the row, line, node or resource, `value` what was found, `hint` how to mend it, `link` the rule's address.
    """

    code: str
    severity: Severity
    field: str
    message: Text
    hint: Text = dataclasses.field(default_factory=dict)
    where: str = ""
    value: str = ""
    link: str = ""

    def text(self, lang: str) -> str:
        """The message and its hint in `lang`, else in English."""
        parts = (texts.get(lang) or texts.get("en") or "" for texts in (self.message, self.hint))
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Report:
    """All problems of one subject; valid as long as none is an error."""

    issues: tuple[Issue, ...] = ()
    subject: str = ""
    level: str = ""
    checked: int = 0
    """How many things were looked at: focus nodes of SHACL, rows of a table."""
    left_out: Mapping[str, int] = dataclasses.field(default_factory=dict)
    """How many more problems of each severity there are than `issues` holds."""

    def count(self, severity: Severity) -> int:
        return sum(issue.severity == severity for issue in self.issues) + self.left_out.get(severity, 0)

    @property
    def valid(self) -> bool:
        return self.count("error") == 0

    def with_issues(self, more: Iterable[Issue]) -> Report:
        return replace(self, issues=(*self.issues, *more))

    def shortened(self, most: int) -> Report:
        """The report with its first issues; the others are only counted."""
        left_out = Counter(issue.severity for issue in self.issues[most:])
        return replace(self, issues=self.issues[:most], left_out=left_out)

    def as_dict(self) -> dict[str, Any]:
        """The JSON face of the report, the same on page, API, CLI and log."""
        return {
            "valid": self.valid,
            "subject": self.subject,
            "level": self.level,
            "checked": self.checked,
            "errors": self.count("error"),
            "warnings": self.count("warning"),
            "infos": self.count("info"),
            "issues": [asdict(issue) for issue in self.issues],
            "left_out": sum(self.left_out.values()),
        }
