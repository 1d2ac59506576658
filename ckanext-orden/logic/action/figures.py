"""Actions that count."""

from __future__ import annotations

import time
from functools import lru_cache

import sqlalchemy as sa
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

SECONDS_KEPT = 60


@tk.side_effect_free
def orden_figures_show(context: Context, data_dict: DataDict) -> dict[str, int]:
    """How many public datasets, data (resources) and organisations the catalogue holds; at most a minute old."""
    tk.check_access("orden_figures_show", context, data_dict)
    return dict(_figures(int(time.monotonic() // SECONDS_KEPT)))


@lru_cache(maxsize=1)
def _figures(_minute: int) -> dict[str, int]:
    package, resource, group = model.Package, model.Resource, model.Group
    public = sa.and_(package.state == "active", package.private.is_(False), package.type == "dataset")
    attached = sa.and_(resource.package_id == package.id, resource.state == "active")
    datasets = sa.select(sa.func.count()).select_from(package).where(public)
    resources = sa.select(sa.func.count(resource.id)).join(package, attached).where(public)
    organizations = sa.select(sa.func.count()).select_from(group)
    organizations = organizations.where(group.is_organization.is_(True), group.state == "active")
    return {
        "datasets": model.Session.scalar(datasets) or 0,
        "resources": model.Session.scalar(resources) or 0,
        "organizations": model.Session.scalar(organizations) or 0,
    }
