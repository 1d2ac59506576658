"""`ckan orden-harvest`: run, list and release sources."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import click
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.harvest.model import HarvestSource
from sqlalchemy import select

from . import consumer, jobs, preview, runs, stock
from .base import Busy
from .model import HarvestRun, utcnow
from .operations import cli as operations
from .operations import decisions, details, progress
from .stock import acting, site_user

__all__ = ["orden_harvest"]

FINISHED, ERRORS, FAILED, BUSY = 0, 1, 2, 3
EXITS = {"finished": FINISHED, "errors": ERRORS, "held": ERRORS, "failed": FAILED, "stopped": FAILED}
COUNTS = (
    ("added", "new"),
    ("updated", "changed"),
    ("unchanged", "unchanged"),
    ("deleted", "deleted"),
    ("held", "held"),
    ("errors", "errors"),
)


@click.group("orden-harvest", short_help="Run and watch harvest sources.")
def orden_harvest() -> None:
    """Run and watch harvest sources."""


@orden_harvest.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array at the end instead of lines.")
def run(sources: tuple[str, ...], as_json: bool) -> None:
    """Harvest SOURCES (names or ids; "all" for every active one of orden's types) in this process.

    Exit code: 0 finished, 1 finished with errors or held deletions, 2 failed or stopped, 3 already running.
    """
    names = _active() if sources == ("all",) else list(sources)
    chosen = [(package, _harvester(package)) for package in map(_package, names)]
    results = [_run(package, harvester, runs.job_for(package.id), quiet=as_json) for package, harvester in chosen]
    if as_json:
        click.echo(json.dumps(results, ensure_ascii=False, indent=2))
    sys.exit(max((result["exit"] for result in results), default=FINISHED))


@orden_harvest.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_sources(as_json: bool) -> None:
    """Show every active source of orden's types and how its last run ended."""
    shown = [{"name": name, **runs.show(_package(name).id)} for name in _active()]
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for source in shown:
        click.echo(f"{source['name']}: {source['state']}, {source['datasets']} datasets{_counted(source['counts'])}")
        if now := source.get("progress"):
            still = f", nothing has moved for {now['silent']} minutes" if now["silent"] else ""
            click.echo(f"  {source['read']} read, {now['rate']} a second{still}")
        _problems(source["problems"])


@orden_harvest.command("preview")
@click.argument("source")
@click.option("--limit", type=click.IntRange(1, preview.MOST), default=preview.LIMIT, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", show_default=True)
def preview_(source: str, limit: int, as_json: bool, lang: str) -> None:
    """Show what a run would do with the first records of SOURCE; nothing is written.

    Exit code: 0 all would be taken, 1 some are in error, 2 the source cannot be read.
    """
    asked = {"id": _package(source).id, "limit": limit}
    try:
        found = tk.get_action("orden_harvest_preview_show")(acting(site_user()), asked)
    except tk.ObjectNotFound as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for record in found["records"]:
            click.echo(f"{record['outcome']:9} {record['guid']}  {record['title'] or record['reason']}")
            for issue in record["issues"]:
                click.echo(f"    {issue['severity']}: {issue['message'].get(lang) or issue['message']['en']}")
        _problems(found["problems"])
    wrong = any(record["outcome"] == "errors" for record in found["records"])
    sys.exit(FAILED if found["problems"] else ERRORS if wrong else FINISHED)


@orden_harvest.command()
@click.argument("source")
def release(source: str) -> None:
    """Let the deletions of SOURCE happen that wait for a person."""
    try:
        done = tk.get_action("orden_harvest_deletion_release")(acting(site_user()), {"id": source})
    except (tk.ObjectNotFound, tk.ValidationError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{source}: {done['deleted']} datasets deleted")


@orden_harvest.command()
@click.argument("source")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def retry(source: str, as_json: bool) -> None:
    """Read SOURCE again in this process and take only the records whose last outcome was an error.

    Exit codes as of `run`.
    """
    _go_on(source, decisions.retry, as_json)


@orden_harvest.command()
@click.argument("source")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def resume(source: str, as_json: bool) -> None:
    """Go on with the last run of SOURCE, which a person has stopped, at its last finished page.

    Exit codes as of `run`.
    """
    _go_on(source, decisions.resume, as_json)


@orden_harvest.command()
def consume() -> None:
    """Run the jobs that pages and the schedule put into the queue, one after the other, until ended."""
    consumer.consume()


for command in operations.COMMANDS:
    orden_harvest.add_command(command)


def _go_on(source: str, order: Callable[[str], stock.Job], as_json: bool) -> None:
    package = _package(source)
    harvester = _harvester(package)
    result = _run(package, harvester, operations.told(lambda: order(package.id)), quiet=as_json)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    sys.exit(result["exit"])


def _run(package: model.Package, harvester: Any, job: stock.Job, *, quiet: bool) -> dict[str, Any]:
    try:
        done = harvester.run(job, say=(lambda _run: None) if quiet else (lambda run: _progress(package.name, run)))
    except Busy:
        click.echo(f"{package.name}: is being harvested by another process", err=True)
        return {"name": package.name, "state": "busy", "exit": BUSY}
    if not done:
        return {"name": package.name, "state": "ended before", "exit": FINISHED}
    if not quiet:
        click.echo(f"{package.name}: {done.state}{_counted(done.counts)}")
        _problems(done.problems)
    return {"name": package.name, **details.shown(done), "exit": EXITS[done.state]}


def _progress(name: str, run: HarvestRun) -> None:
    if run.state == "running":
        of = f" of {run.total}" if run.total is not None else ""
        now = progress.progress(run, run.progressed or utcnow())
        left = f", about {now.remaining} s left" if now.remaining is not None else ""
        click.echo(f"{name}: {run.read}{of} read, {now.rate} a second{left}{_counted(run.counts)}")


def _counted(counts: dict[str, int]) -> str:
    return "".join(f", {counts.get(key, 0)} {word}" for key, word in COUNTS) if counts else ""


def _problems(problems: list[dict[str, str]]) -> None:
    for problem in problems:
        click.echo(f"  {problem['en']}")
        if problem["ja"] != problem["en"]:
            click.echo(f"  {problem['ja']}")


def _active() -> list[str]:
    query = (
        select(model.Package.name)
        .join(HarvestSource, HarvestSource.id == model.Package.id)
        .where(HarvestSource.type.in_(jobs.names()), model.Package.state == "active")
        .order_by(HarvestSource.created)
    )
    return list(model.Session.execute(query).scalars())


def _package(name: str) -> model.Package:
    package = model.Package.get(name)
    if package is None or package.type != "harvest" or package.state != "active":
        raise click.ClickException(f"There is no active harvest source '{name}'.")
    return package


def _harvester(package: model.Package) -> Any:
    source = stock.source(package.id)
    harvester = stock.harvester_for(source.type) if source else None
    if harvester is None:
        raise click.ClickException(f"{package.name}: orden has no harvester for this type of source.")
    return harvester
