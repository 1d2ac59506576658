"""The walk of one run through one source: list, map, compare, have written and indexed, judge what is missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice

from ckan import model

from ...errors import OrdenError
from ...logic import writing
from ...metadata.hashing import fingerprint
from ..model import GUID_LIMIT, HarvestRun
from ..protocol import Document, Page, Reader, Record, Source
from ..texts import record_problem, source_problem, source_text
from . import claims, documents, indexer, removal, stamps, store
from .basis import basis_of
from .items import Item, clean, mapped_item
from .organizations import Organizations
from .writer import Writer

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
    _writer: Writer = field(init=False)
    _basis: str = field(init=False)

    def __post_init__(self) -> None:
        create = self.source.settings.get("remote_orgs") == "create"
        self._organizations = Organizations(self.user, self.source.owner_org, create=create)
        self._writer = Writer(self.source, self.run, self.user, self.now)
        self._basis = basis_of(self.source)

    def execute(self) -> None:
        """Walk the source from its checkpoint to its end; raises SourceError when that is not possible."""
        left = indexer.catch_up(self.source.id)
        if self.run.kind == "retry":
            self._only = store.failed(self.source.id)
        if not self.run.listed:
            with indexer.Indexer(self.source.id) as indexing:
                self._walk(indexing)
            if left or indexing.given:
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
        if later := [guid for guid in guids if guid not in known]:
            known |= store.known(self.source.id, later)
        unchanged: list[tuple[Item, store.Known]] = []
        moved: list[Item] = []
        for item in items:
            row = known.get(item.guid)
            taken_before_interruption = row and row.job_id == self.run.job_id and not item.double
            if item.skipped or taken_before_interruption:
                continue
            item.know(row)
            self._identify(item)
            if item.issues:
                self._writer.fail(item)
            elif row and row.holds(item.fingerprint):
                unchanged.append((item, row))
            else:
                moved.append(item)
        claims.settle(self.source, moved, known)
        for item in moved:
            if item.issues:
                self._writer.fail(item)
        self._mark(unchanged)
        wanted = [item for item in moved if not item.issues]
        if not wanted:
            return False
        self._commit_marks()
        return self._writer.write(wanted, indexing.add, partial(self._settle, page) if page else None)

    def _mark(self, unchanged: Sequence[tuple[Item, store.Known]]) -> None:
        """Note what was seen as it was, and how it came this time."""
        store.mark_unchanged(self.source.id, [item.guid for item, _ in unchanged], self.run.job_id, self.now())
        came = [(item.guid, item.received, item.likeness) for item, row in unchanged if item.received != row.received]
        store.mark_received(self.source.id, came)
        stamps.keep(self.source, {item.guid: item.record.stamp for item, _ in unchanged}, self.now())
        self._pending |= bool(unchanged)

    def _commit_marks(self) -> None:
        """Keep what was marked from the rollback that a refused record brings."""
        if self._pending:
            model.Session.commit()
            self._pending = False

    def _items(self, records: Sequence[Record], known: dict[str, store.Known]) -> Iterator[Item]:
        """The records mapped, but those that came just so before; fills in what is known of them."""
        storables = [clean(record) for record in records]
        known |= store.known(self.source.id, [record.guid for record in storables if record.guid])
        for record in storables:
            received = fingerprint({"record": record.content, "basis": self._basis})
            row = known.get(record.guid)
            if row and row.settled and row.owned and row.received == received:
                yield Item(record, row.guid, fingerprint=row.fingerprint, received=received, likeness=row.likeness)
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

    def _identify(self, item: Item) -> None:
        if not item.guid.strip() or len(item.guid) > GUID_LIMIT:
            item.issues = (*item.issues, record_problem("record.unnamed", limit=GUID_LIMIT))
            item.guid, item.owned = "", False
        elif item.double:
            item.issues, item.owned = (record_problem("record.duplicate", guid=item.guid),), False

    def _settle(self, page: Page) -> None:
        """Set the checkpoint behind a page; the caller commits."""
        self.run.cursor = dict(page.next) if page.next else None
        self.run.read = self._before + self._read
        self.run.total = self.run.total if page.total is None else page.total
        self.run.counts = counts(self.run)
        self.run.progressed = self.now()


def _batches(records: Iterable[Record]) -> Iterator[tuple[list[Record], bool]]:
    """The records by the batch, and whether it is the last."""
    rest = iter(records)
    batch = list(islice(rest, BATCH))
    while batch:
        following = list(islice(rest, BATCH))
        yield batch, not following
        batch = following


def counts(run: HarvestRun) -> dict[str, int]:
    """What came of the records of a run, counted where it is written."""
    return store.outcomes(run.source_id, run.job_id)
