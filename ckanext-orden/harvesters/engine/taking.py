"""What is done with records, by the run that has read them or by a worker that helps it: compare, map, have written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ckan import model

from ...metadata.hashing import fingerprint
from ..protocol import Reader, Record, Source
from . import claims, shares, stamps, store
from .basis import basis_of
from .items import Item, clean, mapped_item
from .met import identify
from .organizations import Organizations
from .writer import Writer

Done = Callable[[Sequence[str]], object]
"""Is told the ids of committed datasets."""
Settle = Callable[[], object]
"""Joins the transaction of a batch."""


@dataclass(frozen=True)
class Batch:
    """Records compared with what is known of them: those that came just so before have a fingerprint already."""

    items: list[Item]
    known: dict[str, store.Known]


@dataclass
class Taker:
    """Takes the records of one job."""

    reader: Reader
    source: Source
    job_id: str
    user: str
    now: Callable[[], datetime]
    pending: bool = False
    """Whether marks wait for a commit, which a refused record would roll back."""
    basis: str = field(init=False)
    _organizations: Organizations = field(init=False)
    _writer: Writer = field(init=False)

    def __post_init__(self) -> None:
        create = self.source.settings.get("remote_orgs") == "create"
        self._organizations = Organizations(self.user, self.source.owner_org, create=create)
        self._writer = Writer(self.source, self.job_id, self.user, self.now)
        self.basis = basis_of(self.source)

    def compare(self, records: Sequence[Record]) -> Batch:
        """The records with what the table says about them; nothing is mapped yet."""
        storables = [clean(record) for record in records]
        known = store.known(self.source.id, [record.guid for record in storables if record.guid])
        return Batch([self._compared(record, known.get(record.guid)) for record in storables], known)

    def _compared(self, record: Record, row: store.Known | None) -> Item:
        received = fingerprint({"record": record.content, "basis": self.basis})
        item = Item(record, record.guid, received=received)
        if row and row.settled and row.owned and row.received == received:
            item.fingerprint, item.likeness = row.fingerprint, row.likeness
        return item

    def mapped(self, item: Item) -> Item:
        """The item as it would be written, or what is wrong with it; one that came just so before needs no mapping."""
        if item.fingerprint:
            return item
        mapped = mapped_item(self.reader, self.source, self._organizations, item.record)
        mapped.received = item.received
        return mapped

    def take(
        self, items: Sequence[Item], known: dict[str, store.Known], done: Done, settle: Settle | None = None
    ) -> bool:
        """Do what these mapped records need; whether `settle` came with it."""
        unread = {item.guid for item in items if item.guid} - known.keys()
        known |= store.known(self.source.id, unread) if unread else {}
        unchanged, moved = self._parted(items, known)
        claims.settle(self.source, moved, known)
        for item in moved:
            if item.issues:
                self._writer.fail(item)
        self._mark(unchanged)
        wanted = [item for item in moved if not item.issues]
        if not wanted:
            return False
        if self.pending:
            self.commit()
        return self._writer.write(wanted, done, settle)

    def _parted(
        self, items: Sequence[Item], known: Mapping[str, store.Known]
    ) -> tuple[list[tuple[Item, store.Known]], list[Item]]:
        """The records that came as they were, with what is known of them, and the others; wrong ones are noted."""
        unchanged: list[tuple[Item, store.Known]] = []
        moved: list[Item] = []
        for item in items:
            row = known.get(item.guid)
            taken_before = row and row.job_id == self.job_id and not item.double
            if item.skipped or taken_before:
                continue
            item.know(row)
            identify(item)
            if item.issues:
                self._writer.fail(item)
            elif row and row.holds(item.fingerprint):
                unchanged.append((item, row))
            else:
                moved.append(item)
        return unchanged, moved

    def work_off(self, share: shares.Share, done: Done) -> None:
        """Do what the records of a shared batch need; the batch goes with the last of them."""
        batch = self.compare(share.records)

        def settle() -> None:
            shares.remove(share)

        if not self.take([self.mapped(item) for item in batch.items], batch.known, done, settle):
            settle()
            self.commit()

    def commit(self) -> None:
        """Keep what was marked from the rollback that a refused record brings."""
        model.Session.commit()
        self.pending = False

    def _mark(self, unchanged: Sequence[tuple[Item, store.Known]]) -> None:
        """Note what was seen as it was, and how it came this time."""
        store.mark_unchanged(self.source.id, [item.guid for item, _ in unchanged], self.job_id, self.now())
        came = [(item.guid, item.received, item.likeness) for item, row in unchanged if item.received != row.received]
        store.mark_received(self.source.id, came)
        stamps.keep(self.source, {item.guid: item.record.stamp for item, _ in unchanged}, self.now())
        self.pending |= bool(unchanged)
