"""Datasets as they were before a run changed them, for as long as the run can be undone; the caller commits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ckan import model
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from ... import config
from ..model import HarvestFormer as Former

DERIVED = frozenset(
    ("organization", "orden_axes", "orden_tables", "num_resources", "num_tags", "metadata_created", "metadata_modified")
)
"""What CKAN and our rooms add to a dataset when they show it."""


def keep(job_id: str, datasets: Sequence[Mapping[str, Any]]) -> None:
    """Keep these datasets of a batch; the first that a job has kept of a dataset stays."""
    if not datasets or not config.harvest_undo_hours():
        return
    rows = [
        {"job_id": job_id, "dataset_id": one["id"], "content": {k: v for k, v in one.items() if k not in DERIVED}}
        for one in datasets
    ]
    model.Session.execute(insert(Former).values(rows).on_conflict_do_nothing())


def of(job_id: str, dataset_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """What is kept of these datasets."""
    query = select(Former.dataset_id, Former.content).where(Former.job_id == job_id, Former.dataset_id.in_(dataset_ids))
    return {row.dataset_id: row.content for row in model.Session.execute(query)}
