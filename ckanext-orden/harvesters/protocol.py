"""What a protocol gives to the engine: pages of records. One protocol a file; it knows nothing of jobs or datasets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..metadata.mapping import Mapped

Cursor = Mapping[str, Any] | None
"""Where a page begins, as plain JSON; None is the first page."""


@dataclass(frozen=True)
class Source:
    """One place to harvest; `settings` is its configuration, already checked."""

    id: str
    name: str
    title: str
    url: str
    owner_org: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """One record as received: plain JSON that is kept and can be mapped again."""

    content: Any
    guid: str = ""
    """Known before mapping, so that a broken record is not taken for a missing one."""


@dataclass(frozen=True)
class Page:
    """Some records, where the next page begins (None: this is the last), and how many the source says it has."""

    records: Sequence[Record]
    next: Cursor = None
    total: int | None = None


class Reader(Protocol):
    """What the engine asks of a harvester."""

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]: ...

    def map(self, record: Record, source: Source) -> Mapped: ...
