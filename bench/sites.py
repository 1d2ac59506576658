"""The two sites that a measurement sets side by side on one stack: `ours` and `stock`."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LISTING = "ORDEN_BENCH_SITES"
"""Names the JSON file in which `./orden bench` lists both sites."""


@dataclass(frozen=True)
class Site:
    """A CKAN with an empty database and an empty Solr core of its own, which the measurement may fill and empty."""

    name: str
    ini: str
    environment: dict[str, str]

    @property
    def surroundings(self) -> dict[str, str]:
        """The environment of the site's processes."""
        return {**os.environ, **self.environment, "CKAN_INI": self.ini}

    def measure(self, module: str, *arguments: str) -> dict[str, Any]:
        """Run `python -m MODULE ARGUMENTS` in a process of this site; what its last line of JSON says."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env=self.surroundings,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout.splitlines()[-1])

    def time(self, *command: str) -> float:
        """The seconds that a command takes in this site's environment."""
        started = time.perf_counter()
        done = subprocess.run(command, env=self.surroundings, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        return time.perf_counter() - started


def sites() -> dict[str, Site]:
    listing = json.loads(Path(os.environ[LISTING]).read_text())
    return {name: Site(name, site["ini"], site["environment"]) for name, site in listing.items()}


@dataclass(frozen=True)
class Served:
    """A site with web workers of its own."""

    address: str
    pid: int

    def memory(self) -> list[float]:
        """What each worker has in memory, shared pages among them, in MB."""
        workers = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        lines = (line for pid in workers for line in Path(f"/proc/{pid}/status").read_text().splitlines())
        return [round(int(line.split()[1]) / 1024) for line in lines if line.startswith("VmRSS")]


@contextmanager
def serving(site: Site) -> Iterator[str]:
    """The address of one freshly started web worker of a site, which has answered one other page."""
    with workers(site, 1) as served:
        yield served.address


@contextmanager
def workers(site: Site, many: int) -> Iterator[Served]:
    """Freshly started web workers of a site, which have answered one other page."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "stack.site.wsgi:application", "--bind", address]
    process = subprocess.Popen(
        [*command, "--workers", str(many), "--timeout", "300", "--log-level", "error", "--no-control-socket"],
        env={**site.surroundings, "ORDEN_SAMPLES": ""},
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"http://{address}/api/3/action/status_show", timeout=60).close()
                break
            except OSError:
                if process.poll() is not None:
                    raise
                time.sleep(0.5)
        yield Served(f"http://{address}", process.pid)
    finally:
        process.terminate()
        process.wait()
