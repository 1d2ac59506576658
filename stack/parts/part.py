"""What a part is, and how parts are started, kept and stopped."""

import subprocess
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from .. import ending, files, ports, processes
from ..errors import StackError
from ..instance import STATE, Instance
from ..processes import Command

ATTEMPTS = 5
# what the servers say when somebody else took the port, or when their own last run has not quite ended
AGAIN = ("in use", "pre-existing shared memory block", "lock file")


@dataclass(frozen=True)
class Part:
    """A server or worker. `key` says what it was started from: with another key it is started again."""

    name: str
    command: Callable[[int], Command]
    ready: Callable[[int], bool] | None = None  # None: it has no port
    key: str = ""
    env: Mapping[str, str] = field(default_factory=dict)
    port: int | None = None  # a port that is asked for; else the kept one or a free one


def port_of(instance: Instance, name: str) -> int:
    """The port where the part answered last."""
    return int(instance.recall("parts", name)["port"])


def is_kept(instance: Instance, part: Part) -> bool:
    """Whether the part runs as it should."""
    known, process = instance.recall("parts", part.name), processes.leaders(instance.folder).get(part.name)
    if not known or not process or (known["pid"], known["started"]) != (process.pid, process.started):
        return False
    if known["key"] != part.key or (part.port and part.port != known["port"]):
        return False
    ready = part.ready
    return ready is None or ports.wait(lambda: ready(known["port"]), 10)


def ended(instance: Instance) -> list[str]:
    """The parts that were started but do not run."""
    leaders = processes.leaders(instance.folder)
    return [name for name, part in _known(instance).items() if part["pid"] and name not in leaders]


def keep_only(instance: Instance, names: Collection[str]) -> None:
    """End and forget the parts that are not wanted any more."""
    for name in _known(instance).keys() - set(names):
        ending.end_part(instance, name)
        instance.forget("parts", name)


def _known(instance: Instance) -> dict[str, dict[str, Any]]:
    return files.read_json(instance.folder / STATE).get("parts", {})


def ensure(instance: Instance, *parts: Part) -> list[str]:
    """Start the parts that do not run as they should, side by side; return their names."""
    wanted = [part for part in parts if not is_kept(instance, part)]
    for part in wanted:
        ending.end_part(instance, part.name)
    started = [(part, *_launch(instance, part)) for part in wanted]
    for part, child, port in started:
        _await(instance, part, child, port)
    return [part.name for part in wanted]


def _launch(instance: Instance, part: Part, *, other_port: bool = False) -> tuple["subprocess.Popen[bytes]", int]:
    port = 0 if part.ready is None else _choose(instance, part, other_port=other_port)
    child = processes.spawn(instance.folder, part.name, part.command(port), instance.log(part.name), part.env)
    return child, port


def _choose(instance: Instance, part: Part, *, other_port: bool) -> int:
    if part.port and not ports.is_free(part.port):
        raise StackError(f"port {part.port} of {ports.HOST}, which CKAN_SITE_URL names, is taken")
    return part.port or (ports.free() if other_port else kept_or_free_port(instance, part.name))


def kept_or_free_port(instance: Instance, name: str) -> int:
    """The port where the part answered last, unless somebody took it."""
    known = (instance.recall("parts", name) or {}).get("port")
    return known if known and ports.is_free(known) else ports.free()


def _await(instance: Instance, part: Part, child: "subprocess.Popen[bytes]", port: int) -> None:
    """Wait until it answers; start it again when the port was taken meanwhile. What answered is recorded."""
    for attempt in range(ATTEMPTS):
        if _is_up(part, child, port):
            break
        log = instance.log(part.name)
        if attempt == ATTEMPTS - 1 or not _may_try_again(child.poll(), processes.tail(log)):
            raise StackError(f"{part.name} did not start:\n{processes.tail(log)}\n  its whole output: {log}")
        time.sleep(1)
        ending.end_part(instance, part.name)
        child, port = _launch(instance, part, other_port=not ports.is_free(port))
    process = processes.look(instance.folder, child.pid)
    if process is None:
        raise StackError(f"{part.name} ended at once:\n{processes.tail(instance.log(part.name))}")
    known = {"pid": process.pid, "started": process.started, "key": part.key, "port": port}
    instance.remember("parts", part.name, known)


def _may_try_again(code: int | None, log: str) -> bool:
    """Somebody took the port, an earlier run has not quite ended, or a signal killed it."""
    return code is not None and (code < 0 or any(word in log for word in AGAIN))


def _is_up(part: Part, child: "subprocess.Popen[bytes]", port: int) -> bool:
    """Ready, and by its own answer: workers of one that was killed may answer a little longer."""
    ready = part.ready
    if ready is None:
        return True
    return ports.wait(lambda: ready(port), 120, lambda: child.poll() is None) and child.poll() is None
