"""Harvest objects, so that stock's job pages and dataset pages tell what happened; the caller commits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from ckan import model
from ckan.model.types import make_uuid
from ckan.plugins import toolkit as tk
from ckanext.harvest.model import HarvestObject, HarvestObjectError
from sqlalchemy import func, insert, select, update

from ..types import Issue
from .model import HarvestFailure


def message(texts: Any) -> str:
    """A text in the language of the site, for tables that keep one language only."""
    lang = tk.config.get("ckan.locale_default", "en")
    return texts.get(lang) or texts["en"]


def issue_text(issue: Issue) -> str:
    """An issue with its hint in the language of the site."""
    lang = tk.config.get("ckan.locale_default", "en")
    return issue.text(lang)


def add(job_id: str, source_id: str, guid: str, content: Any, now: datetime, **values: Any) -> str:
    """One object that is already at its end; returns its id."""
    object_id = make_uuid()
    row = {
        "id": object_id,
        "guid": guid,
        "content": json.dumps(content, ensure_ascii=False) if content is not None else None,
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
        **values,
    }
    model.Session.execute(insert(HarvestObject).values(**row))
    return object_id


def add_written(job_id: str, source_id: str, guid: str, content: Any, now: datetime, **values: Any) -> None:
    """The object of a dataset that was added, updated or deleted; only the newest is current."""
    retire(values["package_id"])
    add(job_id, source_id, guid, content, now, **values)


def retire(dataset_id: str) -> None:
    """No object of this dataset is current any more."""
    statement = update(HarvestObject).where(HarvestObject.package_id == dataset_id, HarvestObject.current.is_(True))
    model.Session.execute(statement.values(current=False), execution_options={"synchronize_session": False})


def add_failed(job_id: str, source_id: str, guid: str, content: Any, now: datetime, *, issues: Sequence[Issue]) -> None:
    """The object of a record that could not be taken, with its problems."""
    object_id = add(job_id, source_id, guid, content, now, state="ERROR", report_status="errored")
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
