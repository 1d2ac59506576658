"""A list that was handed in, and per dataset what it says, what the clerk was shown, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from ckan import model
from ckan.model.types import make_uuid
from ckan.plugins import toolkit as tk
from sqlalchemy import ForeignKey, UnicodeText, delete, func, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from ..clock import utcnow
from ..metadata.parsing.list_columns import Generation

STATES = ("new", "changed", "unchanged", "wrong", "not_listed")
"""What a preview says about a row or dataset."""
_NO_SYNC = {"synchronize_session": False}
OUTCOMES = ("created", "updated", "unchanged", "edited", "failed")
"""What an application made of it; `edited`: somebody has changed the dataset since the preview."""


class ListUpload(tk.BaseModel):
    """One list of one organisation; it outlives the worker that made the preview and is deleted when it expires."""

    __tablename__ = "orden_list_upload"

    id: Mapped[str] = mapped_column(UnicodeText, primary_key=True, default=make_uuid)
    organization_id: Mapped[str] = mapped_column(UnicodeText, index=True)
    user_id: Mapped[str] = mapped_column(UnicodeText)
    filename: Mapped[str] = mapped_column(UnicodeText, default="")
    sha256: Mapped[str] = mapped_column(UnicodeText)
    size: Mapped[int]
    """Bytes of the file; the file itself is not kept."""
    generation: Mapped[Generation] = mapped_column(UnicodeText)
    encoding: Mapped[str] = mapped_column(UnicodeText, default="")
    rows: Mapped[int]
    taking: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    """How the list is taken (`differences.Taking` without the site's address)."""
    issues: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    """What is to be said about the file as a whole."""
    state: Mapped[str] = mapped_column(UnicodeText, default="previewed")
    """`previewed`, `applying`, `applied`, `failed`."""
    problem: Mapped[dict[str, str] | None] = mapped_column(JSONB)
    """Why the application failed as a whole."""
    created: Mapped[datetime] = mapped_column(default=utcnow)
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]
    expires: Mapped[datetime]


class ListItem(tk.BaseModel):
    """One dataset of a list, or one row that could not be read, or one dataset that the list does not name."""

    __tablename__ = "orden_list_item"

    upload_id: Mapped[str] = mapped_column(
        UnicodeText, ForeignKey("orden_list_upload.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int | None]
    file_lines: Mapped[list[int]] = mapped_column(JSONB, default=list)
    title: Mapped[str] = mapped_column(UnicodeText, default="")
    guid: Mapped[str] = mapped_column(UnicodeText, default="")
    state: Mapped[str] = mapped_column(UnicodeText)
    dataset_id: Mapped[str | None] = mapped_column(UnicodeText)
    wanted: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """What the list says about the dataset, in our schema."""
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    issues: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    written: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB)
    """`line` and `cells` of the list's rows, of a dataset that is wrong."""
    outcome: Mapped[str | None] = mapped_column(UnicodeText)
    indexed: Mapped[bool] = mapped_column(default=True)
    """False from the write until the search index has the dataset: a later run mends what a crash leaves behind."""


def get(upload_id: str) -> ListUpload | None:
    """An upload that has not expired."""
    upload = model.Session.get(ListUpload, upload_id)
    return upload if upload and upload.expires > utcnow() else None


def sweep() -> None:
    """Delete what has expired; the caller commits."""
    model.Session.execute(delete(ListUpload).where(ListUpload.expires < utcnow()))


def expiry(days: int) -> datetime:
    """When an upload of now is forgotten."""
    return utcnow() + timedelta(days=days)


def counts(upload_id: str) -> dict[str, int]:
    """How many items are in each state, in `STATES`' order."""
    return _counts(upload_id, ListItem.state, STATES)


def outcomes(upload_id: str) -> dict[str, int]:
    """How many items came to each outcome, in `OUTCOMES`' order."""
    return _counts(upload_id, ListItem.outcome, OUTCOMES)


def _counts(upload_id: str, column: Any, names: tuple[str, ...]) -> dict[str, int]:
    query = select(column, func.count()).where(ListItem.upload_id == upload_id).group_by(column)
    found = {name: count for name, count in model.Session.execute(query)}  # noqa: C416 - rows, not pairs
    return {name: found.get(name, 0) for name in names}


def items(upload_id: str, *conditions: Any) -> Any:
    """A query for items in their order."""
    return select(ListItem).where(ListItem.upload_id == upload_id, *conditions).order_by(ListItem.position)


def plain(upload_id: str, positions: Sequence[int]) -> list[Any]:
    """Items as plain rows, which no rollback takes away."""
    table = ListItem.__table__
    which = table.c.upload_id == upload_id, table.c.position.in_(positions)
    return list(model.Session.execute(select(table).where(*which).order_by(table.c.position)))


def waiting(upload_id: str) -> list[int]:
    """The positions of the items that are to be written and are not yet."""
    wanted = ListItem.state.in_(("new", "changed")), ListItem.outcome.is_(None)
    query = select(ListItem.position).where(ListItem.upload_id == upload_id, *wanted).order_by(ListItem.position)
    return list(model.Session.execute(query).scalars())


def put(upload_id: str, position: int, **values: Any) -> None:
    """Note what came of an item; the caller commits."""
    which = ListItem.upload_id == upload_id, ListItem.position == position
    model.Session.execute(update(ListItem).where(*which).values(**values), execution_options=_NO_SYNC)


def unindexed(upload_id: str) -> list[str]:
    """Datasets that are written and not in the search index."""
    query = select(ListItem.dataset_id).where(ListItem.upload_id == upload_id, ListItem.indexed.is_(False))
    return [dataset_id for dataset_id in model.Session.execute(query).scalars() if dataset_id]


def mark_indexed(upload_id: str, dataset_ids: Sequence[str]) -> None:
    """These datasets are in the search index; the caller commits."""
    which = ListItem.upload_id == upload_id, ListItem.dataset_id.in_(dataset_ids)
    model.Session.execute(update(ListItem).where(*which).values(indexed=True), execution_options=_NO_SYNC)
