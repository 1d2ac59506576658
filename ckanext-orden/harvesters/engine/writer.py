"""What a run writes: datasets by the batch, what is known of their records, and what stock's pages tell of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ckan import model

from ...logic import writing
from ...logic.bulk import Bulk
from ...types import Issue, Report
from ..operations import former
from ..ownership import edit
from ..ownership.edit import Edits
from ..protocol import Source
from . import claims, objects, stamps, store, upsert
from .items import Item


@dataclass(frozen=True)
class Writer:
    """Writes the new, changed and wrong records of one run."""

    source: Source
    job_id: str
    user: str
    now: Callable[[], datetime]

    def write(
        self,
        wanted: Sequence[Item],
        done: Callable[[Sequence[str]], object],
        settle: Callable[[], object] | None = None,
    ) -> bool:
        """Write a batch in one transaction, or one by one when a record of it is refused; nothing else is to be open.

        `settle` joins that one transaction; returns whether it did. `done` is told the ids of committed datasets.
        """
        settled = False

        def write(items: Sequence[Item]) -> None:
            nonlocal settled
            written = self._datasets(items)
            joined = settle if len(items) == len(wanted) else None
            if joined:
                joined()
            model.Session.commit()
            settled = joined is not None
            for item, dataset_id in zip(items, written, strict=True):
                item.dataset_id = dataset_id

        def refuse(item: Item, issues: tuple[Issue, ...]) -> None:
            item.issues = issues
            self.fail(item)

        writing.in_batches(wanted, write, refuse, lambda written: done(_ids(written)))
        return settled

    def fail(self, item: Item) -> None:
        """Note a record that could not be taken, and commit; it was seen all the same, so its dataset stays."""
        now = self.now()
        objects.add_failed(self.job_id, self.source.id, item.guid, item.record.content, now, issues=item.issues)
        if item.owned:
            row = {
                "guid": item.guid,
                "state": "deleted" if item.revive else "error",
                "job_id": self.job_id,
                "outcome": "error",
                "seen_at": now,
                "missing_since": None,
                "missing_runs": 0,
                "report": Report(item.issues, subject=item.guid).as_dict()["issues"],
            }
            store.put(self.source.id, [row])
        model.Session.commit()

    def _datasets(self, items: Sequence[Item]) -> list[str]:
        """Write datasets and what is known of them, without commit; their ids, none for a record that yields."""
        claims.hold(self.source, items)
        ours = [item for item in items if not item.yields]
        bulk = Bulk(self.user)
        written: list[str] = []
        replaced: list[dict[str, Any]] = []
        edits = edit.of([item.dataset_id for item in ours])
        for item in ours:
            written.append(upsert.write(self._draft(item, edits), bulk, replaced.append))
        bulk.finish()
        former.keep(self.job_id, replaced)
        claims.let_go(self.source, ours)
        if ours:
            self._note(ours, written)
        claims.give_way(self.source, self.job_id, items, self.now())
        ids = iter(written)
        return ["" if item.yields else next(ids) for item in items]

    def _draft(self, item: Item, edits: Mapping[str, Edits]) -> upsert.Draft:
        held = edits.get(item.dataset_id or "", {})
        return upsert.Draft(
            item.mapping, item.owner_org, self.source.name, item.dataset_id, item.revive, item.name, held
        )

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
                    "likeness": item.likeness,
                    "state": "current",
                    "indexed": False,
                    "job_id": self.job_id,
                    "outcome": outcome,
                    "seen_at": now,
                    "missing_since": None,
                    "missing_runs": 0,
                    "report": claims.report(item),
                }
            )
            kept = {"guid": item.guid, "content": item.record.content, "package_id": dataset_id, "current": True}
            told.append({**kept, "report_status": outcome})
        model.Session.flush()
        store.put(self.source.id, rows)
        objects.add_written(self.job_id, self.source.id, now, told)


def _ids(items: Sequence[Item]) -> list[str]:
    return [item.dataset_id for item in items if item.dataset_id]
