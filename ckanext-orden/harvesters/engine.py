"""One run of one source: list, map, compare, write, index, and judge what is missing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from ckan import model

from ..config import site_url
from ..errors import OrdenError, RecordError, SkipRecord
from ..logic import writing
from ..logic.attempts import attempt
from ..metadata.addresses import portable
from ..metadata.hashing import fingerprint
from ..metadata.mapping import VERSION, Mapped
from ..metadata.parsing.text import storable
from ..types import Issue, Report
from . import objects, removal, store, upsert
from .model import GUID_LIMIT, HarvestRun
from .operations import former
from .organizations import Organizations
from .protocol import Page, Reader, Record, Source
from .texts import record_problem, source_problem, source_text

log = logging.getLogger(__name__)

BATCH = writing.BATCH
"""Records that are held in memory, and written in one transaction; a page of the source may be larger."""


class Stopped(OrdenError):  # noqa: N818 - a person's wish
    """A person has stopped the job."""


@dataclass
class Item:
    """One record on its way through the run."""

    record: Record
    guid: str = ""
    mapped: Mapped | None = None
    fingerprint: str = ""
    owner_org: str | None = None
    dataset_id: str | None = None
    revive: bool = False
    issues: tuple[Issue, ...] = ()
    skipped: str = ""
    double: bool = False
    """Whether an other record of this run has the same identifier."""
    owned: bool = True
    """Whether the identifier's row belongs to this very record: not for its double."""

    @property
    def mapping(self) -> Mapped:
        """The mapped record of an item that is to be written."""
        if self.mapped is None:
            raise ValueError("only mapped records are written")
        return self.mapped


@dataclass
class Engine:
    """Everything that one run knows; `check` raises when the run has to end early."""

    reader: Reader
    source: Source
    run: HarvestRun
    user: str
    now: Callable[[], datetime]
    check: Callable[[], None]
    say: Callable[[HarvestRun], None]
    _seen: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Identifiers that this process has met: the fingerprint, and on which page."""
    _page: int = 0
    _read: int = 0
    """Records of the page that count towards the source's total."""
    _only: frozenset[str] | None = None
    """The identifiers that a retry is for."""
    _organizations: Organizations = field(init=False)

    def __post_init__(self) -> None:
        create = self.source.settings.get("remote_orgs") == "create"
        self._organizations = Organizations(self.user, self.source.owner_org, create=create)

    def execute(self) -> None:
        """Walk the source from its checkpoint to its end; raises SourceError when that is not possible."""
        self._index(store.unindexed(self.source.id))
        if self.run.kind == "retry":
            self._only = store.failed(self.source.id)
        if not self.run.listed:
            self._walk()
        if self._only is None:
            removal.judge(self.source, self.run, self.user, self.now())
        if waiting := store.unindexed(self.source.id):
            self.run.problems = [*self.run.problems, source_text("index", count=len(waiting))]

    def _walk(self) -> None:
        for page in self.reader.pages(self.source, self.run.cursor):
            self._page, self._read = self._page + 1, 0
            records = iter(page.records)
            while batch := list(islice(records, BATCH)):
                self.check()
                self._take(batch)
            self._checkpoint(page)
        if not self.run.read:
            raise source_problem("empty")
        if self.run.total is not None and self.run.read < self.run.total:
            raise source_problem("incomplete", total=self.run.total, read=self.run.read)

    def _take(self, records: Sequence[Record]) -> None:
        mapped = (mapped_item(self.reader, self.source, self._organizations, record) for record in records)
        items = [item for item in mapped if self._meet(item) and (self._only is None or item.guid in self._only)]
        guids = [item.guid for item in items if item.guid]
        known = store.known(self.source.id, guids)
        taken = taken_problems(self.source.id, guids, known)
        unchanged: list[str] = []
        wanted: list[Item] = []
        for item in items:
            row = known.get(item.guid)
            taken_before_interruption = row and row.job_id == self.run.job_id and not item.double
            if item.skipped or taken_before_interruption:
                continue
            item.dataset_id = row.dataset_id if row else None
            item.revive = bool(row and row.gone)
            self._identify(item, taken)
            if item.issues:
                self._fail(item)
            elif row and row.holds(item.fingerprint):
                unchanged.append(item.guid)
            else:
                wanted.append(item)
        store.mark_unchanged(self.source.id, unchanged, self.run.job_id, self.now())
        if wanted:
            model.Session.commit()  # a refused record rolls back what is not
            self._write_all(wanted)

    def _meet(self, item: Item) -> bool:
        """Whether there is something to do: not when the very same record came before."""
        met = item.fingerprint, self._page
        before = self._seen.setdefault(item.guid, met)
        item.double = before[0] != item.fingerprint
        # A page that a cache gives again must not stand in for the page that was asked for.
        self._read += item.double or before[1] == self._page
        return before is met or item.double

    def _identify(self, item: Item, taken: dict[str, Issue]) -> None:
        if not item.guid.strip() or len(item.guid) > GUID_LIMIT:
            item.issues = (*item.issues, record_problem("record.unnamed", limit=GUID_LIMIT))
            item.guid, item.owned = "", False
        elif item.double:
            item.issues, item.owned = (record_problem("record.duplicate", guid=item.guid),), False
        elif item.guid in taken:
            item.issues = (taken[item.guid],)

    def _write_all(self, items: Sequence[Item]) -> None:
        writing.in_batches(
            items,
            self._write,
            self._refuse,
            lambda written: self._index([item.dataset_id for item in written if item.dataset_id]),
        )

    def _refuse(self, item: Item, issues: tuple[Issue, ...]) -> None:
        item.issues = issues
        self._fail(item)

    def _write(self, items: Sequence[Item]) -> None:
        written: list[str] = []
        replaced: list[dict[str, Any]] = []
        for item in items:
            draft = upsert.Draft(item.mapping, item.owner_org, self.source.name, item.dataset_id, item.revive)
            written.append(upsert.write(draft, self.user, replaced.append))
            self._note(item, written[-1], "updated" if item.dataset_id else "added")
        former.keep(self.run.job_id, replaced)
        model.Session.commit()
        for item, dataset_id in zip(items, written, strict=True):
            item.dataset_id = dataset_id

    def _note(self, item: Item, dataset_id: str, status: str) -> None:
        now = self.now()
        model.Session.flush()
        store.put(
            self.source.id,
            item.guid,
            dataset_id=dataset_id,
            fingerprint=item.fingerprint,
            state="current",
            indexed=False,
            job_id=self.run.job_id,
            outcome=status,
            seen_at=now,
            missing_since=None,
            missing_runs=0,
            report=None,
        )
        objects.add_written(
            self.run.job_id,
            self.source.id,
            item.guid,
            item.record.content,
            now,
            package_id=dataset_id,
            current=True,
            report_status=status,
        )

    def _fail(self, item: Item) -> None:
        """Note a record that could not be taken; it was seen all the same, so its dataset stays."""
        now = self.now()
        objects.add_failed(self.run.job_id, self.source.id, item.guid, item.record.content, now, issues=item.issues)
        if item.owned:
            store.put(
                self.source.id,
                item.guid,
                state="deleted" if item.revive else "error",
                job_id=self.run.job_id,
                outcome="error",
                seen_at=now,
                missing_since=None,
                missing_runs=0,
                report=Report(item.issues, subject=item.guid).as_dict()["issues"],
            )
        model.Session.commit()

    def _index(self, dataset_ids: Sequence[str]) -> None:
        failed = set(upsert.index(dataset_ids))
        store.mark_indexed(self.source.id, [dataset_id for dataset_id in dataset_ids if dataset_id not in failed])
        model.Session.commit()

    def _checkpoint(self, page: Page) -> None:
        self.run.cursor = dict(page.next) if page.next else None
        self.run.read += self._read
        self.run.total = self.run.total if page.total is None else page.total
        self.run.counts = counts(self.run.job_id)
        self.run.progressed = self.now()
        model.Session.commit()
        self.say(self.run)


