"""Whose a dataset is that two sources have: the one's with the higher priority, and never in place of a local one.

A source takes a dataset over as it is (id, name and address stay), and the record of the other lets go in the same
transaction. It gets the dataset back when the taker loses it or the priorities have changed: each run asks anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import count

from ckan import model
from sqlalchemy import select, update

from ...errors import RecordError
from ...logic import locks
from ...metadata.names import dataset_name
from ...types import Issue, Report
from ..model import HarvestRecord as Row
from ..protocol import Source
from ..texts import record_note, record_problem
from . import objects, stamps, store
from .items import Item
from .rivals import YIELDED, Rival, locally_made, priority, rivals


def settle(source: Source, items: Sequence[Item], known: Mapping[str, store.Known]) -> None:
    """Fill in whose dataset each record becomes: its own, one that it takes over, or another's, to which it yields.

    Those that may not be taken get their issues.
    """
    homeless = _homeless(items, known)
    local = locally_made([item.guid for item in homeless]) if homeless else {}
    for item in homeless:
        if name := local.get(item.guid):
            item.issues = (record_problem("record.taken", guid=item.guid, name=name),)
    _settle(source, [item for item in homeless if not item.issues])


def hold(source: Source, items: Sequence[Item]) -> None:
    """Let no other source decide about these settled records till the commit, and settle them by what is true now.

    Raises RecordError for one that is refused.
    """
    locks.hold(name for item in items for name in _keys(item.guid, item.likeness))
    _settle(source, _homeless(items, store.known(source.id, [item.guid for item in items])))
    for item in items:
        if item.issues:
            raise RecordError(Report(item.issues, subject=item.guid))


def ours(source_id: str, datasets: Mapping[str, str]) -> set[str]:
    """Those of these records, given with their datasets, that have them still; till the commit."""
    query = select(Row.guid, Row.likeness, Row.dataset_id).where(Row.source_id == source_id, Row.guid.in_(datasets))
    locks.hold(name for row in model.Session.execute(query).all() for name in _keys(row.guid, row.likeness))
    return {row.guid for row in model.Session.execute(query) if row.dataset_id == datasets[row.guid]}


def let_go(source: Source, items: Iterable[Item]) -> None:
    """Have the records of other sources let go of the datasets that these records have taken over."""
    taken = [item.rival for item in items if item.rival and not item.yields]
    if not taken:
        return
    store.hold({rival.source_id for rival in taken})
    objects.detach([rival.dataset_id for rival in taken], source.id)
    rows = [
        {
            "source_id": rival.source_id,
            "guid": rival.guid,
            "dataset_id": None,
            "state": YIELDED if rival.active else "deleted",
            "indexed": True,
            "missing_since": None,
            "missing_runs": 0,
            "report": [asdict(record_note("record.yielded", source=source.title, name=rival.name))],
        }
        for rival in taken
    ]
    model.Session.execute(update(Row), rows)


def give_way(source: Source, job_id: str, items: Iterable[Item], now: datetime) -> None:
    """Note the records whose dataset another source has."""
    rows = [
        {
            "guid": item.guid,
            "dataset_id": None,
            "fingerprint": item.fingerprint,
            "received": item.received,
            "stamp": stamps.mark(source, item.guid, item.record.stamp, now),
            "likeness": item.likeness,
            "state": YIELDED,
            "indexed": True,
            "job_id": job_id,
            "outcome": YIELDED,
            "seen_at": now,
            "missing_since": None,
            "missing_runs": 0,
            "report": report(item),
        }
        for item in items
        if item.yields
    ]
    store.put(source.id, rows)


def told(item: Item) -> tuple[Issue, ...]:
    """What there is to say about a record that takes a dataset over or yields."""
    if item.rival is None:
        return ()
    code = "record.yielded" if item.yields else "record.claimed"
    return (record_note(code, source=item.rival.source, name=item.rival.name),)


def report(item: Item) -> list[dict[str, object]] | None:
    """The same as the table keeps it."""
    return [asdict(issue) for issue in told(item)] or None


def _homeless(items: Sequence[Item], known: Mapping[str, store.Known]) -> list[Item]:
    """The records without a dataset of their own, as the table has them; what was settled before is forgotten."""
    for item in items:
        item.rival, item.yields, item.issues = None, False, ()
        item.know(known.get(item.guid))
    return [item for item in items if item.dataset_id is None or item.revive]


def _settle(source: Source, items: Sequence[Item]) -> None:
    if not items:
        return
    met = rivals(source.id, [item.guid for item in items], [item.likeness for item in items if item.likeness])
    own = priority(source.id) if met else 0
    for item in items:
        rival = _strongest(item, met)
        if rival is not None and (rival.active or item.dataset_id is None):
            _judge(item, rival, own)
        if rival is not None and item.dataset_id == rival.dataset_id:
            met.remove(rival)  # another record that is like it becomes a dataset of its own
    _name(source, [item for item in items if not item.dataset_id])


def _strongest(item: Item, met: Sequence[Rival]) -> Rival | None:
    """The record that decides among those that are the same as the item's."""
    same = [rival for rival in met if rival.guid == item.guid or (item.likeness and rival.likeness == item.likeness)]
    return max(same, key=lambda rival: _strength(item, rival), default=None)


def _strength(item: Item, rival: Rival) -> tuple[object, ...]:
    return (rival.active, rival.priority is not None, rival.priority or 0, rival.guid == item.guid, rival.dataset_id)


def _judge(item: Item, rival: Rival, own: int) -> None:
    if not rival.active or rival.priority is None or rival.priority < own:
        item.rival, item.dataset_id, item.revive = rival, rival.dataset_id, not rival.active
    elif rival.priority > own:
        item.rival, item.yields, item.dataset_id, item.revive = rival, True, None, False
    elif rival.guid == item.guid:
        item.issues = (record_problem("record.taken", guid=item.guid, name=rival.name),)
    else:
        item.issues = (record_problem("record.alike", source=rival.source, name=rival.name),)


def _name(source: Source, items: Sequence[Item]) -> None:
    """Names of new datasets: the usual one may still be that of a dataset which another source has taken over."""
    names = {item.guid: dataset_name(source.name, item.guid) for item in items}
    query = select(model.Package.name).where(model.Package.name.in_(names.values()))
    used = set(model.Session.execute(query).scalars())
    for item in items:
        item.name = _free_name(source, item.guid) if names[item.guid] in used else names[item.guid]


def _free_name(source: Source, guid: str) -> str:
    names = (dataset_name(source.name, f"{guid}\n{number}") for number in count(2))
    return next(name for name in names if model.Package.by_name(name) is None)


def _keys(guid: str, likeness: str) -> tuple[str, ...]:
    keys = (f"orden_harvest_guid:{guid}", f"orden_harvest_likeness:{likeness}")
    return keys if likeness else keys[:1]
