"""Datasets that may be one and the same, for the operator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from ...model import OrdenDuplicate
from .. import duplicates
from ..asking import whole_number

DEFAULT_LIMIT, MAX_LIMIT = 50, 1000
LAST = 1_000_000


@tk.side_effect_free
def orden_duplicates_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """The pairs of datasets that may be duplicates, as last looked for; across organisations and sources first.

    :param dismissed: true for those that were judged not to be the same (default false)
    :param limit: how many at most, 1 to 1000 (default 50)
    :param offset: how many to pass over
    :returns: `count`, `found_at` (UTC; empty if never), `searching` (a worker is at it) and `pairs`, each with
        `datasets` (two: `id`, `name`, `title`, `organization_title`, `private`, `source` of its harvest), `near`,
        `reasons` (`identifier`, `file`, `page`, `title`, `meaning`), `apart`
    """
    tk.check_access("orden_duplicates_list", context, data_dict)
    limit = whole_number(data_dict, "limit", DEFAULT_LIMIT, MAX_LIMIT)
    offset = whole_number(data_dict, "offset", 0, LAST, least=0)
    count, rows = _found(tk.asbool(data_dict.get("dismissed") or False), limit, offset)
    return {
        "count": count,
        "found_at": duplicates.found_at(),
        "searching": duplicates.is_asked(),
        "pairs": _shown(rows),
    }


def orden_duplicates_update(context: Context, data_dict: DataDict) -> dict[str, bool]:
    """Have a worker look for duplicates anew.

    :returns: `queued`, whether the worker's queue has taken it
    """
    tk.check_access("orden_duplicates_update", context, data_dict)
    return {"queued": duplicates.ask()}


def orden_duplicate_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Judge a pair: what is dismissed is not shown again.

    :param one: the id of a dataset
    :param other: the id of the other
    :param dismissed: true if they are not the same, false to show the pair again
    """
    tk.check_access("orden_duplicate_update", context, data_dict)
    one, other, dismissed = tk.get_or_bust(data_dict, ["one", "other", "dismissed"])
    if not OrdenDuplicate.dismiss((str(one), str(other)), tk.asbool(dismissed)):
        raise tk.ObjectNotFound(tk._("This pair is not among the duplicates that were found"))
    model.repo.commit()
    return {"one": one, "other": other, "dismissed": tk.asbool(dismissed)}


def _found(dismissed: bool, limit: int, offset: int) -> tuple[int, Sequence[OrdenDuplicate]]:
    """The pairs whose datasets are both still there."""
    one, other = aliased(model.Package), aliased(model.Package)
    found = (
        select(OrdenDuplicate)
        .join(one, one.id == OrdenDuplicate.one)
        .join(other, other.id == OrdenDuplicate.other)
        .where(OrdenDuplicate.dismissed.is_(dismissed), one.state == "active", other.state == "active")
    )
    count = model.Session.scalar(select(func.count()).select_from(found.subquery())) or 0
    page = found.order_by(OrdenDuplicate.rank, OrdenDuplicate.one, OrdenDuplicate.other).limit(limit).offset(offset)
    return count, model.Session.scalars(page).all()


def _shown(rows: Sequence[OrdenDuplicate]) -> list[dict[str, Any]]:
    known = _datasets({dataset for row in rows for dataset in (row.one, row.other)})
    return [
        {
            "datasets": [
                {**known[dataset], "source": source}
                for dataset, source in zip((row.one, row.other), row.sources, strict=True)
            ],
            "near": row.near,
            "reasons": row.reasons,
            "apart": row.apart,
        }
        for row in rows
    ]


def _datasets(ids: set[str]) -> dict[str, dict[str, Any]]:
    package, group = model.Package, model.Group
    columns = (package.id, package.name, package.title, package.private, group.title.label("organization_title"))
    query = select(*columns).outerjoin(group, group.id == package.owner_org).where(package.id.in_(ids))
    rows = (dict(row) for row in model.Session.execute(query).mappings())
    return {row["id"]: {**row, "title": row["title"] or row["name"]} for row in rows}
