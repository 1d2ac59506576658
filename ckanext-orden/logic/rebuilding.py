"""The whole search index anew, by several processes, while visitors go on searching in it."""

from __future__ import annotations

import datetime as dt
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import islice
from typing import Any

from ckan import model
from ckan.lib.search.common import make_connection
from ckan.lib.search.query import solr_literal
from ckan.plugins import toolkit as tk
from sqlalchemy import select

from ..clock import utcnow
from ..search import encoders
from . import documents

BATCH = 50
PAGE = 10_000
PATIENCE = 3600
"""Seconds that Solr may take for the whole index; 20,000 datasets take some 15."""
_FORK = multiprocessing.get_context("fork")


def rebuild(processes: int, told: Callable[[int], object]) -> list[str]:
    """Index all datasets again and take away what is no dataset any more; the ids of those that could not be indexed.

    :param told: is given the number of datasets that are done, after each batch
    :raises BrokenProcessPool: a process was ended from outside; what the index held before is still there
    """
    began, waiting = utcnow(), _ids()
    if encoder := encoders.encoder():
        encoder.encode([""])  # once here, so that the processes share what it loads
    model.Session.remove()  # they must not inherit a connection that is in use
    failed: list[str] = []
    with ProcessPoolExecutor(processes, mp_context=_FORK, initializer=_begin) as pool:
        for work in as_completed([pool.submit(_index, batch) for batch in _batches(waiting)]):
            many, without = work.result()
            failed += without
            told(many)
    # What was edited meanwhile may have been overwritten by what was read before.
    for batch in _batches(_ids(since=began)):
        failed += _index(batch)[1]
    _forget_orphans()
    _pack()
    return sorted(set(failed))


def _ids(since: dt.datetime | None = None) -> list[str]:
    query = select(model.Package.id)
    if since:
        query = query.where(model.Package.metadata_modified >= since)
    if tk.config["ckan.search.remove_deleted_packages"]:
        query = query.where(model.Package.state != model.State.DELETED)
    return list(model.Session.scalars(query))


def _batches(ids: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _begin() -> None:
    """What the parent has open is not the child's."""
    if model.meta.engine is not None:
        model.meta.engine.dispose(close=False)


def _index(dataset_ids: Sequence[str]) -> tuple[int, list[str]]:
    try:
        return len(dataset_ids), documents.index(dataset_ids, documents.Seen.LATER, keep_meanings=True)
    finally:
        model.Session.remove()


def _forget_orphans() -> None:
    """Take out of the index what the database lacks; that is read after the index, so that nothing new is lost."""
    indexed = set(_indexed())
    orphans = sorted(indexed.difference(_ids()))
    for start in range(0, len(orphans), BATCH):
        named = " OR ".join(solr_literal(dataset_id) for dataset_id in orphans[start : start + BATCH])
        make_connection().delete(q=f"{_here()} AND +id:({named})", commit=False)


def _pack() -> None:
    """Let all be seen, in one segment: an index in a dozen takes two to three times as long to search."""
    connection = make_connection()
    connection.timeout = PATIENCE
    connection.optimize(maxSegments=1)


def _indexed() -> Iterator[str]:
    asked: dict[str, Any] = {"fl": "id", "rows": PAGE, "sort": "index_id asc", "cursorMark": "*"}
    while True:
        found = make_connection(decode_dates=False).search("*:*", fq=_here(), **asked)
        yield from (row["id"] for row in found)
        if found.nextCursorMark == asked["cursorMark"]:
            return
        asked["cursorMark"] = found.nextCursorMark


def _here() -> str:
    return f"+site_id:{solr_literal(tk.config['ckan.site_id'])} +entity_type:package"
