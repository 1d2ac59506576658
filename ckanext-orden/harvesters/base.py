"""The base of every harvester: a protocol gives pages and a mapping, everything else is done here."""

from __future__ import annotations

import logging
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import ClassVar

from ckan import model
from ckanext.harvest.harvesters.base import HarvesterBase

from ..clock import utcnow
from ..errors import OrdenError, SourceError
from ..fetching.visits import visiting
from ..logic.attempts import attempt
from ..logic.locks import Lock
from ..metadata.mapping import Mapped
from . import detect, jobs, settings
from .engine import documents, indexer, reimport, shares, stamps
from .engine.checking import Checking
from .engine.lock import helpers_lock, source_lock
from .engine.run import Engine, Stopped, counts
from .engine.sharing import call_off
from .engine.taking import Taker
from .model import HarvestRun
from .planning import plans
from .politeness import visit_of_run
from .protocol import Cursor, Page, Record, Source
from .recognition import Answer, Recognised
from .stock import Job, Object, SourceRow, harvest_object
from .texts import source_problem, source_text

log = logging.getLogger(__name__)


class Busy(Exception):  # noqa: N818 - the normal answer to a second start
    """Another worker runs this source at this moment."""


class Unfinished(SystemExit):
    """The job is left at its checkpoint; no `Exception`, which stock answers by throwing away the job's objects."""


class Paused(OrdenError):  # noqa: N818 - the run goes on when its hours begin again
    """The hours of a scheduled run are over."""


@dataclass(frozen=True)
class Order:
    """How a run is asked for: its clock, who hears of its pages, and whether everything is read anew."""

    now: Callable[[], datetime]
    say: Callable[[HarvestRun], None]
    full: bool


