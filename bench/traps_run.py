"""The traps on one site: `python -m bench.traps_run stock|ours TITLES` in the site's environment.

Prints one JSON object: what was seen, by trap. `Lab` and `TRAPS` also serve the test that holds our column.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import rdflib
from ckan import model
from ckan.cli import load_config
from ckan.config.middleware import make_app
from ckan.plugins import toolkit as tk
from ckanext.harvest import queue
from ckanext.harvest.model import HarvestGatherError, HarvestJob, HarvestObject

from .feed import PREFIXES as TURTLE
from .feed import Feed, as_ckan, as_turtle
from .harvest_run import context, work_through

KINDS = {"stock": {"ckan": "ckan", "dcat": "dcat_rdf"}, "ours": {"ckan": "orden_ckan", "dcat": "orden_dcat"}}
SIZE = 12
SECRET = "s3cr3t-0f-the-source"  # noqa: S105 - invented
XHTML = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>メンテナンス中</p></body></html>'
ERROR = '{"error": {"message": "database is down"}}'
SYNTAX = {"turtle": "text/turtle", "xml": "application/rdf+xml", "json-ld": "application/ld+json"}


@dataclass
class Lab:
    """A site, and a publisher on this machine whose every answer is ours."""

    site: str
    titles: int = 1001
    answers: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Media type and body by path."""
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def put(self, path: str, body: str, media_type: str) -> str:
        self.answers[path] = media_type, body
        return self.address + path

    def source(self, kind: str, url: str, **config: Any) -> str:
        """A new source of a kind; stock is told the syntax, as its form asks for it."""
        name = f"trap-{uuid.uuid4().hex[:8]}"
        if not model.Group.get("traps"):
            tk.get_action("organization_create")(context(), {"name": "traps", "title": "計測"})
        given = {"url": url, "source_type": KINDS[self.site][kind], "config": json.dumps(config) if config else ""}
        values = {"name": name, "title": name, "owner_org": "traps", "frequency": "MANUAL", **given}
        return tk.get_action("harvest_source_create")(context(), values)["id"]

    def feed(self, run: str, syntax: str, size: int = SIZE) -> str:
        """A healthy DCAT feed at /RUN; returns the source that points to it."""
        url = self.put(f"/{run}", dcat(run, syntax, size), SYNTAX[syntax])
        return self.source("dcat", url, **({"rdf_format": SYNTAX[syntax]} if self.site == "stock" else {}))

    def harvest(self, source: str) -> str:
        """One job from its order to its end, and how it says that it ended."""
        fault = ""
        queue.purge_queues()  # of what a worker that died before has left
        try:
            work_through(source)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever ends stock's worker is what is looked for
            model.Session.rollback()
            fault = f"the worker dies of {type(error).__name__}, "
        model.Session.expire_all()
        jobs = tk.get_action("harvest_job_list")(context(), {"source_id": source})
        job = tk.get_action("harvest_job_show")(context(), {"id": jobs[0]["id"]})
        state = job.get("orden_run", {}).get("state") or job["status"]
        return f"{fault}job “{state}” with {job['stats']['errored']} errors"


def dcat(run: str, syntax: str, size: int, more: str = "") -> str:
    turtle = "\n".join([TURTLE, *map(as_turtle, Feed(size).records(run)), more])
    return turtle if syntax == "turtle" else rdflib.Graph().parse(data=turtle, format="turtle").serialize(format=syntax)


def datasets(source: str) -> int:
    """How many active datasets the source has, by its current harvest objects."""
    query = model.Session.query(model.Package.id).join(HarvestObject, HarvestObject.package_id == model.Package.id)
    current = query.filter(HarvestObject.harvest_source_id == source, HarvestObject.current.is_(True))
    return current.filter(model.Package.state == "active").distinct().count()


def _wiped(lab: Lab, syntax: str, body: str, media_type: str) -> str:
    """A healthy run, the trap, and the healthy feed again."""
    run = f"r{uuid.uuid4().hex[:6]}"
    source = lab.feed(run, syntax)
    job = lab.harvest(source)
    if datasets(source) != SIZE:
        raise RuntimeError(f"the healthy feed was not harvested: {job}")
    healthy = lab.answers[f"/{run}"]
    lab.put(f"/{run}", body, media_type)
    job = lab.harvest(source)
    left = datasets(source)
    lab.answers[f"/{run}"] = healthy
    again = lab.harvest(source)
    return f"{left} of {SIZE} datasets left, {job}; feed healthy again: {datasets(source)} of {SIZE}, {again}"


def empty_page(lab: Lab) -> str:
    return _wiped(lab, "turtle", TURTLE, "text/turtle")


def maintenance_page(lab: Lab) -> str:
    return _wiped(lab, "xml", XHTML, "application/xhtml+xml")


def error_with_200(lab: Lab) -> str:
    return _wiped(lab, "json-ld", ERROR, "application/json")


def extra_like_a_field(lab: Lab) -> str:
    packages = [as_ckan(record) for record in Feed(3).records(uuid.uuid4().hex[:6])]
    for package in packages:
        package["extras"] = [{"key": "identifier", "value": package["id"]}, {"key": "language", "value": "ja"}]
    root = f"/{uuid.uuid4().hex[:6]}"
    result = {"success": True, "result": {"count": 3, "results": packages}}
    lab.put(f"{root}/api/3/action/package_search", json.dumps(result), "application/json")
    source = lab.source("ckan", lab.address + root)
    runs = [f"{datasets(source)} of 3 datasets, {job}" for job in (lab.harvest(source), lab.harvest(source))]
    return "; second run: ".join(runs)


