"""The base of every harvester: a protocol gives pages and a mapping, everything else is done here."""

from __future__ import annotations

import logging
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import ClassVar

from ckan import model
from ckanext.harvest.harvesters.base import HarvesterBase

from ..errors import SourceError
from ..logic.attempts import attempt
from ..logic.locks import Lock
from ..metadata.mapping import Mapped
from . import jobs, reimport, settings
from .engine import Engine, Stopped, counts
from .lock import source_lock
from .model import HarvestRun, utcnow
from .protocol import Cursor, Page, Record, Source
from .stock import Job, Object, SourceRow, harvest_object
from .texts import source_problem, source_text

log = logging.getLogger(__name__)


class Busy(Exception):  # noqa: N818 - the normal answer to a second start
    """Another worker runs this source at this moment."""


class Unfinished(SystemExit):
    """The job is left at its checkpoint; no `Exception`, which stock answers by throwing away the job's objects."""


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
    ) -> HarvestRun | None:
        """Run the job to its end, from its checkpoint if it was interrupted; None when it had ended before."""
        with source_lock(job.source_id, wait=wait) as lock:
            if lock is None:
                raise Busy(job.source_id)
            if jobs.is_stopped(job.id):
                return None
            run = jobs.begin(job, now())
            state = self._execute(job, run, lock, now, say)
            run.counts = {**run.counts, **counts(job.id)}
            jobs.end(job, run, state or jobs.state_of(run), now())
            say(run)
            return run

    def _execute(
        self,
        job: Job,
        run: HarvestRun,
        lock: Lock,
        now: Callable[[], datetime],
        say: Callable[[HarvestRun], None],
    ) -> str:
        """Do the work; returns `failed` or `stopped`, or nothing when the run came to its own end."""

        def check() -> None:
            lock.check()
            if jobs.is_stopped(job.id):
                raise Stopped

        def work() -> None:
            Engine(self, self.source(job), run, self._get_user_name(), now, check, say).execute()

        try:
            issues = attempt(work)
        except SourceError as error:
            model.Session.rollback()
            run.problems = [*run.problems, error.problem]
            return "failed"
        except Stopped:
            model.Session.rollback()
            run.problems = [*run.problems, source_text("stopped")]
            return "stopped"
        if issues:
            model.Session.rollback()
            deleted = counts(job.id)["deleted"]
            run.problems = [*run.problems, source_text("internal", reason=issues[0].text("en"), deleted=deleted)]
            return "failed"
        return ""

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
