"""The table of edits; the caller commits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from ckan import model
from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from ..model import HarvestEdit as Row
from ..model import HarvestRecord

Key = tuple[str, str]
"""File and field; no file is the dataset itself, no field is a whole file."""


@dataclass(frozen=True)
class Edit:
    """One field, or one whole file, that a person has changed; `theirs` is what the source has there."""

    dataset_id: str
    file: str
    field: str
    did: str
    theirs: Any
    edited_by: str
    edited_at: datetime

    @property
    def key(self) -> Key:
        return self.file, self.field


Edits = Mapping[Key, Edit]
"""The edits of one dataset."""


def of(dataset_ids: Collection[str | None]) -> dict[str, dict[Key, Edit]]:
    """The edits of these datasets, those only that have some; people's changes to them wait till the commit."""
    wanted = sorted(dataset_id for dataset_id in dataset_ids if dataset_id)
    if not wanted:
        return {}
    held = select(model.Package.id).where(model.Package.id.in_(wanted)).order_by(model.Package.id)
    model.Session.execute(held.with_for_update(key_share=True))
    return seen(wanted)


def seen(dataset_ids: Collection[str | None]) -> dict[str, dict[Key, Edit]]:
    """The same for reading only: nobody waits."""
    wanted = [dataset_id for dataset_id in dataset_ids if dataset_id]
    return _by_dataset(Row.dataset_id.in_(wanted)) if wanted else {}


def of_source(source_id: str) -> list[Edit]:
    """The edits of all datasets of a source."""
    ours = select(HarvestRecord.dataset_id).where(HarvestRecord.source_id == source_id)
    return [edit for edits in _by_dataset(Row.dataset_id.in_(ours)).values() for edit in edits.values()]


def _by_dataset(condition: Any) -> dict[str, dict[Key, Edit]]:
    query = select(*(getattr(Row, name) for name in Edit.__dataclass_fields__)).where(condition)
    found: dict[str, dict[Key, Edit]] = {}
    for row in model.Session.execute(query.order_by(Row.dataset_id, Row.file, Row.field)):
        edit = Edit(*row)
        found.setdefault(edit.dataset_id, {})[edit.key] = edit
    return found


def put(edits: Sequence[Edit]) -> None:
    """Add edits, or change those that are there."""
    if edits:
        statement = insert(Row).values([asdict(edit) for edit in edits])
        changed = {name: statement.excluded[name] for name in ("did", "theirs", "edited_by", "edited_at")}
        keys = ["dataset_id", "file", "field"]
        model.Session.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def drop(dataset_id: str, keys: Iterable[Key]) -> None:
    """Forget edits: these fields and files follow the source again."""
    if gone := list(keys):
        _execute(delete(Row).where(Row.dataset_id == dataset_id, tuple_(Row.file, Row.field).in_(gone)))


def set_theirs(dataset_id: str, key: Key, theirs: Any) -> None:
    """The source has another value there by now."""
    file, field = key
    same = (Row.dataset_id == dataset_id, Row.file == file, Row.field == field)
    _execute(update(Row).where(*same).values(theirs=theirs))


def _execute(statement: Any) -> None:
    model.Session.execute(statement, execution_options={"synchronize_session": False})