def counts(job_id: str) -> dict[str, int]:
    """What came of the records of a job, counted where it is written."""
    outcomes = store.outcomes(job_id)
    names = ("added", "updated", "unchanged", "deleted")
    return {**{name: outcomes.get(name, 0) for name in names}, "errors": objects.errors(job_id)}


def mapped_item(reader: Reader, source: Source, organizations: Organizations, received: Record) -> Item:
    """A record as it would be written, or what is wrong with it."""
    record = Record(storable(received.content), storable(received.guid))
    item = Item(record, guid=record.guid)

    def fill() -> None:
        mapped = reader.map(item.record, source)
        item.guid = mapped.guid
        item.mapped = without_errors(mapped)
        item.owner_org = organizations.owner(mapped.organization)
        item.fingerprint = content_of(mapped, item.owner_org)

    try:
        item.issues = attempt(fill)
    except SkipRecord as reason:
        item.skipped = str(reason) or "skipped"
    item.fingerprint = item.fingerprint or fingerprint({"record": record.content})
    return item


def without_errors(mapped: Mapped) -> Mapped:
    """The mapped record; RecordError where its mapping has found an error."""
    if any(issue.severity == "error" for issue in mapped.issues):
        raise RecordError(Report(mapped.issues, subject=mapped.guid))
    return mapped


def taken_problems(source_id: str, guids: Sequence[str], known: Mapping[str, store.Known]) -> dict[str, Issue]:
    """What is wrong with identifiers that somebody else's dataset holds; those with a dataset of ours keep it."""
    taken = store.taken(source_id, [guid for guid in guids if guid not in known or not known[guid].alive])
    return {guid: record_problem("record.taken", guid=guid, name=name) for guid, name in taken.items()}


def content_of(mapped: Mapped, owner_org: str | None) -> str:
    """The fingerprint that decides whether a record is unchanged: content, owner and the version of the mapping."""
    site = site_url()
    return fingerprint(
        {
            "dataset": _portable(mapped.dataset, site),
            "owner_org": owner_org,
            "mapping": VERSION,
        }
    )


def _portable(value: Any, site: str) -> Any:
    if isinstance(value, str):
        return portable(value, site)
    if isinstance(value, dict):
        return {key: _portable(item, site) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_portable(item, site) for item in value]
    return value
