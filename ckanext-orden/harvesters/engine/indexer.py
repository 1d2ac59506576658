"""A second process that feeds the search index while the run goes on: a document is a third of a new dataset's work.

What is left undone, because the process was killed or Solr away, stays marked in the table for the end of the run.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import signal
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from typing import Any

from ckan import model
from sqlalchemy.exc import SQLAlchemyError

from ...logic import documents, writing
from . import store

log = logging.getLogger(__name__)

MANY = 50
"""Datasets of a run from which on a process of its own pays: a fork costs less than a few documents."""
NOTED = 500
"""Datasets that the process indexes between two commits."""
BATCH = writing.BATCH
_FORK = multiprocessing.get_context("fork")


def index(source_id: str, dataset_ids: Sequence[str]) -> bool:
    """Put datasets into the search index and note which of them are there; whether it was any."""
    there = _sent(dataset_ids)
    store.mark_indexed(source_id, there)
    model.Session.commit()
    return bool(there)


def _sent(dataset_ids: Sequence[str]) -> list[str]:
    failed = set(documents.index(dataset_ids, documents.Seen.SOON))
    return [dataset_id for dataset_id in dataset_ids if dataset_id not in failed]


def catch_up(source_id: str) -> int:
    """Index what is still to be indexed; returns how many datasets are left because Solr does not take them."""
    waiting = store.unindexed(source_id)
    for start in range(0, len(waiting), BATCH):
        if not index(source_id, waiting[start : start + BATCH]):
            break
    return len(store.unindexed(source_id)) if waiting else 0


class Indexer:
    """Indexes at once while there is little, in a process of its own when there is much; leaving it waits for that."""

    def __init__(self, source_id: str) -> None:
        self._source_id = source_id
        self.given = 0
        """How many datasets it was to index."""
        self._child: BaseProcess | None = None
        self._pipe: Any = None

    def __enter__(self) -> Indexer:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pipe:
            self._pipe.close()
        if self._child:
            self._child.join()

    def add(self, dataset_ids: Sequence[str]) -> None:
        """Index these committed datasets, now or soon."""
        self.given += len(dataset_ids)
        if self.given < MANY or not self._told(dataset_ids):
            index(self._source_id, dataset_ids)

    def _told(self, dataset_ids: Sequence[str]) -> bool:
        """Whether the child has been told; it blocks while the child is far behind."""
        if self._child is None:
            self._start()
        if self._pipe is None:
            return False
        try:
            self._pipe.send_bytes(json.dumps(list(dataset_ids)).encode())
        except OSError:
            log.warning("The process that indexes has ended; the run goes on without it")
            self._pipe = None
            return False
        return True

    def _start(self) -> None:
        model.Session.commit()  # the child must not inherit a transaction
        receiving, self._pipe = _FORK.Pipe(duplex=False)
        self._child = _FORK.Process(target=_serve, args=(self._source_id, receiving, self._pipe), daemon=True)
        self._child.start()
        receiving.close()


def _serve(source_id: str, receiving: Any, sending: Any) -> None:
    """The child: index what comes until the parent is done or gone. Connections of the parent are not touched."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sending.close()
    if model.meta.engine is not None:
        model.meta.engine.dispose(close=False)
    there: list[str] = []
    while True:
        try:
            dataset_ids = json.loads(receiving.recv_bytes())
        except EOFError:
            _note(source_id, there)
            return
        try:
            there += _sent(dataset_ids)
        except SQLAlchemyError:
            log.exception("Datasets are left for the end of the run")
        finally:
            model.Session.remove()
        if len(there) >= NOTED:
            _note(source_id, there)
            there = []


def _note(source_id: str, dataset_ids: Sequence[str]) -> None:
    try:
        store.mark_indexed(source_id, dataset_ids)
        model.Session.commit()
    except SQLAlchemyError:
        log.exception("Datasets are indexed once more at the end of the run")
    finally:
        model.Session.remove()
