"""Whatever is killed while `./orden up` works, the next one ends with the counts of a clean one.

`./orden test -m kills` runs the whole table (half an hour). Every run takes the case where all are killed at once: the
demo of the other tests comes to be so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from stack import processes

from .moments import MOMENTS, PATIENCE, Moment, said, started, wait
from .site import INSTANCE, ROOT, Demo, environment

pytestmark = [pytest.mark.long, pytest.mark.timeout(3000)]

EXPECTED = json.loads((ROOT / "demo/expected_counts.json").read_text())
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


CHAINS: dict[str, tuple[Moment, ...]] = {
    **{part: (started(part), *MOMENTS.values()) for part in ("postgres", "redis", "solr")},
    **{part: (started(part), MOMENTS["companies"], MOMENTS["harvest"]) for part in ("web", PUBLISHERS)},
    CONSUMER: (started(CONSUMER), started(CONSUMER, 1), started(CONSUMER, 4)),
    "orden": tuple(MOMENTS.values()),
}


@pytest.fixture()
def site() -> Iterator[Killed]:
    made = Killed(environment(f"{INSTANCE}-kill"))
    made.orden("reset", "--yes")
    yield made
    made.stop()
    made.orden("reset", "--yes")


def assert_whole(site: Demo) -> None:
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


def test_all_killed_at_once_while_the_demo_loads_is_mended(demo: Demo):
    assert_whole(demo)


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
    site.up()
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
    site.up()
    assert_whole(site)


@pytest.mark.kills
@pytest.mark.parametrize(
    ("folder", "command"), [(".venv", "ensurepip"), (".venv", "uv pip"), ("var/jars", "stack.fetch_jars")]
)
def test_a_killed_installation_is_mended(tmp_path: Path, folder: str, command: str):
    clone = tmp_path / "a clone"
    subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
    site = Killed(environment(f"{INSTANCE}-kill"), clone)
    child = site.start()
    try:
        wait(lambda: any(command in _command(process.pid) for process in processes.running(clone / folder)), child)
        time.sleep(1)
        child.kill()
        child.wait()
        site.up()
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
