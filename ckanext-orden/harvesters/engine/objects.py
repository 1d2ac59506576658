"""Harvest objects, so that stock's job pages and dataset pages tell what happened; the caller commits."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from ckan import model
from ckan.model.types import make_uuid
from ckan.plugins import toolkit as tk
from ckanext.harvest.model import HarvestObject, HarvestObjectError
from sqlalchemy import func, insert, select, update

from ...types import Issue
from ..model import HarvestFailure


def message(texts: Any) -> str:
    """A text in the language of the site, for tables that keep one language only."""
    lang = tk.config.get("ckan.locale_default", "en")
    return texts.get(lang) or texts["en"]


def issue_text(issue: Issue) -> str:
    """An issue with its hint in the language of the site."""
    lang = tk.config.get("ckan.locale_default", "en")
    return issue.text(lang)


def add(job_id: str, source_id: str, now: datetime, found: Sequence[Mapping[str, Any]]) -> list[str]:
    """Objects that are already at their end, all of the same columns, `guid` and `content` among them; their ids."""
    common = {
        "harvest_job_id": job_id,
        "harvest_source_id": source_id,
        "gathered": now,
        "fetch_started": now,
        "fetch_finished": now,
        "import_started": now,
        "import_finished": now,
        "state": "COMPLETE",
        "current": False,
        "retry_times": 0,
    }
    rows = [{**common, **values, "id": make_uuid(), "content": _kept(values["content"])} for values in found]
    model.Session.execute(insert(HarvestObject), rows)
    return [row["id"] for row in rows]


def _kept(content: Any) -> str | None:
    return json.dumps(content, ensure_ascii=False) if content is not None else None


def add_written(job_id: str, source_id: str, now: datetime, found: Sequence[Mapping[str, Any]]) -> None:
    """The objects of datasets that were added, updated or deleted; only the newest of each is current."""
    retire([values["package_id"] for values in found])
    add(job_id, source_id, now, found)


def retire(dataset_ids: Collection[str]) -> None:
    """No object of these datasets is current any more."""
    statement = update(HarvestObject).where(HarvestObject.package_id.in_(dataset_ids), HarvestObject.current.is_(True))
    model.Session.execute(statement.values(current=False), execution_options={"synchronize_session": False})


def detach(dataset_ids: Collection[str], source_id: str) -> None:
    """Part these datasets from the objects of all sources but this one: stock clears a source by its objects."""
    statement = update(HarvestObject).where(
        HarvestObject.package_id.in_(dataset_ids), HarvestObject.harvest_source_id != source_id
    )
    model.Session.execute(
        statement.values(package_id=None, current=False), execution_options={"synchronize_session": False}
    )


def add_failed(job_id: str, source_id: str, guid: str, content: Any, now: datetime, *, issues: Sequence[Issue]) -> None:
    """The object of a record that could not be taken, with its problems."""
    values = {"guid": guid, "content": content, "state": "ERROR", "report_status": "errored"}
    (object_id,) = add(job_id, source_id, now, [values])
    kept = {"object_id": object_id, "job_id": job_id, "guid": guid, "issues": list(map(asdict, issues))}
    model.Session.execute(insert(HarvestFailure).values(**kept))
    for issue in issues:
        row = {
            "id": make_uuid(),
            "harvest_object_id": object_id,
            "message": issue_text(issue),
            "stage": "Import",
            "created": now,
        }
        model.Session.execute(insert(HarvestObjectError).values(**row))


def errors(job_id: str, *conditions: Any) -> int:
    """How many records of the job are in error, those without an identifier too."""
    query = select(func.count()).where(
        HarvestObject.harvest_job_id == job_id, HarvestObject.state == "ERROR", *conditions
    )
    return model.Session.execute(query).scalar_one()


def unnamed(job_id: str) -> int:
    """How many records of the job nobody can tell by an identifier."""
    return errors(job_id, HarvestObject.guid == "")
