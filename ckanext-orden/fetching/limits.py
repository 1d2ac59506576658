"""How much of our time and memory a foreign server may take."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes; the defaults suit a catalogue file or an API page."""

    connect: float = 5.0
    read: float = 20.0
    total: float = 300.0
    window: float = 30.0
    least_speed: int = 1000
    """Bytes a second on the wire that a body must bring, over a window."""
    wire_bytes: int = 50 * MIB
    decoded_bytes: int = 200 * MIB
    ratio: int = 100
    redirects: int = 5
    retries: int = 3
    backoff: float = 1.0
    longest_wait: float = 60.0
