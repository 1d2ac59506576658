"""Where a harvested dataset comes from, and what people have edited in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import select

from ...metadata.addresses import without_query
from ..model import HarvestRecord
from . import edit, words
from .content import files

Dict = dict[str, Any]


def record_of(dataset_id: str) -> HarvestRecord | None:
    """The record that a dataset comes from."""
    return model.Session.execute(select(HarvestRecord).where(HarvestRecord.dataset_id == dataset_id)).scalar()


def origin(record: HarvestRecord, user: str) -> Dict:
    """The source, as far as the user may see it, the record's identifier there, and when it was last seen."""
    return {
        "source": _source(record.source_id, user),
        "guid": record.guid,
        "state": record.state,
        "seen_at": record.seen_at.isoformat() if record.seen_at else None,
    }


def edits(dataset: Dict) -> list[Dict]:
    """What people have edited in a dataset as it is stored, with who did and what the source has there."""
    known = edit.seen([dataset["id"]]).get(dataset["id"], {})
    here, people = files(dataset), _people(one.edited_by for one in known.values())
    return [_shown(one, here.get(one.file) or one.theirs or {}, dataset, people) for one in known.values()]


def _shown(one: edit.Edit, file: Mapping[str, Any], dataset: Dict, people: dict[str, str]) -> Dict:
    ours = (file if one.file else dataset).get(one.field) if one.field else file if one.did == "added" else None
    return {
        "file": one.file,
        "file_name": (file.get("name") or file.get("url") or "") if one.file else "",
        "field": one.field,
        "label": words.label(one.file, one.field),
        "did": one.did,
        "ours": ours,
        "theirs": one.theirs,
        "by": people.get(one.edited_by, ""),
        "at": one.edited_at.isoformat(),
    }


def _source(source_id: str, user: str) -> Dict | None:
    package = model.Package.get(source_id)
    try:
        tk.check_access("package_show", {"user": user}, {"id": source_id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return None
    if package is None or package.state != "active":
        return None
    return {"name": package.name, "title": package.title or package.name, "url": without_query(package.url or "")}


def _people(user_ids: Iterable[str]) -> dict[str, str]:
    query = select(model.User).where(model.User.id.in_(set(user_ids)))
    return {user.id: user.display_name for user in model.Session.execute(query).scalars()}
