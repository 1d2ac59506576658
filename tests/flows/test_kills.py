"""Whatever is killed while `./orden up` works, the next one ends with the counts of a clean one.

`./orden test -m kills` runs the whole table (half an hour); every run takes the case where all are killed at once.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from stack import processes

from .conftest import INSTANCE, ROOT, SERVICES, Demo

pytestmark = [pytest.mark.long, pytest.mark.timeout(3000)]

EXPECTED = json.loads((ROOT / "demo/expected_counts.json").read_text())
PATIENCE = 1200  # seconds until a moment must have come
CONSUMER, PUBLISHERS = "gather-consumer", "publishers"
# lets each commit of a new dataset take three seconds, as long as this very server lives
SLOW_COMMITS = """
CREATE TABLE server AS SELECT pg_postmaster_start_time() AS begin;
CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (SELECT FROM server WHERE begin = pg_postmaster_start_time()) THEN PERFORM pg_sleep(3); END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER linger AFTER INSERT ON package DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION linger();
"""


class Killed(Demo):
    """A site whose parts are killed while it starts, in this clone or another."""

    def __init__(self, clone: Path = ROOT) -> None:
        own = {name: value for name, value in os.environ.items() if name not in SERVICES}
        super().__init__({**own, "ORDEN_INSTANCE": f"{INSTANCE}-kill"}, clone=clone)
        self.folder = clone / "var" / self.environment["ORDEN_INSTANCE"]
        self.at_work: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        """`./orden up`, at work."""
        output = self.folder.with_name("killed-up.log")
        output.parent.mkdir(exist_ok=True)
        with output.open("ab") as log:
            command = [sys.executable, str(self.clone / "orden"), "up"]
            self.at_work.append(subprocess.Popen(command, env=self.environment, stdout=log, stderr=log))
        return self.at_work[-1]

    def stop(self) -> None:
        """End what a failed test left at work."""
        for child in self.at_work:
            child.kill()
            child.wait()

    def leaders(self, part: str) -> list[processes.Process]:
        found = processes.running(self.folder)
        return [process for process in found if process.leader and process.part == part]

    @property
    def uncommitted(self) -> int:
        """How many datasets the search has that the database does not have yet."""
        (committed,) = self.sql("SELECT count(*) FROM package WHERE state = 'active'")[0]
        address = f"{self.option('solr_url')}/select?q=entity_type:package&rows=0"
        with urllib.request.urlopen(address, timeout=10) as answer:
            return json.load(answer)["response"]["numFound"] - committed

    def slow_commits_down(self) -> None:
        with closing(psycopg2.connect(self.option("sqlalchemy.url"))) as connection, connection.cursor() as cursor:
            cursor.execute(SLOW_COMMITS)
            connection.commit()

    def kill(self, part: str) -> None:
        """The first process of the part, as a machine that lacks memory would end it."""
        leaders = self.leaders(part)
        assert leaders, f"{part} does not run"
        for process in leaders:
            processes.send(self.folder, process, signal.SIGKILL)


Moment = Callable[[Killed], bool]


def started(part: str, seconds: float = 0) -> Moment:
    """The part has run for so long."""

    def has_come(site: Killed) -> bool:
        now = float((processes.PROC / "uptime").read_text().split()[0])
        ages = [now - process.started / os.sysconf("SC_CLK_TCK") for process in site.leaders(part)]
        return any(age >= seconds for age in ages)

    return has_come


def said(log: str, text: str, times: int = 1) -> Moment:
    """A task is in the middle of its work."""

    def has_come(site: Killed) -> bool:
        path = site.folder / "log" / f"{log}.log"
        return path.exists() and path.read_text(errors="replace").count(text) >= times

    return has_come


MOMENTS = {
    "tables": said("prepare", "CKAN database version upgraded"),  # between CKAN's tables and those of the plugins
    "companies": said("demo-load", "datasets", 4),
    "harvest": said("demo-harvest", " read, ", 2),
}
CHAINS: dict[str, tuple[Moment, ...]] = {
    **{part: (started(part), *MOMENTS.values()) for part in ("postgres", "redis", "solr")},
    **{part: (started(part), MOMENTS["companies"], MOMENTS["harvest"]) for part in ("web", PUBLISHERS)},
    CONSUMER: (started(CONSUMER), started(CONSUMER, 1), started(CONSUMER, 4)),
    "orden": tuple(MOMENTS.values()),
}


def wait(moment: Callable[[], bool], child: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + PATIENCE
    while not moment():
        assert child.poll() in (None, 0), "./orden up failed before the moment came"
        assert time.monotonic() < limit, "the moment never came"
        time.sleep(0.05)


@pytest.fixture()
def site() -> Iterator[Killed]:
    made = Killed()
    made.orden("reset", "--yes")
    yield made
    made.stop()
    made.orden("reset", "--yes")


def assert_whole(site: Killed) -> None:
    site.up()
    found = site.datasets()
    names: list[str] = [dataset["name"] for dataset in found]
    stored = site.sql("SELECT name FROM package WHERE type = 'dataset' AND state = 'active'")
    assert sorted(names) == sorted(name for (name,) in stored)
    counts: dict[str, Any] = {
        "datasets": site.action("package_search", "rows=0")["count"],
        "organizations": len(site.action("organization_list")),
        "resources": sum(dataset["num_resources"] for dataset in found),
    }
    assert counts == {name: EXPECTED[name] for name in counts}
    assert "nothing changed" in site.orden("up")


def test_all_killed_at_once_while_the_demo_loads_is_mended(site: Killed):
    child = site.start()
    wait(lambda: MOMENTS["companies"](site), child)
    child.kill()
    for process in processes.running(site.folder):
        processes.send(site.folder, process, signal.SIGKILL)
    child.wait()
    assert_whole(site)


@pytest.mark.kills
@pytest.mark.parametrize("part", CHAINS)
def test_a_part_killed_again_and_again_is_mended(site: Killed, part: str):
    """One site, one kill at each moment: what the first did must not hide from the second."""
    child = site.start()
    for moment in CHAINS[part]:
        limit = time.monotonic() + PATIENCE
        while not (moment(site) and (part == "orden" or site.leaders(part))):
            assert time.monotonic() < limit, "the moment never came"
            child = child if child.poll() is None else site.start()
            time.sleep(0.05)
        if part == "orden":
            child.kill()
            child.wait()
        else:
            site.kill(part)
    child.wait()
    assert_whole(site)


@pytest.mark.kills
def test_a_database_killed_after_the_index_and_before_the_commit_is_mended(site: Killed):
    """Stock's `package_create` writes to the index first; what PostgreSQL then loses must not stay there."""
    child = site.start()
    wait(lambda: said("demo-load", "datasets")(site), child)
    site.status = {"ini": str(site.folder / "ckan.ini")}
    site.slow_commits_down()
    wait(lambda: site.uncommitted > 0, child)
    site.kill("postgres")
    child.wait()
    assert_whole(site)


@pytest.mark.kills
@pytest.mark.parametrize(
    ("folder", "command"), [(".venv", "ensurepip"), (".venv", "uv pip"), ("var/jars", "stack.fetch_jars")]
)
def test_a_killed_installation_is_mended(tmp_path: Path, folder: str, command: str):
    clone = tmp_path / "a clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    site = Killed(clone)
    child = site.start()
    try:
        wait(lambda: any(command in _command(process.pid) for process in processes.running(clone / folder)), child)
        time.sleep(1)
        child.kill()
        child.wait()
        assert_whole(site)
    finally:
        child.kill()
        site.orden("down")
        shutil.rmtree(clone)


def _command(pid: int) -> str:
    try:
        return (processes.PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""
