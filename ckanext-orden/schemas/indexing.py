"""The five axes on their way to readers: derived when a dataset is shown or indexed, never stored."""

from __future__ import annotations

import json
from typing import Any

from ckan import model

from ..metadata.axes import derive
from ..metadata.fields import INDEX_FIELDS
from ..metadata.offers.stating import MARKET
from ..model import OrdenReport
from .addresses import portable_json

DATASET = "dataset"
AXES = "orden_axes"


def extras_of(group: model.Group) -> dict[str, Any]:
    """The fields of our schema that an organisation has; CKAN maps the column without declaring it."""
    return dict(getattr(group, "extras", None) or {})


def organization_of(dataset: dict[str, Any]) -> dict[str, Any] | None:
    """The organisation of a dataset, with the fields of our schema."""
    owner = dataset.get("owner_org")
    if not isinstance(owner, str):
        return None
    group = model.Session.get(model.Group, owner) or model.Group.by_name(owner)
    if not group:
        return None
    return {**extras_of(group), "id": group.id, "name": group.name, "title": group.title}


def axes_of(dataset: dict[str, Any]) -> dict[str, Any]:
    """The axes as `package_show` carries them under `orden_axes`."""
    offers = dataset.get(MARKET, {}).get("offers", ())
    return {name: axis.as_dict() for name, axis in derive(dataset, organization_of(dataset), offers).items()}


def indexed(pkg_dict: dict[str, Any], site_url: str) -> dict[str, Any]:
    """The index document with its axes and number of errors; its copies of the dataset are portable."""
    shown = json.loads(pkg_dict["validated_data_dict"])
    document = dict(pkg_dict)
    for name in ("data_dict", "validated_data_dict"):
        document[name] = portable_json(pkg_dict[name], site_url)
    for axis, field in INDEX_FIELDS.items():
        document[field] = shown.get(AXES, {}).get(axis, {}).get("values", [])
    report = OrdenReport.of(pkg_dict["id"])
    if report:
        document["orden_errors"] = str(report.errors)
    return document
