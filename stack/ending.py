"""How parts end, and what an interrupted command leaves: nothing."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from . import processes
from .instance import Instance
from .output import step

# in the order in which they end, those that use others first: by which signal, and after how many seconds by force
ENDINGS = {
    "publishers": (signal.SIGTERM, 5.0),
    "gather-consumer": (signal.SIGTERM, 5.0),
    "jobs-worker": (signal.SIGTERM, 5.0),
    "web": (signal.SIGTERM, 10.0),
    "solr": (signal.SIGTERM, 20.0),
    "redis": (signal.SIGTERM, 20.0),
    "postgres": (signal.SIGINT, 60.0),  # "fast": no waiting for clients
}


def end_part(instance: Instance, name: str) -> bool:
    """End the part and what its last run left behind; say whether there was anything."""
    found = [process for process in processes.running(instance.folder) if process.part == name]
    processes.end(instance.folder, found, *ENDINGS.get(name, (signal.SIGTERM, 5.0)))
    return bool(found)


def end_all(instance: Instance) -> int:
    """End every process of the instance, in order; say how many parts there were."""
    others = {process.part for process in processes.running(instance.folder)} - set(ENDINGS)
    for name in others:
        end_part(instance, name)
    return sum(end_part(instance, name) for name in ENDINGS)


@contextmanager
def nothing_left(instance: Instance, *, always: bool) -> Iterator[None]:
    """Begin without what a killed command left; end all processes when the work is interrupted, or always."""
    try:
        processes.end_tasks(instance.folder)
        yield
    except KeyboardInterrupt:
        be_undisturbed()
        with step("down", "ending what was started") as line:
            line.note = f"{end_all(instance)} parts ended"
        raise
    finally:
        if always:
            be_undisturbed()
            end_all(instance)


def be_undisturbed() -> None:
    """An impatient second Ctrl-C must not leave half of them."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
