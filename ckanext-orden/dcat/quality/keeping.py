"""Scores as they are kept: found out of date by PostgreSQL alone, made again in batches, averaged by day."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Collection
from datetime import date, datetime, timezone
from typing import Any

import pyoxigraph as ox
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.dcat.utils import dataset_uri
from rdflib import Graph, URIRef
from sqlalchemy import and_, func, literal, or_, select, text
from sqlalchemy.dialects.postgresql import insert

from ...metadata.tables.check import KANA
from ...metadata.tables.standards import standard
from ...metadata.tables.summary import TABLES
from ..catalogue import query
from ..catalogue.fragments import Fragment, fragments
from ..links import link_id, register, states
from ..model import DcatScore, DcatScoreDay
from ..namespaces import DCAT
from ..syntaxes import N_TRIPLES
from ..validation.convert import graph_of
from ..validation.engine import conforms
from ..validation.shapes import shapes_of
from .european import european
from .japanese import japanese
from .metrics import VERSION
from .score import Score

BATCH = 100
LEVEL = "range"
Dict = dict[str, Any]


def stored(package_id: str) -> tuple[Score, date] | None:
    """A dataset's score and the day it is of."""
    row = model.Session.get(DcatScore, package_id)
    return (Score(row.found), row.day) if row else None


def refresh(
    say: Callable[[int], object] = lambda done: None,
    ids: Collection[str] | None = None,
    seconds: float = math.inf,
) -> int:
    """Makes the scores that are out of date, or those of these datasets anew, for so many seconds; how many."""
    tried: set[str] = set()
    end = time.monotonic() + seconds
    while time.monotonic() < end and (batch := _outdated(tried) if ids is None else _of(ids, tried)):
        tried.update(batch)
        _make(batch)
        say(len(tried))
    _average()
    return len(tried)


def is_due() -> bool:
    """Whether a score is out of date."""
    return bool(_outdated(set(), limit=1))


def _outdated(tried: Collection[str], limit: int | None = None) -> list[str]:
    package, score = model.Package, DcatScore
    stale = or_(
        score.package_id.is_(None),
        score.version != VERSION,
        score.modified.is_distinct_from(package.metadata_modified),
        score.day != _today(),
    )
    wanted = (
        select(package.id)
        .outerjoin(score, score.package_id == package.id)
        .where(package.type == "dataset", package.state == model.State.ACTIVE, stale)
        .order_by(package.id)
    )
    if tried:
        wanted = wanted.where(package.id > max(tried))
    return list(model.Session.execute(wanted.limit(limit or BATCH)).scalars())


def _of(ids: Collection[str], tried: Collection[str]) -> list[str]:
    return sorted(set(ids) - set(tried))[:BATCH]


def _make(ids: list[str]) -> None:
    entries = query.entries(ids)
    parts = fragments(entries, N_TRIPLES)
    rows_before = model.Session.execute(select(DcatScore).where(DcatScore.package_id.in_(ids))).scalars()
    kept = {row.package_id: row for row in rows_before}
    package = model.Package
    dated = model.Session.execute(select(package.id, package.metadata_modified).where(package.id.in_(ids)))
    modified = {row.id: row.metadata_modified for row in dated}
    rows = []
    for dataset in query.datasets(parts):
        id_ = dataset["id"]
        if id_ in modified:
            rows.append({"package_id": id_, "modified": modified[id_], **_measured(dataset, parts[id_], kept.get(id_))})
    if rows:
        statement = insert(DcatScore).values(rows)
        new = {name: statement.excluded[name] for name in rows[0] if name != "package_id"}
        model.Session.execute(statement.on_conflict_do_update(index_elements=["package_id"], set_=new))
    model.Session.commit()


def _measured(dataset: Dict, fragment: Fragment, before: DcatScore | None) -> Dict:
    """What is kept of a dataset; SHACL looks at triples that it has not seen only."""
    triples = fragment.own + fragment.shared
    checked = hashlib.sha256(f"{VERSION}\n{triples}".encode()).hexdigest()[:16]
    graph = graph_of(ox.parse(triples, format=ox.RdfFormat.N_TRIPLES))
    if before is not None and before.checked == checked:
        valid = bool(before.found.get("dcatApCompliance"))
    else:
        valid = conforms(graph, shapes_of(LEVEL))
    addresses = _addresses(graph)
    if not dataset.get("private"):
        register(addresses)
    found = {
        **european(graph, URIRef(dataset_uri(dataset)), states(addresses).get, conforms=valid),
        **japanese(dataset, _today(), _kana(dataset)),
    }
    score = Score(found)
    return {
        "version": VERSION,
        "day": _today(),
        "points": score.points,
        "japan": score.japan,
        "found": found,
        "checked": checked,
        "links": sorted(map(link_id, addresses)),
    }


def _addresses(graph: Graph) -> set[str]:
    """Those that should open."""
    return {str(node) for predicate in (DCAT.accessURL, DCAT.downloadURL) for node in graph.objects(None, predicate)}


def _kana(dataset: Dict) -> list[bool]:
    """Of each file whose standard has columns for readings: whether the first of them is filled in every row."""
    return [
        filled
        for resource_id, table in (dataset.get(TABLES) or {}).items()
        if table.get("standard") and (filled := _kana_filled(resource_id)) is not None
    ]


def _kana_filled(resource_id: str) -> bool | None:
    try:
        report = tk.get_action("orden_table_report_show")({"ignore_auth": True}, {"id": resource_id})
    except (KeyError, tk.ObjectNotFound):  # the room of tables may be off
        return None
    known = standard(report["standard"])
    wanted = [column.name for column in known.columns if column.kind == KANA] if known else []
    if not wanted or "readings" not in report:  # a report of before they were counted
        return None
    counts = (report["readings"][name] for name in wanted if name in report["readings"])
    return next(counts, None) == report["checked"]


def _average() -> None:
    """Writes down the averages of today, of the whole public catalogue and of each organisation."""
    package, score = model.Package, DcatScore
    public = and_(package.id == score.package_id, package.state == model.State.ACTIVE, package.private.is_(False))
    for scope in (text("''"), package.owner_org):
        averages = (
            select(scope, literal(_today()), func.count(), func.avg(score.points), func.avg(score.japan))
            .select_from(score)
            .join(package, public)
            .having(func.count() > 0)
        )
        if scope is package.owner_org:
            averages = averages.where(package.owner_org.is_not(None)).group_by(package.owner_org)
        columns = ["scope", "day", "datasets", "points", "japan"]
        statement = insert(DcatScoreDay).from_select(columns, averages)
        new = {name: statement.excluded[name] for name in columns[2:]}
        model.Session.execute(statement.on_conflict_do_update(index_elements=["scope", "day"], set_=new))
    model.Session.commit()


def _today() -> date:
    return datetime.now(timezone.utc).date()
