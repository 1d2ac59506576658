"""An offer as a dataset's own trading terms state it, for providers who have written only those."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ...metadata.offers import check
from ...metadata.offers.exchange import cadde_reading
from ..registry import markets


def read(dataset: Mapping[str, Any]) -> dict[str, Any]:
    """Fields to begin a draft with, those of the dataset among them, and what was not understood."""
    found = cadde_reading.read(dataset, markets())
    values = {name: value for name, value in {**_of_dataset(dataset), **found.values}.items() if value}
    return {"offer": _readable(values), "issues": [asdict(issue) for issue in found.issues]}


def _of_dataset(dataset: Mapping[str, Any]) -> dict[str, Any]:
    """What an offer has in common with its dataset."""
    owner = dataset.get("organization") or {}
    return {
        "title": {"ja": dataset.get("title") or dataset["name"]},
        "licence": dataset.get("license_id"),
        "seller": owner.get("title"),
    }


def _readable(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values without those that no draft may hold: a licence that is none of the site's, for one."""
    report = check(values, markets(), draft=True).report
    wrong = {issue.field for issue in report.issues if issue.severity == "error"}
    return {name: value for name, value in values.items() if name not in wrong}
