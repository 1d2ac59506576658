"""The walk of one run through one source: list, map, compare, have written and indexed, judge what is missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import islice

from ckan import model

from ...errors import OrdenError, SourceError
from ...logic import writing
from ..model import HarvestRun
from ..protocol import Document, Page, Reader, Record, Source
from ..texts import source_text
from . import documents, indexer, removal, stamps, store
from .items import Item
from .met import Met, assert_whole
from .sharing import Sharing
from .taking import Batch, Taker

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
    _met: Met = field(default_factory=Met)
    _listed: set[str] = field(default_factory=set)
    """Identifiers that listings of this process have named."""
    _only: frozenset[str] | None = None
    """The identifiers that a retry is for."""
    _taker: Taker = field(init=False)
    _sharing: Sharing = field(init=False)

    def __post_init__(self) -> None:
        self._taker = Taker(self.reader, self.source, self.run.job_id, self.user, self.now)
        self._sharing = Sharing(self._taker, self.check)

    def execute(self) -> None:
        """Walk the source from its checkpoint to its end; raises SourceError when that is not possible."""
        left = indexer.catch_up(self.source.id)
        if self.run.kind == "retry":
            self._only = store.failed(self.source.id)
        if not self.run.listed:
            with indexer.Indexer(self.source.id) as indexing:
                self._sharing.finish(indexing.add, self._note)
                self._walk(indexing)
            if left or indexing.given or self._sharing.used:
                indexer.catch_up(self.source.id)
        if self._only is None:
            removal.judge(self.source, self.run, self.user, self.now())
        if waiting := store.unindexed(self.source.id):
            self.run.problems = [*self.run.problems, source_text("index", count=len(waiting))]

    def _walk(self, indexing: indexer.Indexer) -> None:
        try:
            self._read_pages(indexing)
        except SourceError:
            model.Session.rollback()
            self._gather_in(indexing)
            raise
        self._gather_in(indexing)

    def _gather_in(self, indexing: indexer.Indexer) -> None:
        """What was read is taken, whatever becomes of the rest."""
        if self._sharing.used:
            self._sharing.finish(indexing.add, self._note)

    def _read_pages(self, indexing: indexer.Indexer) -> None:
        for page in self.reader.pages(self.source, self.run.cursor):
            self._met.page, self._met.read = self._met.page + 1, self.run.read
            self.document = page.document
            if page.unchanged:
                read, page = documents.see_again(self.source, self.run, self.now())  # noqa: PLW2901 - it stands for it
                self._met.read += read
            settled = False
            for batch, is_last in _batches(self._moved(page)):
                self.check()
                settled = self._take(batch, indexing, page if is_last else None)
            if not settled:
                self._settle(page)
                self._taker.commit()
            self.say(self.run)
        assert_whole(self.run)

    def _moved(self, page: Page) -> Iterable[Record]:
        """The records of the page, but for those that need no reading, as its listing says."""
        if page.listing is None:
            return page.records
        self.check()
        listed = {guid: stamp for guid, stamp in page.listing.stamps.items() if guid not in self._listed}
        self._listed.update(listed)
        spared = self._spared(listed)
        self._met.read += len(spared)
        return page.listing.read([guid for guid in listed if guid not in spared])

    def _spared(self, listed: Mapping[str, str]) -> Collection[str]:
        """Which of the listed records are as they were taken, or not what a retry is for."""
        if self._only is not None:
            return listed.keys() - self._only
        unmoved = stamps.unmoved(self.source, listed, self.now())
        store.mark_unchanged(self.source.id, unmoved, self.run.job_id, self.now())
        self._taker.pending |= bool(unmoved)
        return unmoved

    def _take(self, records: Sequence[Record], indexing: indexer.Indexer, page: Page | None) -> bool:
        """Do what the records need; `page` is given with its last ones. Whether its checkpoint was set with them."""
        settle = partial(self._settle, page) if page else None
        batch = self._unshared(self._taker.compare(records), indexing)
        if new := self._to_share(batch):
            return self._share(batch, new, indexing, settle)
        items = [item for item in map(self._taker.mapped, batch.items) if self._met.meet(item) and self._wants(item)]
        return self._taker.take(items, batch.known, indexing.add, settle)

    def _to_share(self, batch: Batch) -> list[Item]:
        """The records that other workers can map and write; none where this run does better by itself."""
        new = [item for item in batch.items if not item.fingerprint]
        guids = {item.guid for item in batch.items}
        if self._only is not None or len(guids) < len(batch.items) or any(item.guid in self._met.seen for item in new):
            return []
        return new if self._sharing.is_wanted(new, batch.known) else []

    def _share(
        self, batch: Batch, new: Sequence[Item], indexing: indexer.Indexer, settle: Callable[[], object] | None
    ) -> bool:
        """Note what came as it was, and leave the rest to whoever comes first."""
        unchanged = [item for item in batch.items if item.fingerprint and self._met.meet(item)]
        self._taker.take(unchanged, batch.known, indexing.add)
        self._sharing.give(new, self._met.page)
        self._met.read += len(new)
        if settle:
            settle()
        self._taker.commit()
        return settle is not None

    def _unshared(self, batch: Batch, indexing: indexer.Indexer) -> Batch:
        """The batch without records that were shared before; a second one of an identifier waits for the first."""
        again = [item for item in batch.items if item.guid in self._sharing.given]
        if not again:
            return batch
        if all(map(self._sharing.is_same, again)):
            self._met.read += sum(self._sharing.given[item.guid][1] == self._met.page for item in again)
            return Batch([item for item in batch.items if item.guid not in self._sharing.given], batch.known)
        self._sharing.finish(indexing.add, self._note)
        self._met.seen |= self._sharing.take_back({item.guid for item in again})
        return self._taker.compare([item.record for item in batch.items])

    def _note(self) -> None:
        """Tell of progress that no page's end tells of."""
        self.run.counts, self.run.progressed = counts(self.run), self.now()
        model.Session.commit()
        self.say(self.run)

    def _wants(self, item: Item) -> bool:
        """Whether this run is for the record: a retry is only for what had failed."""
        return self._only is None or item.guid in self._only

    def _settle(self, page: Page) -> None:
        """Set the checkpoint behind a page; the caller commits."""
        self.run.cursor = dict(page.next) if page.next else None
        self.run.read = self._met.read
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
