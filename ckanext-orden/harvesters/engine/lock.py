"""One run per source at a time, over all machines."""

from __future__ import annotations

from contextlib import AbstractContextManager

from ...logic import locks
from ...logic.locks import Lock


def source_lock(source_id: str, *, wait: bool = False) -> AbstractContextManager[Lock | None]:
    """Hold the source's lock; None when another run has it and `wait` is false."""
    return locks.lock(_name(source_id), wait=wait)


def helpers_lock(source_id: str, *, wait: bool = False, shared: bool = False) -> AbstractContextManager[Lock | None]:
    """Shared by those who help a run of the source; held alone by who wants no helper at work meanwhile."""
    return locks.lock(f"orden_harvest_help:{source_id}", wait=wait, shared=shared)


def is_free(source_id: str) -> bool:
    """Whether nobody runs the source at this moment."""
    return locks.is_free(_name(source_id))


def _name(source_id: str) -> str:
    return f"orden_harvest:{source_id}"
