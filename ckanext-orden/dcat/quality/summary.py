"""The scores of an organisation or of the whole public catalogue, and what to mend first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ckan import model
from sqlalchemy import Select, and_, cast, func, select
from sqlalchemy.dialects.postgresql import JSONB

from ..model import DcatScore, DcatScoreDay
from .metrics import BANDS, BEST, METRICS, band
from .score import Score, dimensions, fix

Dict = dict[str, Any]
LOWEST, TREND = 20, 366


def summary(organization_id: str = "") -> Dict:
    """Average, bands, dimensions, fixes by what they gain, trend, the lowest datasets; empty without scores."""
    averages = model.Session.execute(
        _public(organization_id, func.count(), func.avg(DcatScore.points), func.avg(DcatScore.japan))
    ).one()
    datasets = int(averages[0])
    if not datasets:
        return {"datasets": 0}
    shares = _shares(organization_id)
    fulfilled = {code: yes / datasets for code, (yes, _) in shares.items()}
    return {
        "datasets": datasets,
        "points": round(float(averages[1]), 1),
        "of": BEST,
        "band": band(float(averages[1])).code,
        "japan": None if averages[2] is None else round(float(averages[2]), 1),
        "bands": _bands(organization_id),
        "dimensions": {code: {"points": points, "of": of} for code, (points, of) in dimensions(fulfilled).items()},
        "fixes": _fixes(shares, datasets),
        "trend": _trend(organization_id),
        "lowest": _lowest(organization_id),
    }


def ranking() -> list[Dict]:
    """The organisations by the average of their public datasets, the best first."""
    group, points = model.Group, func.avg(DcatScore.points)
    query = (
        _public("", group.id, group.name, group.title, func.count(), points, func.avg(DcatScore.japan))
        .join(group, group.id == model.Package.owner_org)
        .group_by(group.id)
        .order_by(points.desc(), group.name)
    )
    return [
        {
            "id": id_,
            "name": name,
            "title": title or name,
            "datasets": datasets,
            "points": round(float(average), 1),
            "band": band(float(average)).code,
            "japan": None if japan is None else round(float(japan), 1),
        }
        for id_, name, title, datasets, average, japan in model.Session.execute(query)
    ]


def to_mend(code: str, organization_id: str = "") -> list[Dict]:
    """The public datasets that a fix would help, the lowest first."""
    query = _datasets(organization_id).where(DcatScore.found[code] == cast(False, JSONB))
    return [_dataset(row) for row in model.Session.execute(query)]


def _fixes(shares: dict[str, tuple[int, int]], datasets: int) -> list[Dict]:
    """Each fix with how many datasets it helps, what that gains in all and on the average; the Japanese ones last."""
    found = []
    for code, (_, missing) in shares.items():
        metric = METRICS.get(code)
        if metric and missing:
            gain = metric.points * missing
            found.append({**fix(metric), "datasets": missing, "gain": gain, "average": round(gain / datasets, 1)})
    return sorted(found, key=lambda one: (one["dimension"] == "japan", -one["gain"], one["code"]))


def _shares(organization_id: str) -> dict[str, tuple[int, int]]:
    """How many datasets fulfil each metric, and how many do not."""
    metric = func.jsonb_each(DcatScore.found).table_valued("key", "value")
    yes = func.count().filter(metric.c.value == cast(True, JSONB))
    no = func.count().filter(metric.c.value == cast(False, JSONB))
    query = _public(organization_id, metric.c.key, yes, no).join(metric, and_(True)).group_by(metric.c.key)
    return {code: (fulfilled, missing) for code, fulfilled, missing in model.Session.execute(query)}


def _bands(organization_id: str) -> dict[str, int]:
    """How many datasets are in each band, the best first."""
    counts: dict[str, int] = {one.code: 0 for one in BANDS}
    query = _public(organization_id, DcatScore.points, func.count()).group_by(DcatScore.points)
    for points, datasets in model.Session.execute(query):
        counts[band(points).code] += datasets
    return counts


def _trend(organization_id: str) -> list[Dict]:
    """The averages by day, the oldest first."""
    day = DcatScoreDay
    query = select(day.day, day.points, day.japan, day.datasets).where(day.scope == organization_id)
    rows: Sequence[Any] = model.Session.execute(query.order_by(day.day.desc()).limit(TREND)).all()
    return [
        {
            "day": row.day.isoformat(),
            "points": round(row.points, 1),
            "japan": None if row.japan is None else round(row.japan, 1),
            "datasets": row.datasets,
        }
        for row in reversed(rows)
    ]


def _lowest(organization_id: str) -> list[Dict]:
    return [_dataset(row) for row in model.Session.execute(_datasets(organization_id).limit(LOWEST))]


def _datasets(organization_id: str) -> Select[Any]:
    package, group = model.Package, model.Group
    columns = (package.id, package.name, package.title, group.title, DcatScore.points, DcatScore.japan, DcatScore.found)
    query = _public(organization_id, *columns).outerjoin(group, group.id == package.owner_org)
    return query.order_by(DcatScore.points, package.name)


def _dataset(row: Any) -> Dict:
    id_, name, title, organization, points, japan, found = row
    missing = Score(found).missing
    return {
        "id": id_,
        "name": name,
        "title": title or name,
        "organization": organization or "",
        "points": points,
        "band": band(points).code,
        "japan": japan,
        "first": fix(missing[0]) if missing else None,
    }


def _public(organization_id: str, *columns: Any) -> Select[Any]:
    package = model.Package
    public = and_(package.id == DcatScore.package_id, package.state == model.State.ACTIVE, package.private.is_(False))
    query = select(*columns).select_from(DcatScore).join(package, public)
    return query.where(package.owner_org == organization_id) if organization_id else query
