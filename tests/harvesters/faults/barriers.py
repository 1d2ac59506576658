"""A moment inside the database: whoever comes to a certain row waits there, in the middle of its transaction."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ckan import model
from sqlalchemy import text

from .gates import PATIENCE

KEY = 271403
WAITING = f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = {KEY} AND NOT granted"  # noqa: S608
TAKE_AWAY = "DROP FUNCTION IF EXISTS orden_fault_wait() CASCADE"
SETTLED = f"""
CREATE OR REPLACE FUNCTION orden_fault_wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM pg_advisory_xact_lock_shared({KEY});
    RETURN NEW;
END $$;
"""


@dataclass(frozen=True)
class Moment:
    """`INSERT ON package` or `UPDATE ON package`, for which row, and whether only when it is committed."""

    event: str
    when: str = "true"
    at_commit: bool = False

    def trigger(self) -> str:
        kind = "CONSTRAINT TRIGGER" if self.at_commit else "TRIGGER"
        time_, late = ("AFTER", "DEFERRABLE INITIALLY DEFERRED") if self.at_commit else ("BEFORE", "")
        return (
            f"CREATE {kind} orden_fault {time_} {self.event} {late} FOR EACH ROW WHEN ({self.when}) "
            "EXECUTE FUNCTION orden_fault_wait()"
        )


@contextmanager
def barrier(moment: Moment) -> Iterator[Callable[[], int]]:
    """Hold whoever reaches the moment until the block ends; gives a question: how many are there?"""
    engine: Any = model.meta.engine
    model.Session.remove()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(SETTLED))
        connection.execute(text(moment.trigger()))
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": KEY})
        try:
            yield lambda: connection.execute(text(WAITING)).scalar_one()
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": KEY})
            connection.execute(text(TAKE_AWAY))


def until(come: Callable[[], int], what: str) -> None:
    """Wait for something that must happen."""
    limit = time.monotonic() + PATIENCE
    while not come():
        assert time.monotonic() < limit, f"{what} never came"
        time.sleep(0.02)
