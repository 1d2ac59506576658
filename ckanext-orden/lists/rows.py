"""What a list says about each dataset, held against what the organisation has: new, changed, unchanged or wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from ..metadata.mapping.differences import Taking, changes, merged
from ..metadata.mapping.open_data_list import Listed, listed
from ..metadata.parsing.open_data_list import ListFile
from ..metadata.parsing.text import key
from ..metadata.validation import check, refused
from ..types import Issue
from . import problems
from .problems import Place
from .schema import Validators
from .stored import Dataset, Stored

_OF_THE_OWNER = "organization.kind_missing"


@dataclass(frozen=True)
class Judged:
    """A dataset as it would be: what changes, and what stands against it."""

    dataset: Dataset
    changes: list[dict[str, Any]]
    issues: list[Issue]
    refused: bool

    @property
    def state(self) -> str:
        """What is to be done with a dataset that is there already."""
        return "wrong" if self.refused else "changed" if self.changes else "unchanged"


@dataclass
class Row:
    """One line of the preview."""

    state: str
    title: str
    guid: str = ""
    place: Place = field(default_factory=Place)
    wanted: dict[str, Any] | None = None
    dataset_id: str | None = None
    changes: list[dict[str, Any]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def judge(wanted: Mapping[str, Any], stored: Mapping[str, Any], owner: Dataset, how: Taking, place: Place) -> Judged:
    """The stored dataset (an empty one for a new one) with what the list says, and the rules' opinion of it."""
    dataset = merged(wanted, stored, how) if stored else dict(wanted)
    report = check(dataset, owner)
    among = place.among(wanted.get("resources") or [], dataset["resources"])
    issues = [issue for issue in problems.of_rules(report.issues, among) if issue.code != _OF_THE_OWNER]
    found = [change.as_dict() for change in changes(stored, dataset, how.site)] if stored else []
    return Judged(dataset, found, issues, bool(refused(report)))


class Reader:
    """Reads one list of one organisation; `rows` can be walked once."""

    def __init__(self, list_file: ListFile, owner: Dataset, stored: Stored, how: Taking) -> None:
        self._file, self._owner, self._stored, self._how = list_file, owner, stored, how
        self._validators = Validators()
        self._found: set[str] = set()

    def rows(self) -> Iterator[Row]:
        """Every dataset of the list, the rows that were left out, and the datasets that the list does not name."""
        for issue in self._file.issues:
            if issue.severity == "error":
                yield Row("wrong", issue.value, place=Place(_line(issue)), issues=[issue])
        for one in listed(self._file):
            yield self._row(one)
        for dataset in self._stored.datasets:
            if dataset["id"] not in self._found and dataset["state"] != "deleted":
                yield Row("not_listed", dataset["title"] or dataset["name"], dataset_id=dataset["id"])

    def _row(self, one: Listed) -> Row:
        place = Place(one.line, one.file_lines)
        row = Row("new", str(one.mapped.dataset.get("title") or ""), one.mapped.guid, place)
        stored = self._match(one)
        written = self._wanted(one, stored, row)
        wanted, errors = self._validators.check(written)
        row.wanted = wanted
        judged = judge(wanted, stored or {}, self._owner, self._how, place)
        if stored:
            row.dataset_id, row.changes = stored["id"], judged.changes
            row.state = self._revived(row) if stored["state"] == "deleted" else judged.state
        against = list(problems.refused(errors, place, written, judged.issues))
        if against or judged.refused:
            row.state, row.wanted, row.changes = "wrong", None, []
        row.issues += _once(against, judged.issues, one.mapped.issues)
        return row

    def _match(self, one: Listed) -> Dataset | None:
        own = str(one.mapped.dataset.get("identifier") or "")
        found = self._stored.find(one.mapped.guid, own, one.written_id)
        if not found or found["id"] in self._found:
            return None
        self._found.add(found["id"])
        return found

    def _wanted(self, one: Listed, stored: Dataset | None, row: Row) -> dict[str, Any]:
        """What the list says; the owner is no publisher of its own, and a new dataset has some description."""
        wanted = dict(one.mapped.dataset)
        publisher = wanted.get("publisher") or [{}]
        if key(publisher[0].get("name")) == key(self._owner["title"]):
            wanted.pop("publisher")
        if not wanted.get("notes") and not (stored or {}).get("notes"):
            wanted["notes"] = wanted.get("title")
            row.issues.append(problems.said("list.no_description", row.place, field="notes"))
        return wanted

    @staticmethod
    def _revived(row: Row) -> str:
        row.issues.append(problems.said("list.revived", row.place, row.title))
        row.changes = []
        return "new"


def _once(*groups: Iterable[Issue]) -> list[Issue]:
    """Each fault once, in the words of the first group that names it."""
    found: dict[tuple[str, str, str], Issue] = {}
    for issue in chain(*groups):
        found.setdefault((issue.code, issue.field.removeprefix("resources."), issue.where), issue)
    return list(found.values())


def _line(issue: Issue) -> int | None:
    kind, _, number = issue.where.partition(" ")
    return int(number) if kind == "line" and number.isdigit() else None
