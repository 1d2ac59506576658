"""What a walk through a source has met: each record counts once, and a walk that ends early is no whole one."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..model import GUID_LIMIT, HarvestRun
from ..texts import record_problem, source_problem
from .items import Item


@dataclass
class Met:
    """The records that this process has met."""

    page: int = 0
    read: int = 0
    """Records that count towards the source's total."""
    seen: dict[str, tuple[str, int]] = field(default_factory=dict)
    """By identifier the fingerprint, and on which page it was."""

    def meet(self, item: Item) -> bool:
        """Whether there is something to do: not when the very same record came before."""
        met = item.fingerprint, self.page
        before = self.seen.setdefault(item.guid, met)
        item.double = before[0] != item.fingerprint
        # A page that a cache gives again must not stand in for the page that was asked for.
        self.read += item.double or before[1] == self.page
        return before is met or item.double


def is_named(guid: str) -> bool:
    """Whether the table can keep a record of that identifier."""
    return bool(guid.strip()) and len(guid) <= GUID_LIMIT


def identify(item: Item) -> None:
    """Tell of an identifier that is none, or another record's."""
    if not is_named(item.guid):
        item.issues = (*item.issues, record_problem("record.unnamed", limit=GUID_LIMIT))
        item.guid, item.owned = "", False
    elif item.double:
        item.issues, item.owned = (record_problem("record.duplicate", guid=item.guid),), False


def assert_whole(run: HarvestRun) -> None:
    """SourceError where a walk has met no record, or fewer than the source says it has."""
    if not run.read:
        raise source_problem("empty")
    if run.total is not None and run.read < run.total:
        raise source_problem("incomplete", total=run.total, read=run.read)
