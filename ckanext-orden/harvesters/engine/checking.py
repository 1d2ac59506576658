"""A run that reads and judges every record and writes no dataset: what a harvest would do, and what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from ckan import model
from ckanext.harvest.model import HarvestObject, HarvestObjectError
from sqlalchemy import delete, select

from ...logic import writing
from ...types import Issue
from ..model import GUID_LIMIT, HarvestFailure, HarvestRecord, HarvestRun
from ..protocol import Reader, Record, Source
from ..texts import record_problem, source_problem
from . import objects, store
from .items import Item, mapped_item
from .organizations import Organizations
from .preview import compared, judged
from .rivals import YIELDED

OUTCOMES = ("added", "updated", "unchanged", YIELDED, "errors", "missing")


@dataclass
class Checking:
    """Everything that one check knows; built as the engine is. One that was interrupted begins anew."""

    reader: Reader
    source: Source
    run: HarvestRun
    user: str
    now: Callable[[], datetime]
    check: Callable[[], None]
    say: Callable[[HarvestRun], None]
    _seen: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Identifiers met so far: the fingerprint, and on which page."""
    _page: int = 0
    _counts: Counter[str] = field(default_factory=Counter)

    def execute(self) -> None:
        """Walk the source to its end; raises SourceError when that is not possible."""
        self._begin()
        for page in self.reader.pages(self.source, None):
            self._page += 1
            records = iter(page.records)
            while batch := list(islice(records, writing.BATCH)):
                self.check()
                self._take(batch)
            self.run.total = self.run.total if page.total is None else page.total
            self._note()
        if not self.run.read:
            raise source_problem("empty")
        if self.run.total is not None and self.run.read < self.run.total:
            raise source_problem("incomplete", total=self.run.total, read=self.run.read)
        self._counts["missing"] = self._missing()
        self._note()

    def _begin(self) -> None:
        ours = select(HarvestObject.id).where(HarvestObject.harvest_job_id == self.run.job_id)
        for statement in (
            delete(HarvestObjectError).where(HarvestObjectError.harvest_object_id.in_(ours)),
            delete(HarvestObject).where(HarvestObject.harvest_job_id == self.run.job_id),
            delete(HarvestFailure).where(HarvestFailure.job_id == self.run.job_id),
        ):
            model.Session.execute(statement, execution_options={"synchronize_session": False})
        self.run.read, self.run.total, self.run.cursor = 0, None, None
        self._note()

    def _take(self, records: Sequence[Record]) -> None:
        create = self.source.settings.get("remote_orgs") == "create"
        organizations = Organizations(self.user, self.source.owner_org, create=create, look=True)
        items = [mapped_item(self.reader, self.source, organizations, record) for record in records]
        wanted = [item for item in items if self._meet(item)]
        for item, unchanged in zip(wanted, compared(wanted, self.source), strict=True):
            outcome, said = judged(item, self.source, self.user, unchanged=unchanged)
            self._counts[outcome] += 1
            if outcome == "errors":
                self._fail(item, [Issue(**issue) for issue in said])
        model.Session.commit()

    def _meet(self, item: Item) -> bool:
        """Whether the record is to be judged: not when the very same came before."""
        met = item.fingerprint, self._page
        before = self._seen.setdefault(item.guid, met)
        double = before[0] != item.fingerprint
        # A page that a cache gives again must not stand in for the page that was asked for.
        self.run.read += double or before[1] == self._page
        if not item.guid.strip() or len(item.guid) > GUID_LIMIT:
            item.issues, item.guid = (*item.issues, record_problem("record.unnamed", limit=GUID_LIMIT)), ""
        elif double:
            item.issues = (record_problem("record.duplicate", guid=item.guid),)
        return before is met or double

    def _fail(self, item: Item, issues: Sequence[Issue]) -> None:
        content = item.record.content
        objects.add_failed(self.run.job_id, self.source.id, item.guid, content, self.now(), issues=issues)

    def _missing(self) -> int:
        """How many datasets of the source it does not have any more."""
        query = select(HarvestRecord.guid).where(
            HarvestRecord.source_id == self.source.id,
            HarvestRecord.dataset_id.is_not(None),
            HarvestRecord.state.not_in((*store.GONE, "kept")),
        )
        return sum(guid not in self._seen for guid in model.Session.execute(query).scalars())

    def _note(self) -> None:
        self.run.counts = {name: self._counts[name] for name in OUTCOMES}
        self.run.progressed = self.now()
        model.Session.commit()
        self.say(self.run)
