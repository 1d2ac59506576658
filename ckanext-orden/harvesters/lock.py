"""One run per source at a time, over all machines: a lock that PostgreSQL drops when its holder dies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from ckan import model
from sqlalchemy import Connection, text


class SourceLock:
    """The lock that is held; `check` notices when the database has lost it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def check(self) -> None:
        """Raise the database's error when the connection that holds the lock is gone."""
        self._connection.execute(text("SELECT 1"))


@contextmanager
def source_lock(source_id: str, *, wait: bool = False) -> Iterator[SourceLock | None]:
    """Hold the source's lock; None when another run has it and `wait` is false."""
    if model.meta.engine is None:
        raise RuntimeError("CKAN's database engine is not initialised")
    key = {"key": _key(source_id)}
    with model.meta.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if wait:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), key)
        elif not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), key).scalar():
            yield None
            return
        try:
            yield SourceLock(connection)
        finally:
            if not connection.invalidated:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), key)


def is_free(source_id: str) -> bool:
    """Whether nobody runs the source at this moment."""
    with source_lock(source_id) as lock:
        return lock is not None


def _key(source_id: str) -> int:
    digest = hashlib.sha256(f"orden_harvest:{source_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
