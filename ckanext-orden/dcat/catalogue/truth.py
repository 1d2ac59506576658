"""Which datasets the site gives to everybody, by PostgreSQL: the index is a copy that may lag behind."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context
from sqlalchemy import func, select

from .query import NOT_DATASETS

_PACKAGE = model.Package
_PUBLIC = (
    _PACKAGE.state == model.State.ACTIVE,
    _PACKAGE.private.is_(False),
    _PACKAGE.type.not_in(NOT_DATASETS),
)


def public(after: str, most: int) -> dict[str, datetime]:
    """The public datasets that follow this id, and when each was last changed."""
    columns = select(_PACKAGE.id, _PACKAGE.metadata_modified)
    rows = model.Session.execute(columns.where(*_PUBLIC, _PACKAGE.id > after).order_by(_PACKAGE.id).limit(most))
    return {row.id: row.metadata_modified for row in rows}


def public_ids() -> set[str]:
    """The ids of all public datasets."""
    return set(model.Session.execute(select(_PACKAGE.id).where(*_PUBLIC)).scalars())


def public_count() -> int:
    """How many public datasets there are."""
    return model.Session.execute(select(func.count(_PACKAGE.id)).where(*_PUBLIC)).scalar_one()


def public_state() -> str:
    """A word that changes when a public dataset comes, goes or is changed."""
    rows = func.count(_PACKAGE.id), func.max(_PACKAGE.metadata_modified), func.sum(func.hashtext(_PACKAGE.id))
    return ".".join(str(value or "") for value in model.Session.execute(select(*rows).where(*_PUBLIC)).one())


def shown(context: Context, id_: str) -> dict[str, Any] | None:
    """The dataset as PostgreSQL has it; None if this user may not see it."""
    try:
        return tk.get_action("package_show")({**context, "use_cache": False}, {"id": id_})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return None
