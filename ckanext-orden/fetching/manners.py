"""How a request behaves at a server; the plain manners ask at once, a visit of a harvest (`visits`) waits its turn."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Turn:
    """One request's time at a server; afterwards the server is left alone for `rest` seconds at least."""

    rest: float = 0.0


class Manners:
    """Ask at once, wait as long as `Limits` say."""

    patience: float | None = None
    """Seconds of `Retry-After` that are heeded, beside the clock of the request; None leaves it to `Limits`."""

    @contextmanager
    def turn(self, url: str, hold: float) -> Iterator[Turn]:
        """The time at the server in which the address may be asked; it ends by itself after `hold` seconds."""
        yield Turn()

    def wait(self, seconds: float) -> None:
        """Let time pass; raises where the work is to end."""
        time.sleep(seconds)
