"""A check in a process of its own: one that takes too long or too much ends that process, never the server's."""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

FORK = multiprocessing.get_context("fork")
MEMORY = 1_000_000_000
"""Bytes that a check may take beyond what the server had."""
ENDED = (-signal.SIGKILL, -signal.SIGABRT)
"""By the limit of time, or for want of memory: compiled parsers abort then."""
Found = TypeVar("Found")


def apart(check: Callable[[], Found], seconds: int) -> Found | None:
    """What the check gives; None where it took more seconds of the processor, or more memory than there is for it."""
    receiver, sender = FORK.Pipe(duplex=False)
    child = FORK.Process(target=_work, args=(check, sender, seconds), daemon=True)
    child.start()
    sender.close()
    try:
        return receiver.recv()
    except EOFError:
        child.join()
        if child.exitcode in ENDED:
            return None
        raise RuntimeError(f"the check ended with {child.exitcode}; the log says why") from None
    finally:
        receiver.close()
        child.join()


def _work(check: Callable[[], Any], sender: Connection, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    logging.getLogger("rdflib").setLevel(logging.ERROR)  # it warns, with a traceback, of each literal that is ill-typed
    try:
        sender.send(check())
    except MemoryError:
        os.kill(os.getpid(), signal.SIGKILL)
