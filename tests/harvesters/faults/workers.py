"""Workers as processes of their own, as an operator starts them, with a door before each service."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from sqlalchemy import text

from .barriers import until
from .gates import PATIENCE, Gate

ROOT = Path(__file__).parents[3]
NAME = "orden_fault_worker"
BACKENDS = f"FROM pg_stat_activity WHERE application_name = '{NAME}'"
HEARS_INTERRUPTS = ("env", "--default-signal=INT")  # also where the tests run in the background of a script
SERVICES = {
    "postgres": ("CKAN_SQLALCHEMY_URL", "sqlalchemy.url"),
    "solr": ("CKAN_SOLR_URL", "solr_url"),
    "redis": ("CKAN_REDIS_URL", "ckan.redis.url"),
}


class Worker:
    """One `ckan …` at work; what it prints goes to a file."""

    def __init__(self, process: subprocess.Popen[bytes], output: Path) -> None:
        self.process, self.file = process, output

    @property
    def output(self) -> str:
        return self.file.read_text(errors="replace")

    def reaches(self, come: Callable[[], int], what: str) -> None:
        """Wait until the worker has come to a moment; fails when it ends before."""

        def there() -> int:
            found = come()
            assert found or self.process.poll() is None, f"the worker ended before {what}:\n{self.output[-3000:]}"
            return found

        until(there, what)

    def end(self, how: signal.Signals = signal.SIGKILL) -> int:
        """End it by a signal, and wait until the database has noticed."""
        self.process.send_signal(how)
        return self.wait()

    def wait(self) -> int:
        """Its exit code."""
        code = self.process.wait(PATIENCE)
        until(lambda: backends() == 0, "the end of the worker's connections")
        return code


class Stand:
    """The doors of one test, and the workers that go through them."""

    def __init__(self, folder: Path, host: str) -> None:
        self._folder = folder
        self.gates = {name: Gate(tk.config[option]) for name, (_variable, option) in SERVICES.items()}
        self._workers: list[Worker] = []
        self._ini = folder / "worker.ini"
        opened = f"[app:main]\nckanext.orden.fetching.allowed_private_hosts = {host}"
        self._ini.write_text((ROOT / "test.ini").read_text().replace("[app:main]", opened))

    def start(self, *words: str, **options: Any) -> Worker:
        """`ckan WORDS`, in this machine's own time and with its services behind the doors."""
        output = self._folder / f"worker{len(self._workers)}.log"
        urls = {variable: self.gates[name].url for name, (variable, _option) in SERVICES.items()}
        urls["CKAN_SQLALCHEMY_URL"] += f"?application_name={NAME}"
        command = [*HEARS_INTERRUPTS, str(Path(sys.executable).with_name("ckan")), "-c", str(self._ini), *words]
        with output.open("wb") as log:
            env = {**os.environ, **urls}
            process = subprocess.Popen[bytes](command, env=env, stdout=log, stderr=log, **options)
        self._workers.append(Worker(process, output))
        return self._workers[-1]

    def close(self) -> None:
        for worker in self._workers:
            worker.process.kill()
            worker.process.wait()
        for gate in self.gates.values():
            gate.close()


def backends() -> int:
    """How many connections the workers have to the database."""
    return _asked(f"SELECT count(*) {BACKENDS}")


def blocked() -> int:
    """How many of them wait for a lock."""
    return _asked(f"SELECT count(*) {BACKENDS} AND wait_event_type = 'Lock'")


def cut_connections() -> int:
    """End the workers' connections as the database's administrator would; how many it were."""
    return _asked(f"SELECT count(pg_terminate_backend(pid)) {BACKENDS}")


def _asked(query: str) -> int:
    engine: Any = model.meta.engine
    with engine.connect() as connection:
        return connection.execute(text(query)).scalar_one()