def japanese_titles(lab: Lab) -> str:
    """As many datasets of one title as there may be, and one more in the next run: stock counts within a run anew."""
    run = f"r{uuid.uuid4().hex[:6]}"
    source, seen = lab.feed(run, "turtle", 1), []
    for size in (lab.titles, lab.titles + 1):
        records = Feed(size).records(run)
        turtle = "\n".join([TURTLE, *(as_turtle({**record, "title": "避難所一覧"}) for record in records)])
        lab.put(f"/{run}", turtle, "text/turtle")
        job = lab.harvest(source)
        seen.append(f"{datasets(source)} of {size} datasets, {job}")
    return "; one more: ".join(seen)


def local_file(lab: Lab) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".ttl") as file:
        file.write(f"{SECRET}\n")
        file.flush()
        try:
            source = lab.source("dcat", file.name)
        except tk.ValidationError:
            return "refused when the source is made"
        job = lab.harvest(source)
        told = any(SECRET in error for error in _errors(source))
    return f"accepted, {job}" + (", the file's first line in the job's report" if told else "")


def _errors(source: str) -> list[str]:
    query = model.Session.query(HarvestGatherError.message).join(HarvestJob)
    return [str(row.message) for row in query.filter(HarvestJob.source_id == source)]


def next_page_inside(lab: Lab) -> str:
    """The next page is on a server of our own, by the name that leads to it."""
    inside = lab.put("/inside", dcat("inside", "turtle", 1), "text/turtle").replace("127.0.0.1", "localhost")
    run = f"r{uuid.uuid4().hex[:6]}"
    source = lab.feed(run, "turtle")
    paging = f'<urn:trap:{run}> a hydra:PagedCollection ; hydra:next <{inside}> ; hydra:nextPage "{inside}" .'
    lab.put(f"/{run}", dcat(run, "turtle", SIZE, paging), "text/turtle")
    lab.asked.clear()
    job = lab.harvest(source)
    return ("the inner server was asked" if "/inside" in lab.asked else "the inner server was not asked") + f", {job}"


def secrets_of_the_source(lab: Lab) -> str:
    config = {"api_key": SECRET} if lab.site == "stock" else {"fq": f"key:{SECRET}"}
    source = lab.source("ckan", f"{lab.address}/{uuid.uuid4().hex[:6]}", **config)
    shown = []
    for action in ("harvest_source_show", "package_show", "harvest_source_list"):
        anonymous: Any = {"user": "", "auth_user_obj": None}
        try:
            answer = tk.get_action(action)(anonymous, {"id": source})
        except tk.NotAuthorized:
            continue
        if SECRET in json.dumps(answer, default=str):
            shown.append(action)
    return f"shown to everybody by {', '.join(shown)}" if shown else "shown to nobody without rights"


def takeover(lab: Lab) -> str:
    run = f"r{uuid.uuid4().hex[:6]}"
    first = lab.feed(run, "turtle")
    lab.harvest(first)
    before = datasets(first)
    lab.answers[f"/{run}-copy"] = lab.answers[f"/{run}"]
    copy = f"{lab.address}/{run}-copy"
    second = lab.source("dcat", copy, **({"rdf_format": SYNTAX["turtle"]} if lab.site == "stock" else {}))
    job = lab.harvest(second)
    return f"the second source took {before - datasets(first)} of {before}, {job}"


TRAPS: dict[str, Callable[[Lab], str]] = {
    "a page without datasets (Turtle, 200)": empty_page,
    "XHTML maintenance page (200)": maintenance_page,
    "JSON error object (200)": error_with_200,
    "extras named like fields of the schema": extra_like_a_field,
    "a local file's path as source": local_file,
    "`hydra:next` leads to an inner server": next_page_inside,
    "a key in the source's configuration": secrets_of_the_source,
    "the same datasets in a second source": takeover,
    "many datasets titled 避難所一覧": japanese_titles,
}


@contextmanager
def laboratory(site: str, titles: int) -> Iterator[Lab]:
    """A lab whose publisher answers while the block runs."""
    lab = Lab(site, titles)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(body=True)

        def do_HEAD(self) -> None:
            self._answer(body=False)

        def _answer(self, body: bool) -> None:
            path = urlsplit(self.path).path
            lab.asked.append(path)
            media_type, text = lab.answers.get(path, ("text/plain", ""))
            data = text.encode()
            self.send_response(200 if path in lab.answers else 404)
            self.send_header("Content-Type", f"{media_type}; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if body:
                self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet: the measurement prints, not the server."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    lab.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield lab
    finally:
        server.shutdown()
        server.server_close()


def sprung(lab: Lab, trap: str) -> str:
    outcome = TRAPS[trap](lab)
    print(f"{lab.site}: {trap}: {outcome}", file=sys.stderr, flush=True)
    return outcome


def main(site: str, titles: str) -> None:
    app = make_app(load_config(os.environ["CKAN_INI"]))
    logging.disable(logging.CRITICAL)
    url = tk.config["ckan.site_url"]
    with app._wsgi_app.test_request_context(url), laboratory(site, int(titles)) as lab:  # pyright: ignore[reportAttributeAccessIssue]
        seen = {trap: sprung(lab, trap) for trap in TRAPS}
    print(json.dumps(seen, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
