"""The truth about a source's records and runs; stock's harvest objects only tell what happened in a job.

Sources and jobs are referred to without foreign keys: `ckan db upgrade` makes our tables before stock's.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ckan.plugins import toolkit as tk
from sqlalchemy import BigInteger, ForeignKey, Index, UnicodeText
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

GUID_LIMIT = 1000
"""Characters; PostgreSQL indexes no value of more than about 2,700 bytes."""


class HarvestRecord(tk.BaseModel):
    """One record of one source: the dataset it became and the fingerprint of what was written."""

    __tablename__ = "orden_harvest_record"
    __table_args__ = (
        Index("idx_orden_harvest_record_guid", "guid"),
        Index("idx_orden_harvest_record_likeness", "likeness"),
    )  # each run touches each row: no column of that is in an index, and the migration leaves room beside the rows

    source_id: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    guid: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    dataset_id: Mapped[str | None] = mapped_column(
        UnicodeText, ForeignKey("package.id", ondelete="CASCADE"), unique=True
    )
    fingerprint: Mapped[str] = mapped_column(UnicodeText, default="")
    """Of the dataset that was written: what decides whether a record has changed."""
    received: Mapped[str] = mapped_column(UnicodeText, default="")
    """Of the record as it came, with all that its mapping depends on: the same again need not be mapped."""
    stamp: Mapped[str] = mapped_column(UnicodeText, default="", server_default="")
    """The source's own word for the state that was taken last; empty where its listings have none."""
    likeness: Mapped[str] = mapped_column(UnicodeText, default="", server_default="")
    """Of landing page and title: by it the same dataset is known in two sources; empty where there is no page."""
    state: Mapped[str] = mapped_column(UnicodeText, default="current")
    """`current`, `error` (the last try failed), `held` (a person decides about its deletion), `deleted`, `yielded`
    (another source of a higher priority has the dataset, and the row none).

    A person's decisions: `kept` (missing at the source, its dataset stays), `reverted` (the change of an undone run)
    and `undone` (the dataset that an undone run had added); the last two stay until the source changes the record.
    """
    indexed: Mapped[bool] = mapped_column(default=True)
    """False from the write until the search index has the dataset: the next run mends what a crash leaves behind."""
    job_id: Mapped[str | None] = mapped_column(UnicodeText)
    """The job that saw the record last, and what came of it."""
    outcome: Mapped[str] = mapped_column(UnicodeText, default="")
    seen_at: Mapped[datetime | None]
    missing_since: Mapped[datetime | None]
    missing_runs: Mapped[int] = mapped_column(default=0)
    report: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB)


class HarvestPlan(tk.BaseModel):
    """What operators have settled for a source beside its address and configuration; a source without one has none."""

    __tablename__ = "orden_harvest_plan"

    source_id: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    approved: Mapped[datetime | None]
    approved_by: Mapped[str | None] = mapped_column(UnicodeText)
    cron: Mapped[str] = mapped_column(UnicodeText, default="")
    """Five fields of cron in the site's time zone; empty: the frequency of stock's form."""
    window: Mapped[str] = mapped_column(UnicodeText, default="")
    """Hours in which scheduled runs may work, such as `22:00-05:30`; empty: always."""
    pause: Mapped[float | None]
    """Seconds between two requests to the source, at least."""
    robots_permission: Mapped[str] = mapped_column(UnicodeText, default="")
    """Who has allowed what robots.txt forbids, and when."""
    priority: Mapped[int] = mapped_column(default=0)
    """The source of the higher number has a dataset that two sources have."""
    keep_runs: Mapped[int | None]
    notify: Mapped[str] = mapped_column(UnicodeText, default="problems")
    """`never`, `problems` or `always`."""
    mail: Mapped[str] = mapped_column(UnicodeText, default="")
    webhook: Mapped[str] = mapped_column(UnicodeText, default="")


class HarvestSecret(tk.BaseModel):
    """The key of a source, encrypted (see `keys`)."""

    __tablename__ = "orden_harvest_secret"

    source_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("package.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[str] = mapped_column(UnicodeText)
    """Scheme, host and port that it was entered for."""
    header: Mapped[str] = mapped_column(UnicodeText)
    sealed: Mapped[str] = mapped_column(UnicodeText)
    set_at: Mapped[datetime]
    set_by: Mapped[str] = mapped_column(UnicodeText)


class HarvestDocument(tk.BaseModel):
    """The document that a source without pages gave last, as far as it was taken wholly (see `documents`)."""

    __tablename__ = "orden_harvest_document"

    source_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("package.id", ondelete="CASCADE"), primary_key=True)
    url: Mapped[str] = mapped_column(UnicodeText)
    etag: Mapped[str | None] = mapped_column(UnicodeText)
    modified: Mapped[str | None] = mapped_column(UnicodeText)
    stamp: Mapped[str] = mapped_column(UnicodeText)
    read: Mapped[int]
    total: Mapped[int | None]
    read_at: Mapped[datetime]
    job_id: Mapped[str] = mapped_column(UnicodeText)
    records: Mapped[str] = mapped_column(UnicodeText)
    """A fingerprint of its records as that job has left them."""


