"""One run of one source: list, map, compare, write, index, and judge what is missing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from ckan import model

from ...errors import OrdenError
from ...logic import writing
from ...logic.bulk import Bulk
from ...metadata.hashing import fingerprint
from ...types import Issue, Report
from ..model import GUID_LIMIT, HarvestRun
from ..operations import former
from ..ownership import edit
from ..protocol import Document, Page, Reader, Record, Source
from ..texts import record_problem, source_problem, source_text
from . import documents, indexer, objects, removal, stamps, store, upsert
from .basis import basis_of
from .items import Item, clean, mapped_item, taken_problems
from .organizations import Organizations

log = logging.getLogger(__name__)

BATCH = writing.BATCH
"""Records that are held in memory, and written in one transaction; a page of the source may be larger."""


class Stopped(OrdenError):  # noqa: N818 - a person's wish
    """A person has stopped the job."""


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
    document: Document | None = None
    """The source's only document, where this run has read it."""
    _seen: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Identifiers that this process has met: the fingerprint, and on which page."""
    _page: int = 0
    _read: int = 0
    """Records of the page that count towards the source's total."""
    _before: int = 0
    """Those of the pages before."""
    _listed: set[str] = field(default_factory=set)
    """Identifiers that listings of this process have named."""
    _pending: bool = False
    """Whether marks wait for a commit, which a refused record would roll back."""
    _only: frozenset[str] | None = None
    """The identifiers that a retry is for."""
    _organizations: Organizations = field(init=False)
    _basis: str = field(init=False)

    def __post_init__(self) -> None:
        create = self.source.settings.get("remote_orgs") == "create"
        self._organizations = Organizations(self.user, self.source.owner_org, create=create)
        self._basis = basis_of(self.source)

    def execute(self) -> None:
        """Walk the source from its checkpoint to its end; raises SourceError when that is not possible."""
        indexer.catch_up(self.source.id)
        if self.run.kind == "retry":
            self._only = store.failed(self.source.id)
        if not self.run.listed:
            with indexer.Indexer(self.source.id) as indexing:
                self._walk(indexing)
            indexer.catch_up(self.source.id)
        if self._only is None:
            removal.judge(self.source, self.run, self.user, self.now())
        if waiting := store.unindexed(self.source.id):
            self.run.problems = [*self.run.problems, source_text("index", count=len(waiting))]

    def _walk(self, indexing: indexer.Indexer) -> None:
        for page in self.reader.pages(self.source, self.run.cursor):
            self._page, self._read, self._before = self._page + 1, 0, self.run.read
            self.document = page.document
            if page.unchanged:
                self._read, page = documents.see_again(self.source, self.run, self.now())  # noqa: PLW2901 - it stands for it
            settled = False
            for batch, is_last in _batches(self._moved(page)):
                self.check()
                settled = self._take(batch, indexing, page if is_last else None)
            if not settled:
                self._settle(page)
                model.Session.commit()
                self._pending = False
            self.say(self.run)
        if not self.run.read:
            raise source_problem("empty")
        if self.run.total is not None and self.run.read < self.run.total:
            raise source_problem("incomplete", total=self.run.total, read=self.run.read)

    def _moved(self, page: Page) -> Iterable[Record]:
        """The records of the page, but for those that need no reading, as its listing says."""
        if page.listing is None:
            return page.records
        self.check()
        listed = {guid: stamp for guid, stamp in page.listing.stamps.items() if guid not in self._listed}
        self._listed.update(listed)
        spared = self._spared(listed)
        self._read += len(spared)
        return page.listing.read([guid for guid in listed if guid not in spared])

    def _spared(self, listed: Mapping[str, str]) -> Collection[str]:
        """Which of the listed records are as they were taken, or not what a retry is for."""
        if self._only is not None:
            return listed.keys() - self._only
        unmoved = stamps.unmoved(self.source, listed, self.now())
        store.mark_unchanged(self.source.id, unmoved, self.run.job_id, self.now())
        self._pending |= bool(unmoved)
        return unmoved

    def _take(self, records: Sequence[Record], indexing: indexer.Indexer, page: Page | None) -> bool:
        """Do what the records need; `page` is given with its last ones. Whether its checkpoint was set with them."""
        known: dict[str, store.Known] = {}
        items = [item for item in self._items(records, known) if self._meet(item) and self._wants(item)]
        guids = [item.guid for item in items if item.guid]
        known |= store.known(self.source.id, [guid for guid in guids if guid not in known])
        taken = taken_problems(self.source.id, guids, known)
        unchanged: list[tuple[Item, store.Known]] = []
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
                unchanged.append((item, row))
            else:
                wanted.append(item)
        self._mark(unchanged)
        return bool(wanted) and self._write_all(wanted, indexing, page)

    def _mark(self, unchanged: Sequence[tuple[Item, store.Known]]) -> None:
        """Note what was seen as it was, and how it came this time."""
        store.mark_unchanged(self.source.id, [item.guid for item, _ in unchanged], self.run.job_id, self.now())
        came = {item.guid: item.received for item, row in unchanged if item.received != row.received}
        store.mark_received(self.source.id, came)
        stamps.keep(self.source, {item.guid: item.record.stamp for item, _ in unchanged}, self.now())
        self._pending |= bool(unchanged)

    def _write_all(self, wanted: Sequence[Item], indexing: indexer.Indexer, page: Page | None) -> bool:
        """Write a batch, and the page's checkpoint in the same transaction if the batch is not taken one by one."""
        settled = False

        def write(items: Sequence[Item]) -> None:
            nonlocal settled
            written = self._write(items)
            at_end = page is not None and len(items) == len(wanted)
            if page and at_end:
                self._settle(page)
            model.Session.commit()
            settled = at_end
            for item, dataset_id in zip(items, written, strict=True):
                item.dataset_id = dataset_id

        def refuse(item: Item, issues: tuple[Issue, ...]) -> None:
            item.issues = issues
            self._fail(item)

        if self._pending:
            model.Session.commit()  # a refused record rolls back what is not
            self._pending = False
        writing.in_batches(wanted, write, refuse, lambda written: indexing.add(_ids(written)))
        return settled

    def _items(self, records: Sequence[Record], known: dict[str, store.Known]) -> Iterator[Item]:
        """The records mapped, but those that came just so before; fills in what is known of them."""
        storables = [clean(record) for record in records]
        known |= store.known(self.source.id, [record.guid for record in storables if record.guid])
        for record in storables:
            received = fingerprint({"record": record.content, "basis": self._basis})
            row = known.get(record.guid)
            if row and row.settled and row.owned and row.received == received:
                yield Item(record, guid=row.guid, fingerprint=row.fingerprint, received=received)
            else:
                item = mapped_item(self.reader, self.source, self._organizations, record)
                item.received = received
                yield item

    def _meet(self, item: Item) -> bool:
        """Whether there is something to do: not when the very same record came before."""
        met = item.fingerprint, self._page
        before = self._seen.setdefault(item.guid, met)
        item.double = before[0] != item.fingerprint
        # A page that a cache gives again must not stand in for the page that was asked for.
        self._read += item.double or before[1] == self._page
        return before is met or item.double

    def _wants(self, item: Item) -> bool:
        """Whether this run is for the record: a retry is only for what had failed."""
        return self._only is None or item.guid in self._only

    def _identify(self, item: Item, taken: dict[str, Issue]) -> None:
        if not item.guid.strip() or len(item.guid) > GUID_LIMIT:
            item.issues = (*item.issues, record_problem("record.unnamed", limit=GUID_LIMIT))
            item.guid, item.owned = "", False
        elif item.double:
            item.issues, item.owned = (record_problem("record.duplicate", guid=item.guid),), False
        elif item.guid in taken:
            item.issues = (taken[item.guid],)

    def _write(self, items: Sequence[Item]) -> list[str]:
        """Write datasets and what is known of them, without commit; their ids."""
        bulk = Bulk(self.user)
        written: list[str] = []
        replaced: list[dict[str, Any]] = []
        edits = edit.of([item.dataset_id for item in items])
        for item in items:
            held = edits.get(item.dataset_id or "", {})
            draft = upsert.Draft(item.mapping, item.owner_org, self.source.name, item.dataset_id, item.revive, held)
            written.append(upsert.write(draft, bulk, replaced.append))
        bulk.finish()
        former.keep(self.run.job_id, replaced)
        self._note(items, written)
        return written

    def _note(self, items: Sequence[Item], dataset_ids: Sequence[str]) -> None:
        now = self.now()
        rows, told = [], []
        for item, dataset_id in zip(items, dataset_ids, strict=True):
            outcome = "updated" if item.dataset_id else "added"
            rows.append(
                {
                    "guid": item.guid,
                    "dataset_id": dataset_id,
                    "fingerprint": item.fingerprint,
                    "stamp": stamps.mark(self.source, item.guid, item.record.stamp, now),
                    "received": item.received,
                    "state": "current",
                    "indexed": False,
                    "job_id": self.run.job_id,
                    "outcome": outcome,
                    "seen_at": now,
                    "missing_since": None,
                    "missing_runs": 0,
                    "report": None,
                }
            )
            kept = {"guid": item.guid, "content": item.record.content, "package_id": dataset_id, "current": True}
            told.append({**kept, "report_status": outcome})
        model.Session.flush()
        store.put(self.source.id, rows)
        objects.add_written(self.run.job_id, self.source.id, now, told)

    def _fail(self, item: Item) -> None:
        """Note a record that could not be taken; it was seen all the same, so its dataset stays."""
        now = self.now()
        objects.add_failed(self.run.job_id, self.source.id, item.guid, item.record.content, now, issues=item.issues)
        if item.owned:
            row = {
                "guid": item.guid,
                "state": "deleted" if item.revive else "error",
                "job_id": self.run.job_id,
                "outcome": "error",
                "seen_at": now,
                "missing_since": None,
                "missing_runs": 0,
                "report": Report(item.issues, subject=item.guid).as_dict()["issues"],
            }
            store.put(self.source.id, [row])
        model.Session.commit()

    def _settle(self, page: Page) -> None:
        """Set the checkpoint behind a page; the caller commits."""
        self.run.cursor = dict(page.next) if page.next else None
        self.run.read = self._before + self._read
        self.run.total = self.run.total if page.total is None else page.total
        self.run.counts = counts(self.run.job_id)
        self.run.progressed = self.now()


def _batches(records: Iterable[Record]) -> Iterator[tuple[list[Record], bool]]:
    """The records by the batch, and whether it is the last."""
    rest = iter(records)
    batch = list(islice(rest, BATCH))
    while batch:
        following = list(islice(rest, BATCH))
        yield batch, not following
        batch = following


def _ids(items: Sequence[Item]) -> list[str]:
    return [item.dataset_id for item in items if item.dataset_id]


def counts(job_id: str) -> dict[str, int]:
    """What came of the records of a job, counted where it is written."""
    outcomes = store.outcomes(job_id)
    names = ("added", "updated", "unchanged", "deleted")
    return {**{name: outcomes.get(name, 0) for name in names}, "errors": objects.errors(job_id)}
