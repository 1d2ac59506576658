"""What a run would do with a source's first records. Nothing is written, and the source's last run stays its last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import chain, islice
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ...errors import SourceError
from ...fetching.visits import visiting
from ...metadata.names import dataset_name
from .. import stock
from ..ownership import edit
from ..politeness import visit_of_preview
from ..protocol import Page, Source
from ..stock import acting
from ..texts import source_problem
from . import claims, store, upsert
from .items import Item, mapped_item
from .organizations import Organizations
from .rivals import YIELDED

LIMIT = 20
MOST = 200
Dict = dict[str, Any]


def preview(source_id: str, user: str, limit: int = LIMIT) -> Dict:
    """The first records, each with what a run would do with it, or why the source cannot be read."""
    row = stock.source(source_id)
    harvester = stock.harvester_for(row.type) if row else None
    if row is None or harvester is None:
        raise tk.ObjectNotFound(tk._("This is no source of a kind that orden harvests"))
    try:
        source = harvester.described(source_id, row)
        with visiting(visit_of_preview(source)):
            items, total = _items(harvester, source, user, limit)
    except SourceError as error:
        return {"records": [], "total": None, "problems": [error.problem]}
    compares = zip(items, compared(items, source), strict=True)
    records = [_shown(item, source, user, unchanged=unchanged) for item, unchanged in compares]
    return {"records": records, "total": total, "problems": []}


def _items(harvester: Any, source: Source, user: str, limit: int) -> tuple[list[Item], int | None]:
    """The first records mapped; how many the source says it has."""
    pages: Iterator[Page] = iter(harvester.pages(source, None))
    first = next(pages, None)
    if first is None:
        raise source_problem("empty")
    create = source.settings.get("remote_orgs") == "create"
    organizations = Organizations(user, source.owner_org, create=create, look=True)
    records = chain(first.records, chain.from_iterable(page.records for page in pages))
    items = [mapped_item(harvester, source, organizations, record) for record in islice(records, limit)]
    if not items:
        raise source_problem("empty")
    return items, first.total


def compared(items: Sequence[Item], source: Source) -> list[bool]:
    """Fills in what the tables know of the records; says of each whether it is unchanged."""
    known = store.known(source.id, [item.guid for item in items if item.guid])
    rows = [(item, known.get(item.guid)) for item in items]
    unchanged = [bool(row and row.holds(item.fingerprint) and not row.yields) for item, row in rows]
    for item, row in rows:
        item.know(row)
    judged = zip(items, unchanged, strict=True)
    claims.settle(source, [item for item, same in judged if item.mapped and not item.issues and not same], known)
    return unchanged


def judged(item: Item, source: Source, user: str, *, unchanged: bool) -> tuple[str, list[Dict]]:
    """What would come of a record that was compared, and what there is to say about it."""
    issues = item.mapped.issues if item.mapped and not item.issues else item.issues
    said = [asdict(issue) for issue in (*claims.told(item), *issues)]
    outcome = _outcome(item, unchanged=unchanged)
    if outcome in ("added", "updated"):
        refused = _refused(item, source, user)
        outcome, said = ("errors" if refused else outcome), [*refused, *said]
    return outcome, said


def _shown(item: Item, source: Source, user: str, *, unchanged: bool) -> Dict:
    outcome, said = judged(item, source, user, unchanged=unchanged)
    dataset = item.mapped.dataset if item.mapped else {}
    known = model.Package.get(item.dataset_id) if item.dataset_id else None
    return {
        "guid": item.guid,
        "outcome": outcome,
        "title": dataset.get("title", ""),
        "name": known.name if known else item.name or (dataset_name(source.name, item.guid) if item.mapped else ""),
        "files": len(dataset.get("resources") or []),
        "reason": item.skipped,
        "issues": said,
    }


def _outcome(item: Item, *, unchanged: bool) -> str:
    if item.skipped:
        return "skipped"
    if item.issues:
        return "errors"
    if item.yields:
        return YIELDED
    if unchanged:
        return "unchanged"
    return "updated" if item.dataset_id else "added"


def _refused(item: Item, source: Source, user: str) -> list[Dict]:
    """What the catalogue would say against the dataset."""
    try:
        validate = tk.get_action("orden_schema_dataset_validate")
    except KeyError:  # the room of the schema may be off
        return []
    held = edit.seen([item.dataset_id]).get(item.dataset_id or "", {})
    draft = upsert.Draft(item.mapping, item.owner_org, source.name, item.dataset_id, item.revive, item.name, held)
    found = validate(acting(user), upsert.values_of(draft, user))
    return [issue for issue in found["issues"] if issue["severity"] == "error"]
