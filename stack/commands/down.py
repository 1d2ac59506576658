"""Stop what was started in this clone; data stay.

Without ORDEN_INSTANCE also what a killed ./orden left of other instances; one that a command works on is left alone.
"""

import argparse
import os

from .. import ending, processes
from ..instance import Instance, existing, named
from ..locks import held_by, lock
from ..output import WIDTH, say, step
from ..places import SHARED


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def main(options: argparse.Namespace) -> int:
    mine = named("up")
    others = [] if os.environ.get("ORDEN_INSTANCE") else [other for other in existing() if other.name != mine.name]
    ended = _end(mine) + sum(_end(other) for other in others if other.busy_with() is None) + _end_abandoned()
    if not ended:
        say("  nothing was running")
    return 0


def _end(instance: Instance) -> int:
    if not instance.folder.exists():
        return 0
    with instance.lock("down"):
        if not processes.running(instance.folder):
            return 0
        with step("down", f"ending the parts of {instance.name}") as line:
            ended = ending.end_all(instance)
            line.note = f"{ended} parts of {instance.name} ended"
    return max(ended, 1)


def _end_abandoned() -> int:
    """What a killed ./orden was still installing ends too; what a living one installs does not."""
    ended = 0
    for folder, path in SHARED.items():
        if path.exists() and held_by(path) is None:
            with lock(path, "down"):
                ended += processes.end_tasks(folder)
    if ended:
        say(f"  {'down':<{WIDTH}} {ended} processes of a killed set-up ended")
    return ended
