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
from ..model import HarvestFailure, HarvestRecord, HarvestRun
from ..protocol import Reader, Record, Source
from . import objects, store
from .items import Item, mapped_item
from .met import Met, assert_whole, identify
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
    _met: Met = field(default_factory=Met)
    _counts: Counter[str] = field(default_factory=Counter)

    def execute(self) -> None:
        """Walk the source to its end; raises SourceError when that is not possible."""
        self._begin()
        for page in self.reader.pages(self.source, None):
            self._met.page += 1
            records = iter(page.records)
            while batch := list(islice(records, writing.BATCH)):
                self.check()
                self._take(batch)
            self.run.total = self.run.total if page.total is None else page.total
            self._note()
        assert_whole(self.run)
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
        self.run.total, self.run.cursor = None, None
        self._note()

    def _take(self, records: Sequence[Record]) -> None:
        create = self.source.settings.get("remote_orgs") == "create"
        organizations = Organizations(self.user, self.source.owner_org, create=create, look=True)
        items = [mapped_item(self.reader, self.source, organizations, record) for record in records]
        wanted = [item for item in items if self._met.meet(item)]
        for item in wanted:
            identify(item)
        for item, unchanged in zip(wanted, compared(wanted, self.source), strict=True):
            outcome, said = judged(item, self.source, self.user, unchanged=unchanged)
            self._counts[outcome] += 1
            if outcome == "errors":
                self._fail(item, [Issue(**issue) for issue in said])
        model.Session.commit()

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
        return sum(guid not in self._met.seen for guid in model.Session.execute(query).scalars())

    def _note(self) -> None:
        self.run.read = self._met.read
        self.run.counts = {name: self._counts[name] for name in OUTCOMES}
        self.run.progressed = self.now()
        model.Session.commit()
        self.say(self.run)
