"""Ports of 127.0.0.1: free ones, and who answers there."""

import os
import random
import socket
import time
import urllib.request
from collections.abc import Callable

from .errors import StackError

HOST = "127.0.0.1"
RANGE = (20000, 30000)  # below the kernel's own range for outgoing connections, so that a kept port stays free


def spare_proxies() -> None:
    """The environment's proxy is never asked for this machine: not by us, nor by what we start."""
    names = [name for name in (os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or "").split(",") if name]
    if "*" not in names:
        names += [name for name in (HOST, "localhost") if name not in names]
    os.environ["no_proxy"] = os.environ["NO_PROXY"] = ",".join(names)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # an old connection in TIME_WAIT is no owner
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free() -> int:
    for _ in range(1000):
        port = random.randrange(*RANGE)  # noqa: S311 - any port will do
        if is_free(port):
            return port
    raise StackError(f"no free port between {RANGE[0]} and {RANGE[1]} on {HOST}")


def answers(url: str, timeout: float = 10) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=timeout) as response:
            return response.status == 200
    except OSError:
        return False


def wait(ready: Callable[[], bool], seconds: float, alive: Callable[[], bool] = lambda: True) -> bool:
    """Ask until the part is ready; give up when the time is over or the part is gone."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        if not alive():
            return False
        time.sleep(0.1)
    return False
