"""A large source harvested to its end although its worker is killed again and again; then everything is counted."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .feed import served
from .sites import Site, sites

Start = Callable[[], tuple[subprocess.Popen[bytes], Path]]
"""Starts a worker; gives it, and the file that it prints to."""
PROGRESS = b" read"
"""What the command says at the end of a page."""
FAULTS = 3
"""How often a worker may end by itself without having ended the run."""


@dataclass
class Strain:
    """What it took: how often the worker was killed, seconds in all, and the most memory that one worker had."""

    kills: int = 0
    seconds: float = 0.0
    peak_mb: float = 0.0
    exit_code: int = 0


def until_done(start: Start, kill_every: float) -> Strain:
    """Start a worker, kill it after so many seconds, start the next, until one comes to the end of the run.

    After one that did not even come to the end of a page the next has twice the time.
    """
    strain, begin, faults = Strain(), time.monotonic(), 0
    while True:
        worker, output = start()
        ended = _watch(worker, time.monotonic() + kill_every, strain)
        if not ended:
            worker.kill()
            worker.wait()
            strain.kills += 1
            kill_every *= 1 if PROGRESS in output.read_bytes() else 2
            continue
        strain.exit_code = worker.returncode
        faults += strain.exit_code != 0
        if not strain.exit_code or faults == FAULTS:
            strain.seconds = time.monotonic() - begin
            return strain


def _watch(worker: subprocess.Popen[bytes], limit: float, strain: Strain) -> bool:
    """Whether the worker ended by itself before its time was up."""
    while time.monotonic() < limit:
        strain.peak_mb = max(strain.peak_mb, _peak(worker.pid))
        try:
            worker.wait(0.2)
        except subprocess.TimeoutExpired:
            continue
        return True
    return False


def _peak(pid: int) -> float:
    """The most memory that a process has had, in megabytes."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1000 if found else 0.0


def worker_of(site: Site, source: str) -> Start:
    """`ckan orden-harvest run SOURCE` in the site's environment."""
    command = [str(Path(sys.executable).with_name("ckan")), "-c", site.ini, "orden-harvest", "run", source]
    output = Path(site.ini).with_name("endurance.log")

    def start() -> tuple[subprocess.Popen[bytes], Path]:
        with output.open("wb") as log:
            return subprocess.Popen(command, env={**os.environ, **site.environment}, stdout=log), output

    return start


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench endurance", description=__doc__)
    parser.add_argument("-n", type=int, default=50_000, help="datasets in the source")
    parser.add_argument("--kill-every", type=float, default=60, metavar="SECONDS")
    options = parser.parse_args(arguments)
    ours = sites()["ours"]
    with served(options.n) as feed:
        source = ours.measure("bench.endurance_run", "source", feed)["name"]
        strain = until_done(worker_of(ours, source), options.kill_every)
        found = ours.measure("bench.endurance_run", "count", source, str(options.n))
        again = until_done(worker_of(ours, source), 86_400)
        unchanged = ours.measure("bench.endurance_run", "count", source, str(options.n))
    rows = {
        "datasets in the source": options.n,
        "kill -9 of the worker": f"{strain.kills}, each after {options.kill_every:g} s",
        "from start to end": f"{strain.seconds:.0f} s, {options.n / strain.seconds:.1f} datasets/s",
        "most memory of a worker": f"{max(strain.peak_mb, again.peak_mb):.0f} MB",
        **found,
        "the next run": f"{again.seconds:.0f} s, {unchanged['counts']}",
    }
    print("| | |\n| --- | --- |")
    for name, value in rows.items():
        print(f"| {name} | {value} |")
    if not (found["complete and correct"] == unchanged["complete and correct"] == "yes"):
        raise SystemExit("endurance: the catalogue is not complete and correct")
