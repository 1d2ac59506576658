"""One worker at a time, over all machines: a lock that PostgreSQL drops when its holder dies."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ckan import model
from sqlalchemy import Connection, text


class Lock:
    """The lock that is held; `check` notices when the database has lost it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def check(self) -> None:
        """Raise the database's error when the connection that holds the lock is gone."""
        self._connection.execute(text("SELECT 1"))


@contextmanager
def lock(name: str, *, wait: bool = False, shared: bool = False) -> Iterator[Lock | None]:
    """Hold the lock of that name, alone or `shared` with others who share it; None when that cannot be at once.

    With `wait` it waits for that moment.
    """
    if model.meta.engine is None:
        raise RuntimeError("CKAN's database engine is not initialised")
    key, kind = {"key": _key(name)}, "_shared" if shared else ""
    with model.meta.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if wait:
            connection.execute(text(f"SELECT pg_advisory_lock{kind}(:key)"), key)
        elif not connection.execute(text(f"SELECT pg_try_advisory_lock{kind}(:key)"), key).scalar():
            yield None
            return
        try:
            yield Lock(connection)
        finally:
            if not connection.invalidated:
                connection.execute(text(f"SELECT pg_advisory_unlock{kind}(:key)"), key)


def is_free(name: str) -> bool:
    """Whether nobody holds the lock at this moment."""
    with lock(name) as held:
        return held is not None


def hold(names: Iterable[str]) -> None:
    """Hold the locks of these names till the transaction ends; all in one order, so that nobody waits in a circle."""
    keys = sorted({_key(name) for name in names})
    wait = text("SELECT pg_advisory_xact_lock(key) FROM unnest(CAST(:keys AS bigint[])) AS key")
    model.Session.execute(wait, {"keys": keys})


def share(name: str) -> None:
    """Keep those out who hold the lock of that name alone, till the transaction ends; others may share it."""
    model.Session.execute(text("SELECT pg_advisory_xact_lock_shared(:key)"), {"key": _key(name)})


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
