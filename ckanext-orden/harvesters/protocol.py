"""What a protocol gives to the engine: pages of records. One protocol a file; it knows nothing of jobs or datasets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from ..errors import RecordError
from ..fetching import Fetched, Limits, fetch
from ..fetching.limits import MIB
from ..metadata.mapping import Mapped
from ..types import Issue, Report

Cursor = Mapping[str, Any] | None
"""Where a page begins, as plain JSON; None is the first page."""

PAGE_LIMITS = Limits(wire_bytes=20 * MIB, decoded_bytes=20 * MIB)
"""A page is parsed as a whole, which takes up to ten times its size in memory."""


@dataclass(frozen=True)
class Document:
    """The one document of a source without pages, and what its server says by which it is known again."""

    url: str
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True)
class Source:
    """One place to harvest; `settings` is its configuration, already checked."""

    id: str
    name: str
    title: str
    url: str
    owner_org: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    known: Document | None = None
    """The document that need not be read again as long as its server says that it is the same."""
    listed: bool = False
    """Whether its listings have told stamps before, so that long ones may be asked for at once."""


@dataclass(frozen=True)
class Record:
    """One record as received: plain JSON that is kept and can be mapped again."""

    content: Any
    guid: str = ""
    """Known before mapping, so that a broken record is not taken for a missing one."""
    stamp: str = ""
    """The source's own word for the state of the record, where its listings tell it; see `Listing`."""


@dataclass(frozen=True)
class Listing:
    """What a source tells of a page's records without giving them: their identifiers, and a stamp that moves with each.

    `read` gets those that are wanted, each with its stamp; one that cannot be had is `broken`, never left out.
    """

    stamps: Mapping[str, str]
    read: Callable[[Collection[str]], Iterable[Record]]

    def page(self, following: Cursor, total: int | None) -> Page:
        """The page that holds all of these records."""
        return Page(self.read(list(self.stamps)), following, total, self)


@dataclass(frozen=True)
class Page:
    """Some records, where the next page begins (None: the last, or a run begins anew when interrupted), and how many
    the source says it has.

    Records are asked for as they are taken, so that a page need not hold them all at once. With a `listing`, those
    whose stamp has not moved are not asked for at all.
    """

    records: Iterable[Record]
    next: Cursor = None
    total: int | None = None
    listing: Listing | None = None
    document: Document | None = None
    """Set where the page is the source's only one."""
    unchanged: bool = False
    """The source's only document is the one that is known: its records are taken for seen."""


def ask(source: Source, url: str, *, accept: str, limits: Limits) -> Fetched:
    """The document, or `not_modified` where its server says that it is the known one."""
    known = source.known if source.known and source.known.url == url else Document(url)
    return fetch(url, accept=accept, limits=limits, etag=known.etag, modified=known.modified)


def document_of(url: str, fetched: Fetched) -> Document | None:
    """The document as it can be asked for again; None where its server gives nothing to know it by."""
    return Document(url, fetched.etag, fetched.modified) if fetched.etag or fetched.modified else None


def broken(issue: Issue, guid: str = "") -> Record:
    """A record that was there and could not be read: its dataset must not be taken for missing."""
    return Record({"issue": asdict(issue)}, guid)


def whole(record: Record) -> Record:
    """The record, unless it was `broken`: that is its RecordError."""
    if "issue" in record.content:
        raise RecordError(Report((Issue(**record.content["issue"]),), subject=record.guid))
    return record


class Reader(Protocol):
    """What the engine asks of a harvester."""

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]: ...

    def map(self, record: Record, source: Source) -> Mapped: ...
