"""The deletion brake: nothing is deleted on a doubt. Plain Python; the clock is an argument."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Brake:
    """How long a record must be missing, and how many datasets may vanish in one run without a person."""

    runs: int = 2
    wait: timedelta = timedelta(hours=24)
    share: float = 0.2
    at_least: int = 10

    def allowed(self, active: int) -> int:
        """How many of `active` datasets may vanish at once."""
        return max(self.at_least, int(active * self.share))


@dataclass(frozen=True)
class Missing:
    """A record that a complete run did not see: since when, and in how many complete runs."""

    guid: str
    since: datetime
    runs: int


@dataclass(frozen=True)
class Decision:
    """What may be deleted now, what waits for a person, and whether so much is missing that it looks like a fault."""

    delete: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    suspicious: bool = False


def decide(missing: Sequence[Missing], active: int, now: datetime, brake: Brake | None = None) -> Decision:
    """Judge the records that complete runs have missed; `active` counts the source's datasets, missing ones too."""
    brake = brake or Brake()
    due = tuple(record.guid for record in missing if record.runs >= brake.runs and now - record.since >= brake.wait)
    allowed = brake.allowed(active)
    suspicious = len(missing) > allowed
    return Decision(held=due, suspicious=suspicious) if suspicious else Decision(delete=due)
