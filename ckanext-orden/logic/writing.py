"""Writing many datasets: CKAN's actions without commit, in batches of one transaction each."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any, TypeVar, cast

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ..metadata.offers.stating import withdraw
from ..types import Issue
from .attempts import attempt

log = logging.getLogger(__name__)

BATCH = 100
"""Datasets a transaction."""
MIRRORED = "orden_mirrored"
"""Key of the context: another catalogue decides what is private in the dataset that is written."""
Item = TypeVar("Item")


def create(values: dict[str, Any], context: Context) -> str:
    """Create one dataset without commit; returns its id, raises `tk.ValidationError`."""
    return tk.get_action("package_create")(_deferred(context), values)


def update(values: dict[str, Any], context: Context) -> str:
    """Replace one dataset without commit; returns its id, raises `tk.ValidationError`."""
    return tk.get_action("package_update")(_deferred(context), values)


def stored(dataset_id: str, context: Context) -> dict[str, Any]:
    """One dataset as the database has it, with what this transaction has written, without what its offers say."""
    shown = tk.get_action("package_show")(cast(Context, {**context, "use_cache": False}), {"id": dataset_id})
    withdraw(shown)
    return shown


def in_batches(
    items: Iterable[Item],
    write: Callable[[Sequence[Item]], object],
    fail: Callable[[Item, tuple[Issue, ...]], object],
    done: Callable[[Sequence[Item]], object],
    check: Callable[[], object] = lambda: None,
) -> None:
    """`write` commits a batch; one that fails is written one by one, so that a bad item stops only itself.

    Savepoints do not serve: CKAN's actions roll the whole transaction back when they refuse a dataset.
    `done` is told what was written after each batch; `check` may raise before it.
    """
    queue = iter(items)
    while batch := list(islice(queue, BATCH)):
        check()
        written = batch
        if issues := attempt(lambda: write(batch)):
            model.Session.rollback()
            log.info("A batch of %d is taken one by one: %s", len(batch), issues[0].text("en"))
            written = [item for item in batch if _alone(item, write, fail)]
        done(written)


def _alone(
    item: Item, write: Callable[[Sequence[Item]], object], fail: Callable[[Item, tuple[Issue, ...]], object]
) -> bool:
    issues = attempt(lambda: write([item]))
    if issues:
        model.Session.rollback()
        fail(item, issues)
    return not issues


def _deferred(context: Context) -> Context:
    """The context of a write that the caller commits and indexes."""
    return cast(Context, {**context, "defer_commit": True, "return_id_only": True})