class HarvestRun(tk.BaseModel):
    """One job's run: its checkpoint while it runs, its counts and its true end afterwards."""

    __tablename__ = "orden_harvest_run"
    __table_args__ = (Index("idx_orden_harvest_run_source", "source_id"),)

    job_id: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    source_id: Mapped[str] = mapped_column(UnicodeText)
    state: Mapped[str] = mapped_column(UnicodeText, default="running")
    """`queued` (waits for a worker), `running`, `paused` (till its hours begin), `finished`, `errors` (finished with
    errors), `held`, `failed`, `stopped`."""
    kind: Mapped[str] = mapped_column(UnicodeText, default="harvest")
    """`harvest`, `check` (everything is read and judged, nothing written) or `retry` (only what had failed)."""
    scheduled: Mapped[bool] = mapped_column(default=False)
    """Begun by the schedule and bound to the hours of its plan; a run by hand is not."""
    started: Mapped[datetime]
    progressed: Mapped[datetime | None]
    """When the run last came to the end of a page."""
    undone: Mapped[datetime | None]
    finished: Mapped[datetime | None]
    cursor: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """Where the next page begins."""
    read: Mapped[int] = mapped_column(default=0)
    total: Mapped[int | None]
    listed: Mapped[bool] = mapped_column(default=False)
    """Every page was read to its end and the missing records are marked."""
    counts: Mapped[dict[str, int]] = mapped_column(JSONB, default=dict)
    problems: Mapped[list[dict[str, str]]] = mapped_column(JSONB, default=list)

    def as_dict(self) -> dict[str, Any]:
        """The run as pages, API and CLI show it."""
        return {
            "job_id": self.job_id,
            "source_id": self.source_id,
            "state": self.state,
            "kind": self.kind,
            "scheduled": self.scheduled,
            "started": self.started.isoformat(),
            "progressed": self.progressed.isoformat() if self.progressed else None,
            "finished": self.finished.isoformat() if self.finished else None,
            "undone": self.undone.isoformat() if self.undone else None,
            "read": self.read,
            "total": self.total,
            "counts": dict(self.counts),
            "problems": list(self.problems),
        }


class HarvestShare(tk.BaseModel):
    """A batch of received records behind the checkpoint of a run, that waits for whoever takes it (see `sharing`)."""

    __tablename__ = "orden_harvest_share"
    __table_args__ = (Index("idx_orden_harvest_share_job", "job_id"),)

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    job_id: Mapped[str] = mapped_column(UnicodeText)
    basis: Mapped[str] = mapped_column(UnicodeText)
    """What its records would become beside themselves (see `basis`): a worker for whom it is another leaves them."""
    records: Mapped[str] = mapped_column(UnicodeText)
    """As JSON text: content, guid and stamp of each, exactly as received."""


class HarvestFailure(tk.BaseModel):
    """A record that a job could not take, with its problems in both languages; records without identifier too."""

    __tablename__ = "orden_harvest_failure"
    __table_args__ = (Index("idx_orden_harvest_failure_job", "job_id"),)

    object_id: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    job_id: Mapped[str] = mapped_column(UnicodeText)
    guid: Mapped[str] = mapped_column(UnicodeText)
    issues: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)


class HarvestFormer(tk.BaseModel):
    """A dataset as it was before a job changed it, so that the job can be undone."""

    __tablename__ = "orden_harvest_former"

    job_id: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    dataset_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("package.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)


class HarvestEdit(tk.BaseModel):
    """One field of a harvested dataset that a person has changed here: the source does not write it any more."""

    __tablename__ = "orden_harvest_edit"

    dataset_id: Mapped[str] = mapped_column(UnicodeText, ForeignKey("package.id", ondelete="CASCADE"), primary_key=True)
    file: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    """The id of the file that was edited; empty for the dataset itself."""
    field: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    """Empty for a whole file."""
    did: Mapped[str] = mapped_column(UnicodeText)
    """`changed`, or what was done with a whole file: `added`, `removed`."""
    theirs: Mapped[Any | None] = mapped_column(JSONB)
    """What the source has there."""
    edited_by: Mapped[str] = mapped_column(UnicodeText)
    """By id."""
    edited_at: Mapped[datetime]


class HarvestNotice(tk.BaseModel):
    """What people were last told of a source, so that they hear of a change and not each night of the same."""

    __tablename__ = "orden_harvest_notice"

    source_id: Mapped[str] = mapped_column(UnicodeText, primary_key=True)
    state: Mapped[str] = mapped_column(UnicodeText)
    sent: Mapped[datetime]
