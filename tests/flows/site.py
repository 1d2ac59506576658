"""The demo as its users start it: `./orden up` in an instance of its own."""

from __future__ import annotations

import configparser
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2
import redis
from rq import Queue

from stack import processes

ROOT = Path(__file__).parents[2]
SERVICES = ("CKAN_SQLALCHEMY_URL", "CKAN_REDIS_URL", "CKAN_SOLR_URL", "CKAN_SITE_URL", "CKAN_INI", "CKAN_STORAGE_PATH")
INSTANCE = os.environ.get("ORDEN_FLOW_INSTANCE", "flow")


def environment(instance: str = INSTANCE) -> dict[str, str]:
    """This one, without services of others, for an instance."""
    own = {name: value for name, value in os.environ.items() if name not in SERVICES}
    return {**own, "ORDEN_INSTANCE": instance}


@dataclass
class Demo:
    """A running demo site."""

    environment: dict[str, str]
    clone: Path = ROOT
    status: dict[str, Any] = field(default_factory=dict)
    at_work: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.clone / "var" / self.environment["ORDEN_INSTANCE"]

    def orden(self, *arguments: str) -> str:
        """Run `./orden` in the demo's instance; what it printed."""
        command = [sys.executable, str(self.clone / "orden"), *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=self.environment)
        assert done.returncode == 0, f"./orden {' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def up(self) -> None:
        self.orden("up")
        self.status = json.loads(self.orden("status", "--json"))

    def option(self, name: str) -> str:
        """One option of the site's ini file."""
        ini = configparser.RawConfigParser()
        ini.read(self.status["ini"])
        return ini["app:main"][name]

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.status["address"] + path, timeout=60) as answer:
            return answer.read().decode()

    def action(self, name: str, query: str = "") -> Any:
        return json.loads(self.get(f"/api/3/action/{name}?{query}"))["result"]

    def datasets(self) -> list[dict[str, Any]]:
        """Every dataset that a visitor can find."""
        count = self.action("package_search", "rows=0")["count"]
        pages = [f"rows=200&start={start}&sort=id%20asc" for start in range(0, count, 200)]
        return [dataset for page in pages for dataset in self.action("package_search", page)["results"]]

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        with closing(psycopg2.connect(self.option("sqlalchemy.url"))) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    def settle(self, seconds: float = 600) -> None:
        """Wait until the jobs that the last change asked for are done."""
        end = time.monotonic() + seconds
        with closing(redis.from_url(self.option("ckan.redis.url"))) as connection:
            while left := sum(len(queue) + queue.started_job_registry.count for queue in Queue.all(connection)):
                assert time.monotonic() < end, f"{left} jobs are left"
                time.sleep(0.5)

    def log(self, part: str) -> str:
        return (Path(self.status["ini"]).parent / "log" / f"{part}.log").read_text()

    def start(self) -> subprocess.Popen[bytes]:
        """`./orden up`, at work."""
        output = self.folder.with_name("killed-up.log")
        output.parent.mkdir(exist_ok=True)
        with output.open("ab") as log:
            command = [sys.executable, str(self.clone / "orden"), "up"]
            self.at_work.append(subprocess.Popen(command, env=self.environment, stdout=log, stderr=log))
        return self.at_work[-1]

    def stop(self) -> None:
        """End each `./orden up` that is still at work."""
        for child in self.at_work:
            child.kill()
            child.wait()

    def leaders(self, part: str) -> list[processes.Process]:
        found = processes.running(self.folder)
        return [process for process in found if process.leader and process.part == part]

    def kill(self, part: str) -> None:
        """The first process of the part, as a machine that lacks memory would end it."""
        leaders = self.leaders(part)
        assert leaders, f"{part} does not run"
        for process in leaders:
            processes.send(self.folder, process, signal.SIGKILL)

    def kill_everything(self) -> None:
        """`./orden` and all that it has started, as a power cut would."""
        self.stop()
        for process in processes.running(self.folder):
            processes.send(self.folder, process, signal.SIGKILL)
