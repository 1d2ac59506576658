"""Moments of a start at which something may be killed."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable

from stack import processes

from .site import Demo

PATIENCE = 1200
"""Seconds until a moment must have come."""
Moment = Callable[[Demo], bool]


def started(part: str, seconds: float = 0) -> Moment:
    """The part has run for so long."""

    def has_come(site: Demo) -> bool:
        now = float((processes.PROC / "uptime").read_text().split()[0])
        ages = [now - process.started / os.sysconf("SC_CLK_TCK") for process in site.leaders(part)]
        return any(age >= seconds for age in ages)

    return has_come


def said(log: str, text: str, times: int = 1) -> Moment:
    """A task is in the middle of its work."""

    def has_come(site: Demo) -> bool:
        path = site.folder / "log" / f"{log}.log"
        return path.exists() and path.read_text(errors="replace").count(text) >= times

    return has_come


MOMENTS = {
    "tables": said("prepare", "CKAN database version upgraded"),  # between CKAN's tables and those of the plugins
    "companies": said("demo-load", "datasets", 4),
    "harvest": said("demo-harvest", " read, ", 2),
}


def wait(moment: Callable[[], bool], child: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + PATIENCE
    while not moment():
        assert child.poll() in (None, 0), "./orden up failed before the moment came"
        assert time.monotonic() < limit, "the moment never came"
        time.sleep(0.05)
