"""How a run shares its batches with workers that have nothing to do: it reads, they map and write, it ends the run.

A batch is shared as it was received, in the transaction that sets the checkpoint behind it: to be behind the checkpoint
is to be taken or to be in the table. Without such a worker nothing is shared.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ckan import model
from redis.exceptions import RedisError

from .. import idle
from . import shares, store
from .items import Item
from .lock import helpers_lock
from .met import is_named
from .taking import Done, Taker

log = logging.getLogger(__name__)

FEWEST = 20
"""Records that are worth it: fewer are sooner done than told."""
MOST = 16
"""Batches of a run that may wait or be worked off; while there are so many, the run takes the next one itself."""
LOOK = 0.2
"""Seconds until the run looks again whether its helpers are done."""


@dataclass
class Sharing:
    """What one run has given away; `check` raises when the run has to end early."""

    taker: Taker
    check: Callable[[], None]
    given: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Identifiers of shared records: the record as received, and on which page."""
    used: bool = False
    """Whether other workers had a part in the run."""
    _alone: bool = False
    """Whether nobody can be heard of, because Redis is away."""

    def is_wanted(self, new: Sequence[Item], known: Mapping[str, store.Known]) -> bool:
        """Whether these records, all different and new to the run, are worth sharing and somebody would take them."""
        return (
            len(new) >= FEWEST
            and all(is_named(item.guid) and not self._is_taken(known.get(item.guid)) for item in new)
            and self._is_heard()
        )

    def give(self, new: Sequence[Item], page: int) -> None:
        """Put the records where other workers find them; the caller commits."""
        self.used = True
        self.given |= {item.guid: (item.received, page) for item in new}
        shares.put(self.taker.job_id, self.taker.basis, [item.record for item in new])

    def is_same(self, item: Item) -> bool:
        """Whether the very same record was shared before."""
        return self.given[item.guid][0] == item.received

    def take_back(self, guids: Collection[str]) -> dict[str, tuple[str, int]]:
        """What became of shared records that are all worked off: the fingerprint, and on which page each was."""
        known = store.known(self.taker.source.id, guids)
        return {guid: (self._written(known.get(guid)), self.given.pop(guid)[1]) for guid in guids}

    def finish(self, done: Done, note: Callable[[], None]) -> None:
        """Work off what is shared still, and wait for those who are at it; `note` is called after each batch."""
        if self.taker.pending:
            self.taker.commit()
        while not self._is_finished():
            self.check()
            with shares.taken(shares.waiting(self.taker.job_id)) as share:
                if share:
                    self.used = True
                    self.taker.work_off(share, done)
            if share:
                note()
            else:
                self.taker.commit()
                time.sleep(LOOK)

    def _is_finished(self) -> bool:
        with helpers_lock(self.taker.source.id) as alone:
            return alone is not None and not shares.waiting(self.taker.job_id)

    def _is_taken(self, row: store.Known | None) -> bool:
        return row is not None and row.job_id == self.taker.job_id

    def _written(self, row: store.Known | None) -> str:
        """The fingerprint of a record that this job has taken; none of one that was in error."""
        fine = row is not None and self._is_taken(row) and row.settled and row.state != "error"
        return row.fingerprint if row and fine else ""

    def _is_heard(self) -> bool:
        """Whether a worker would help, and has not enough to do yet."""
        if self._alone:
            return False
        try:
            return idle.is_anybody() and len(shares.waiting(self.taker.job_id)) < MOST
        except RedisError as error:
            log.warning("Whether another worker would help is not known (%s); the run goes on alone", error)
            self._alone = True
            return False


def call_off(source_id: str, *, for_good: bool) -> None:
    """Before a run ends early: helpers end what they are at; what waits is dropped where the run cannot go on later."""
    if for_good:
        shares.forget(source_id)
        model.Session.commit()
    with helpers_lock(source_id, wait=True):
        pass
