"""Records on their way through a run: mapped, with what decides whether they have changed, or with what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...config import site_url
from ...errors import RecordError, SkipRecord
from ...logic.attempts import attempt
from ...metadata.addresses import portable
from ...metadata.hashing import fingerprint
from ...metadata.likeness import likeness
from ...metadata.mapping import VERSION, Mapped
from ...metadata.parsing.text import storable
from ...types import Issue, Report
from ..protocol import Reader, Record, Source
from . import store
from .organizations import Organizations
from .rivals import Rival


@dataclass
class Item:
    """One record on its way through the run."""

    record: Record
    guid: str = ""
    mapped: Mapped | None = None
    fingerprint: str = ""
    received: str = ""
    likeness: str = ""
    owner_org: str | None = None
    dataset_id: str | None = None
    revive: bool = False
    name: str = ""
    """Of a new dataset."""
    rival: Rival | None = None
    """The other source's record whose dataset this one takes over, or to which it yields."""
    yields: bool = False
    issues: tuple[Issue, ...] = ()
    skipped: str = ""
    double: bool = False
    """Whether an other record of this run has the same identifier."""
    owned: bool = True
    """Whether the identifier's row belongs to this very record: not for its double."""

    @property
    def mapping(self) -> Mapped:
        """The mapped record of an item that is to be written."""
        if self.mapped is None:
            raise ValueError("only mapped records are written")
        return self.mapped

    def know(self, row: store.Known | None) -> None:
        """Take in what the table says about the record's dataset."""
        self.dataset_id = row.dataset_id if row else None
        self.revive = bool(row and row.gone)


def clean(received: Record) -> Record:
    """The record without characters that no database holds."""
    return Record(storable(received.content), storable(received.guid), storable(received.stamp))


def mapped_item(reader: Reader, source: Source, organizations: Organizations, received: Record) -> Item:
    """A record as it would be written, or what is wrong with it."""
    record = clean(received)
    item = Item(record, guid=record.guid)

    def fill() -> None:
        mapped = reader.map(item.record, source)
        item.guid = mapped.guid
        item.mapped = without_errors(mapped)
        item.owner_org = organizations.owner(mapped.organization)
        item.fingerprint = content_of(mapped, item.owner_org)
        item.likeness = likeness(mapped.dataset, site_url())

    try:
        item.issues = attempt(fill)
    except SkipRecord as reason:
        item.skipped = str(reason) or "skipped"
    item.fingerprint = item.fingerprint or fingerprint({"record": record.content})
    return item


def without_errors(mapped: Mapped) -> Mapped:
    """The mapped record; RecordError where its mapping has found an error."""
    if any(issue.severity == "error" for issue in mapped.issues):
        raise RecordError(Report(mapped.issues, subject=mapped.guid))
    return mapped


def content_of(mapped: Mapped, owner_org: str | None) -> str:
    """The fingerprint that decides whether a record is unchanged: content, owner and the version of the mapping."""
    site = site_url()
    return fingerprint(
        {
            "dataset": _portable(mapped.dataset, site),
            "owner_org": owner_org,
            "mapping": VERSION,
        }
    )


def _portable(value: Any, site: str) -> Any:
    if isinstance(value, str):
        return portable(value, site)
    if isinstance(value, dict):
        return {key: _portable(item, site) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_portable(item, site) for item in value]
    return value
