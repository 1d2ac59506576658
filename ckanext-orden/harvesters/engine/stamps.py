"""Records that their source says have not moved since they were taken: they are not read again for some days.

Stamps are compared for equality only, record by record: no clock of the source plays a part, and a stamp in the future
or the far past does no harm. What no stamp shows (an organisation's new name) comes with the next whole reading.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime

from ckan import model
from sqlalchemy import and_, or_, select, update

from ..model import HarvestRecord as Row
from ..protocol import Source
from .basis import basis_of
from .rivals import yields

FULL_DAYS = 7
"""Within so many days each record is read once, whatever its stamp says; the source's `full_days` changes it."""


def are_kept(source_id: str) -> bool:
    """Whether listings of the source have told stamps before."""
    query = select(Row.guid).where(Row.source_id == source_id, Row.stamp != "").limit(1)
    return model.Session.execute(query).scalar() is not None


def unmoved(source: Source, stamps: Mapping[str, str], now: datetime) -> set[str]:
    """Which of the listed records are as they were taken, with a dataset that is as it was written, or another's."""
    there = and_(Row.state == "current", Row.dataset_id.is_not(None))
    query = select(Row.guid, Row.stamp).where(Row.source_id == source.id, Row.guid.in_(stamps), or_(there, yields()))
    ground = _ground(source)
    taken = [row for row in model.Session.execute(query) if row.stamp]
    return {row.guid for row in taken if row.stamp == _mark(source, row.guid, stamps[row.guid], now, ground)}


def keep(source: Source, stamps: Mapping[str, str], now: datetime) -> None:
    """Remember the stamps of records that were read and found unchanged; the caller commits."""
    ground = _ground(source)
    rows = [
        {"source_id": source.id, "guid": guid, "stamp": _mark(source, guid, stamp, now, ground)}
        for guid, stamp in stamps.items()
        if stamp
    ]
    if rows:
        model.Session.execute(update(Row), rows)


def mark(source: Source, guid: str, stamp: str, now: datetime) -> str:
    """What is kept of a stamp: worth nothing after another mapping, configuration, owner or address, or some days."""
    return _mark(source, guid, stamp, now, _ground(source))


def _mark(source: Source, guid: str, stamp: str, now: datetime, ground: str) -> str:
    if not stamp:
        return ""
    days = source.settings.get("full_days", FULL_DAYS)
    spread = zlib.crc32(guid.encode("utf-8", "surrogatepass"))  # not all records of a source on the same day
    return f"{ground}:{(now.toordinal() + spread) // days}:{stamp}"


def _ground(source: Source) -> str:
    return basis_of(source)[:12]
