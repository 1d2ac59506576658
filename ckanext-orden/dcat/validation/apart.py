"""A check in a process of its own: one that takes too long ends that process, never the server's."""

from __future__ import annotations

import multiprocessing
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection

from ...types import Report

FORK = multiprocessing.get_context("fork")


def apart(check: Callable[[], Report], seconds: int) -> Report | None:
    """What the check gives; None where it took more seconds of the processor."""
    receiver, sender = FORK.Pipe(duplex=False)
    child = FORK.Process(target=_work, args=(check, sender, seconds), daemon=True)
    child.start()
    sender.close()
    try:
        return receiver.recv()
    except EOFError:
        child.join()
        if child.exitcode == -signal.SIGKILL:
            return None
        raise RuntimeError(f"the check ended with {child.exitcode}; the log says why") from None
    finally:
        receiver.close()
        child.join()


def _work(check: Callable[[], Report], sender: Connection, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    sender.send(check())