class OrdenHarvester(HarvesterBase):
    """Give it a name, `pages` and `map`: see docs/adding-a-harvester.md."""

    NAME: ClassVar[str]
    TITLE: ClassVar[str]
    DESCRIPTION: ClassVar[str]
    SETTINGS: ClassVar[Mapping[str, settings.Check]] = {}
    """The keys of the source's configuration beside the common ones, and what each may hold."""

    @abstractmethod
    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        """All pages of the source from `cursor` on; raises SourceError for an answer that is no page."""

    @abstractmethod
    def map(self, record: Record, source: Source) -> Mapped:
        """The record as a dataset of our schema; raises RecordError or SkipRecord."""

    def recognises(self, answer: Answer) -> Recognised | None:
        """What source the answer would make for this protocol, told by its shape; None for another's answer."""
        return None

    def places(self, url: str) -> Iterable[str]:
        """Where on its site the protocol's answers usually are, when a person has entered any address of the site."""
        return ()

    def leads(self, answer: Answer) -> Iterable[str]:
        """Where an answer that is not enough by itself leads: the links of a page, the first of a list of names."""
        return ()

    def info(self) -> dict[str, str]:
        """What the form for a new source shows."""
        return {
            "name": self.NAME,
            "title": self.TITLE,
            "description": self.DESCRIPTION,
            "form_config_interface": "Text",
        }

    def validate_config(self, config: str | None) -> str | None:
        """Refuse a configuration with an unknown key or a wrong value; stock shows the sentence in the form."""
        settings.parse(config, self.SETTINGS)
        return config

    def source(self, job: Job) -> Source:
        """The job's source as plain data."""
        return self.described(job.source_id, job.source)

    def described(self, source_id: str, row: SourceRow) -> Source:
        """A source as plain data; raises SourceError where it is gone or its configuration is wrong."""
        package = model.Package.get(source_id)
        if package is None or package.state != "active":
            raise source_problem("gone")
        try:
            checked = settings.parse(row.config, self.SETTINGS)
        except ValueError as error:
            raise source_problem("settings", reason=error) from error
        return Source(package.id, package.name, row.title or package.name, row.url, package.owner_org, checked)

    def run(
        self,
        job: Job,
        *,
        now: Callable[[], datetime] = utcnow,
        say: Callable[[HarvestRun], None] = lambda _run: None,
        wait: bool = False,
        full: bool = False,
        force: bool = False,
    ) -> HarvestRun | None:
        """Run the job to its end, from its checkpoint if it was interrupted; None when it had ended before.

        A scheduled run pauses where its hours end. With `full` a document is read although its server might say that
        it has not changed; `force` runs a source that is not approved.
        """
        with source_lock(job.source_id, wait=wait) as lock:
            if lock is None:
                raise Busy(job.source_id)
            if jobs.is_stopped(job.id):
                return None
            run = jobs.begin(job, now())
            approved = force or run.kind == "check" or plans.is_approved(job.source_id)
            state = self._execute(job, run, lock, Order(now, say, full)) if approved else _unapproved(run)
            if state in ("failed", "stopped"):
                call_off(job.source_id, for_good=state == "failed")
            if run.kind != "check":
                run.counts = {**run.counts, **counts(run)}
            if state == "paused":
                jobs.pause(run)
            else:
                jobs.end(job, run, state or jobs.state_of(run), now())
            say(run)
            return run

    def _execute(self, job: Job, run: HarvestRun, lock: Lock, order: Order) -> str:
        """Do the work; returns `failed`, `stopped` or `paused`, or nothing when the run came to its own end."""

        def check() -> None:
            lock.check()
            if jobs.is_stopped(job.id):
                raise Stopped
            if run.scheduled and plans.is_closed(job.source_id, order.now()):
                raise Paused

        def work() -> None:
            check()
            self._visit(self.source(job), run, order, check)

        try:
            issues = attempt(work)
        except SourceError as error:
            model.Session.rollback()
            run.problems = [*run.problems, error.problem, *detect.moved(self, job.source.url, run.read, error)]
            return "failed"
        except Stopped:
            model.Session.rollback()
            run.problems = [*run.problems, source_text("stopped")]
            return "stopped"
        except Paused:
            model.Session.rollback()
            return "paused"
        if issues:
            model.Session.rollback()
            deleted = counts(run)["deleted"]
            run.problems = [*run.problems, source_text("internal", reason=issues[0].text("en"), deleted=deleted)]
            return "failed"
        return ""

    def _visit(self, source: Source, run: HarvestRun, order: Order, check: Callable[[], None]) -> None:
        """Go through the source by its plan; remember its document where all of it was taken."""
        begun = documents.is_begun(run) or bool(shares.waiting(run.job_id))
        source = replace(source, listed=stamps.are_kept(source.id))
        if not order.full and not begun:
            source = replace(source, known=documents.known(source, run, order.now()))
        worker = Checking if run.kind == "check" else Engine
        work = worker(self, source, run, self._get_user_name(), order.now, check, order.say)
        with visiting(visit_of_run(source, check)) as visit:
            work.execute()
        if isinstance(work, Engine) and run.kind == "harvest" and jobs.state_of(run) == "finished" and not begun:
            documents.keep(source, run, work.document, order.now())
        if visit.permitted:
            run.problems = [*run.problems, source_text("permitted", permission=visit.permission)]

    def help(self, job: Job, now: Callable[[], datetime] = utcnow) -> bool:
        """Take one batch that the job's run shares with other workers; whether there was one."""
        with helpers_lock(job.source_id, shared=True) as lock:
            if lock is None or jobs.is_stopped(job.id):
                return False
            taker = Taker(self, self.source(job), job.id, self._get_user_name(), now)
            with shares.taken(shares.of_basis(job.id, taker.basis)) as share:
                if share:
                    taker.work_off(share, partial(indexer.index, job.source_id))
                return share is not None

    def gather_stage(self, harvest_job: Job) -> list[str]:
        """Stock's door: the whole run happens here, and nothing is left for the fetch queue."""
        try:
            self.run(harvest_job, wait=True)
        except KeyboardInterrupt as wish:
            raise SystemExit(1) from wish
        except Exception as fault:
            log.exception("A job is left at its checkpoint")
            raise Unfinished(1) from fault
        return []

    def fetch_stage(self, harvest_object: Object) -> bool:
        """Nothing to fetch: the object holds its record already."""
        return True

    def import_stage(self, harvest_object: Object) -> bool:
        """Import the kept record of one object again, for stock's `harvester import`."""
        return reimport.again(self, self.source(harvest_object.job), self._get_user_name(), harvest_object)

    def get_original_url(self, harvest_object_id: str) -> str | None:
        """The address that stock's job report links to."""
        found = harvest_object(harvest_object_id)
        return found.source.url if found else None


def _unapproved(run: HarvestRun) -> str:
    run.problems = [source_text("unapproved")]
    return "failed"
