"""Work in a process of its own: what takes too long or too much ends that process, never the server's or worker's."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

FORK = multiprocessing.get_context("fork")
MEMORY = 1_000_000_000
"""Bytes that the work may take beyond what its starter had."""
STANDARD = 2
"""The last of the three standard streams."""
CHUNK = 100
"""How many results cross at a time."""
ENDED = (-signal.SIGKILL, -signal.SIGABRT)
"""By the limit of time, or for want of memory: compiled parsers abort then."""
Found = TypeVar("Found")


class TooMuch(Exception):  # noqa: N818 - a verdict on the work
    """The work took more time or memory than there is for it."""


def apart(work: Callable[[], Found], seconds: int) -> Found | None:
    """What the work gives; None where it took more seconds of the processor, or more memory than there is for it."""
    try:
        [found] = stream(lambda: (work(),), seconds)
        return found
    except TooMuch:
        return None


def stream(
    work: Callable[[], Iterable[Found]],
    seconds: int,
    fault: type[Exception] | None = None,
    *,
    sealed: bool = False,
) -> Generator[Found, None, None]:
    """What the work gives, one after the other, while it goes on; TooMuch where it takes more than there is for it.

    A `fault` that the work raises is raised here; any other is a RuntimeError. Work that is `sealed` can open neither
    files nor connections and has none of ours: what it needs has to be imported and read before.
    """
    receiver, sender = FORK.Pipe(duplex=False)
    child = FORK.Process(target=_work, args=(work, sender, seconds, fault or (), sealed), daemon=True)
    child.start()
    sender.close()
    try:
        yield from _received(receiver, child)
    finally:
        receiver.close()
        child.kill()
        child.join()


def _received(receiver: Any, child: Any) -> Iterator[Any]:
    while True:
        try:
            found, error, last = receiver.recv()
        except EOFError:
            child.join()
            if child.exitcode in ENDED:
                raise TooMuch from None
            raise RuntimeError(f"the work ended with {child.exitcode}; the log says why") from None
        yield from found
        if error is not None:
            raise error
        if last:
            return


def _work(work: Callable[[], Iterable[Any]], sender: Any, seconds: int, fault: Any, sealed: bool) -> None:
    gc.freeze()  # what belongs to the starter, such as connections, is not cleaned up here
    logging.getLogger("rdflib").setLevel(logging.ERROR)  # it warns, with a traceback, of each literal that is ill-typed
    _limit(seconds)
    if sealed:
        _seal(sender.fileno())
    chunk: list[Any] = []
    try:
        for result in work():
            chunk.append(result)
            if len(chunk) == CHUNK:
                sender.send((chunk, None, False))
                chunk = []
        sender.send((chunk, None, True))
    except fault as error:
        sender.send((chunk, error, True))
    except (MemoryError, RecursionError):
        os.kill(os.getpid(), signal.SIGKILL)
    except BrokenPipeError:
        os._exit(0)  # nobody wants the rest


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))


def _seal(pipe: int) -> None:
    """No file descriptors but the pipe and the standard streams, and no new ones."""
    logging.disable()  # its files are closed
    for name in os.listdir("/proc/self/fd"):
        if int(name) > STANDARD and int(name) != pipe:
            with suppress(OSError):  # the one that has listed them
                os.close(int(name))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
