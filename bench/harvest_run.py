"""One harvest of one site, measured: `python -m bench.harvest_run TYPE FEED N PHASE…` in the site's environment.

Calls the two functions over which CKAN's gather and fetch consumers loop, with one worker.
Prints one JSON object: per phase wall and CPU seconds, SQL statements, commits, Solr adds, new objects, the job's word.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
import time
import urllib.request
import uuid
from collections import Counter
from typing import Any

from ckan import model
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.plugins import toolkit as tk
from ckan.types import Context
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestObject, HarvestSource
from sqlalchemy import event, text

from .feed import PAGE

OWNER = "bench"
BEGUN = """
SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint
    - (SELECT coalesce(sum(autoanalyze_count), 0) FROM pg_stat_all_tables)
"""
"""How many transactions have written so far."""
RDF = json.dumps({"rdf_format": "text/turtle"})


class Meter:
    """Counts the SQL statements of this process, the transactions that write, and what Solr was given."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        event.listen(model.meta.engine, "before_cursor_execute", lambda *_: self._counts.update(["sql"]))

    def measure(self, work: Any) -> dict[str, Any]:
        self._counts.clear()
        before, wall, cpu = outside(), time.perf_counter(), time.process_time()
        work()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        done = {name: count - before[name] for name, count in outside().items()}
        return {"wall_s": wall, "cpu_s": cpu, **done, "sql": 0, **self._counts, "peak_mb": peak()}


def peak() -> float:
    """Megabytes that this process and its largest child have had at most."""
    users = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(user).ru_maxrss for user in users) / 1024


def outside() -> dict[str, int]:
    """What PostgreSQL and Solr have counted so far, over all processes; PostgreSQL's own ANALYZE apart."""
    model.Session.commit()
    begun = int(model.Session.execute(text(BEGUN)).scalar_one())
    model.Session.commit()
    return {"commits": begun, **solr()}


def solr() -> dict[str, int]:
    """How many documents Solr was given, and how many commits it was asked for (its own in the background apart)."""
    address, _, core = tk.config["solr_url"].rstrip("/").rpartition("/")
    url = f"{address}/admin/metrics?group=core&prefix=UPDATE.updateHandler&wt=json"
    with urllib.request.urlopen(url) as answer:
        found = json.load(answer)["metrics"][f"solr.core.{core}"]

    def count(name: str) -> int:
        value = found[f"UPDATE.updateHandler.{name}"]
        return value["count"] if isinstance(value, dict) else value

    own = count("autoCommits") + count("softAutoCommits")
    return {"solr_adds": count("cumulativeAdds"), "solr_commits": count("commits") - own}


def context() -> Context:
    return {"user": tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"], "ignore_auth": True}


def new_source(source_type: str, feed: str, run: str) -> str:
    if not model.Group.get(OWNER):
        tk.get_action("organization_create")(context(), {"name": OWNER, "title": "計測"})
    rdf = "dcat" in source_type
    source = {
        "name": f"bench-{run}",
        "title": run,
        "owner_org": OWNER,
        "source_type": source_type,
        "frequency": "MANUAL",
        "url": f"{feed}/{run}" + ("/catalog.ttl" if rdf else ""),
        "config": RDF if source_type == "dcat_rdf" else "{}",
    }
    return tk.get_action("harvest_source_create")(context(), source)["id"]


def work_through(source_id: str) -> str:
    """Create a job, gather, fetch and import it to its end; the job's id."""
    job = tk.get_action("harvest_job_create")(context(), {"source_id": source_id, "run": True})
    gather: Any = queue.get_gather_consumer()
    fetch: Any = queue.get_fetch_consumer()
    queue.gather_callback(gather, *gather.basic_get(""))
    while (message := fetch.basic_get(""))[2]:
        queue.fetch_callback(fetch, *message)
    if model.Session.query(HarvestJob.status).filter_by(id=job["id"]).scalar() != "Finished":
        tk.get_action("harvest_jobs_run")(context(), {"source_id": source_id})
    return job["id"]


def compare_all(source_id: str, source_type: str) -> None:
    """Have the next run compare every record, not only those that the source calls changed."""
    config = json.dumps({"force_all": True} if source_type == "ckan" else {"incremental": False})
    model.Session.query(HarvestSource).filter_by(id=source_id).update({"config": config})
    model.Session.commit()


def objects(source_id: str) -> int:
    return model.Session.query(HarvestObject).filter_by(harvest_source_id=source_id).count()


def phases(source_type: str, feed: str, wanted: list[str]) -> dict[str, Any]:
    run, meter = f"r{uuid.uuid4().hex[:8]}", Meter()
    queue.purge_queues()
    source_id = new_source(source_type, feed, run)
    results = {}
    for phase in wanted:
        if phase == "changed":
            urllib.request.urlopen(f"{feed}/{run}/change?percent=1").close()
        if phase == "full":
            compare_all(source_id, source_type)
        before, jobs = objects(source_id), []
        results[phase] = meter.measure(lambda: jobs.append(work_through(source_id)))  # noqa: B023 - called at once
        model.Session.expire_all()
        job = tk.get_action("harvest_job_show")(context(), {"id": jobs[0]})
        results[phase] |= {"objects": objects(source_id) - before, "stats": job["stats"], "status": job["status"]}
    datasets = model.Session.query(model.Package).filter_by(type="dataset", state="active").count()
    return {"phases": results, "datasets": datasets, "load": os.getloadavg()[0], "page": PAGE}


def main(source_type: str, feed: str, *wanted: str) -> None:
    app = make_app(load_config(os.environ["CKAN_INI"]))
    logging.disable(logging.WARNING)
    with app._wsgi_app.test_request_context(tk.config["ckan.site_url"]):  # pyright: ignore[reportAttributeAccessIssue]
        print(json.dumps(phases(source_type, feed, list(wanted)), default=str))


if __name__ == "__main__":
    main(*sys.argv[1:])
