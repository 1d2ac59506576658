"""What an interrupted command leaves: nothing."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from . import processes
from .instance import Instance
from .output import step

# in which order parts end: those that use others first
ORDER = ("publishers", "gather-consumer", "jobs-worker", "web", "solr", "redis", "postgres")
SIGNALS = {"postgres": signal.SIGINT}
PATIENCE = {"postgres": 60.0, "solr": 20.0, "redis": 20.0, "web": 10.0}


def end_all(instance: Instance) -> int:
    """End every process of the instance, in order; say how many parts there were."""
    found = processes.running(instance.folder)
    names = [name for name in ORDER if any(process.part == name for process in found)]
    rest = {process.part for process in found} - set(names)
    for name in (*sorted(rest), *names):
        mine = [process for process in processes.running(instance.folder) if process.part == name]
        processes.end(instance.folder, mine, SIGNALS.get(name, signal.SIGTERM), PATIENCE.get(name, 5.0))
    return len(names)


def end_tasks(instance: Instance) -> None:
    """Whoever holds the instance's lock may end what a killed ./orden was doing."""
    tasks = [process for process in processes.running(instance.folder) if process.part == processes.TASK]
    processes.end(instance.folder, tasks, signal.SIGTERM, 0)


@contextmanager
def nothing_left(instance: Instance, *, always: bool) -> Iterator[None]:
    """End the instance's processes when the work in it is interrupted, or always."""
    try:
        yield
    except KeyboardInterrupt:
        _be_undisturbed()
        with step("down", "ending what was started") as line:
            line.note = f"{end_all(instance)} parts ended"
        raise
    finally:
        if always:
            _be_undisturbed()
            end_all(instance)


def _be_undisturbed() -> None:
    """An impatient second Ctrl-C must not leave half of them."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
