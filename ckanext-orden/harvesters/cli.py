"""`ckan orden-harvest`: run, list and release sources."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

import click
from ckan import model
from ckan.plugins import toolkit as tk
from ckanext.harvest.model import HarvestSource
from sqlalchemy import select

from ..clock import utcnow
from ..logic.attempts import reason
from . import consumer, jobs, keys, runs, stock
from .base import Busy
from .engine import preview
from .model import HarvestRun
from .operations import cli as operations
from .operations import decisions, details, progress
from .ownership import cli as edits
from .planning import plans, presets, settling
from .stock import acting, site_user

__all__ = ["orden_harvest"]

FINISHED, ERRORS, FAILED, BUSY = 0, 1, 2, 3
EXITS = {"finished": FINISHED, "errors": ERRORS, "held": ERRORS, "failed": FAILED, "stopped": FAILED}
COUNTS = (
    ("added", "new"),
    ("updated", "changed"),
    ("unchanged", "unchanged"),
    ("yielded", "left to another source"),
    ("deleted", "deleted"),
    ("missing", "missing"),
    ("held", "held"),
    ("errors", "errors"),
)


@click.group("orden-harvest", short_help="Run and watch harvest sources.")
def orden_harvest() -> None:
    """Run and watch harvest sources."""


@orden_harvest.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array at the end instead of lines.")
@click.option("--full", is_flag=True, help="Read documents anew that their servers call unchanged.")
@click.option("--force", is_flag=True, help="Run a source that is not approved, this once.")
def run(sources: tuple[str, ...], as_json: bool, full: bool, force: bool) -> None:
    """Harvest SOURCES (names or ids; "all" for every approved active one of orden's types) in this process, at once.

    Exit code: 0 finished, 1 finished with errors or held deletions, 2 failed, stopped or not approved, 3 already
    running.
    """
    everything = sources == ("all",)
    packages = [_package(name) for name in (_active() if everything else sources)]
    if everything and not force:
        packages = [package for package in packages if plans.is_approved(package.id)]
    chosen = [(package, _harvester(package)) for package in packages]
    results = [_run(package, harvester, quiet=as_json, full=full, force=force) for package, harvester in chosen]
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
            if now["waiting"]:
                still = f", its server has asked to wait for {now['waiting']} s more"
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
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", show_default=True)
def detect(url: str, as_json: bool, lang: str) -> None:
    """Tell which type of source reads URL: a site's address, its API's, or a file's.

    Exit code: 0 found, 1 nothing that is known, 2 the address cannot be opened.
    """
    try:
        found = tk.get_action("orden_harvest_source_detect")(acting(site_user()), {"url": url})
    except tk.ValidationError as error:
        click.echo(" ".join(error.error_summary.values()), err=True)
        sys.exit(FAILED)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for candidate in found["candidates"] or [found]:
            _detected(candidate, lang)
        _problems(found["problems"])
    sys.exit(FINISHED if found["found"] else FAILED if found["problems"] else ERRORS)


def _detected(candidate: dict[str, Any], lang: str) -> None:
    if candidate["source_type"]:
        config = json.dumps(candidate["config"], ensure_ascii=False) if candidate["config"] else ""
        click.echo(f"{candidate['source_type']}  {candidate['url']}  {config}".rstrip())
    click.echo(f"  {candidate['reason'][lang]}")


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
@click.option("--set-from-stdin", "given", is_flag=True, help="Read the key from standard input.")
@click.option("--header", type=click.Choice(keys.HEADERS), default=keys.HEADERS[0], show_default=True)
@click.option("--clear", is_flag=True, help="Forget the key.")
def secret(source: str, given: bool, header: str, clear: bool) -> None:
    """Show whether SOURCE has a key, set it or forget it; the key itself is never shown."""
    about = {"id": source}
    try:
        if clear:
            tk.get_action("orden_harvest_secret_delete")(acting(site_user()), about)
        elif given:
            order = {**about, "header": header, "value": sys.stdin.readline()}
            tk.get_action("orden_harvest_secret_update")(acting(site_user()), order)
        found = tk.get_action("orden_harvest_secret_show")(acting(site_user()), about)
    except (tk.ObjectNotFound, tk.ValidationError) as error:
        raise click.ClickException(str(error)) from error
    said = "set on {set_at} by {set_by}, for {host} ({header})".format(**found) if found["set"] else "no key"
    click.echo(f"{source}: {said}")


@orden_harvest.command()
@click.argument("source")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(source: str, as_json: bool) -> None:
    """Read and judge every record of SOURCE as a run would, and write none; works before approval.

    Exit code: 0 all would be taken, 1 some are in error, 2 the source could not be read to its end, 3 it is at work.
    """
    package = _package(source)
    try:
        job = runs.check_for(package.id)
    except runs.AtWork as error:
        click.echo(f"{package.name}: {error}", err=True)
        sys.exit(BUSY)
    result = _worked_off(package, _harvester(package), job, quiet=as_json, force=False)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    sys.exit(result["exit"])


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
@click.option("--withdraw", is_flag=True, help="Take the approval back.")
def approve(source: str, withdraw: bool) -> None:
    """Let SOURCE be run."""
    order = {"id": _package(source).id, "approved": not withdraw}
    found = tk.get_action("orden_harvest_source_approve")(acting(site_user()), order)
    state = "is approved" if found["may_run"] else "waits for approval"
    click.echo(f"{found['name']}: {state}; {found['next_run_text']['en']}")


@orden_harvest.command("plan")
@click.argument("source")
@click.option("--cron", help="Five fields, such as '0 3 * * *'; '' for the frequency of the source.")
@click.option("--window", help="Hours for scheduled runs, such as 22:00-05:30; '' for any time.")
@click.option("--pause", help="Seconds between two requests; '' for the default.")
@click.option("--robots-permission", help="Who has allowed what robots.txt forbids, and when.")
@click.option("--priority", help="The source of the higher number has a dataset that two have.")
@click.option("--keep-runs", help="How many runs are kept; '' for the default.")
@click.option("--notify", help="never, problems or always.")
@click.option("--mail", help="Addresses that are told, by commas.")
@click.option("--webhook", help="An address that is told.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def plan_(source: str, as_json: bool, **given: str | None) -> None:
    """Show when and how SOURCE is harvested, after settling what the options name."""
    values = {name: value for name, value in given.items() if value is not None}
    verb = "update" if values else "show"
    try:
        found = tk.get_action(f"orden_harvest_plan_{verb}")(acting(site_user()), {"id": _package(source).id, **values})
    except tk.ValidationError as error:
        raise click.ClickException(reason(error)) from error
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    click.echo(f"{found['name']}: {found['next_run_text']['en']}\n  {found['next_run_text']['ja']}")
    for name in settling.FIELDS:
        click.echo(f"  {name}: {'' if found[name] is None else found[name]}")


@orden_harvest.command("presets")
@click.option("--add", "names", multiple=True, metavar="NAME", help="Register this one; may be repeated.")
@click.option("--add-all", is_flag=True, help="Register all.")
@click.option("--org", help="The organization that their datasets belong to.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def presets_(names: tuple[str, ...], add_all: bool, org: str | None, as_json: bool) -> None:
    """List public sources of Osaka, Kansai and Nara, or register them: not approved, by hand only, none is asked."""
    try:
        if names or add_all:
            presets.add(None if add_all else names, org)
    except tk.ValidationError as error:
        raise click.ClickException(reason(error)) from error
    found = presets.listed()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for preset in found:
        mark = "registered" if preset["registered"] else "-"
        click.echo(f"{preset['name']:26} {mark:10} {preset['source_type']:12} {preset['url']}  {preset['title']}")


@orden_harvest.command()
@click.argument("source")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def resume(source: str, as_json: bool) -> None:
    """Go on with the last run of SOURCE, which a person has stopped, at its last finished page.

    Exit codes as of `run`.
    """
    _go_on(source, decisions.resume, as_json)


@orden_harvest.command()
@click.option("--nice", type=click.IntRange(0, 19), default=10, show_default=True, help="0: as urgent as the pages.")
def consume(nice: int) -> None:
    """Run the jobs that pages and the schedule put into the queue, one after the other, until ended."""
    os.nice(nice)
    consumer.consume()


for command in (*operations.COMMANDS, *edits.COMMANDS):
    orden_harvest.add_command(command)


def _go_on(source: str, order: Callable[[str], stock.Job], as_json: bool) -> None:
    package = _package(source)
    harvester = _harvester(package)
    result = _worked_off(package, harvester, operations.told(lambda: order(package.id)), quiet=as_json)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
    sys.exit(result["exit"])


def _run(
    package: model.Package, harvester: Any, *, quiet: bool, full: bool = False, force: bool = False
) -> dict[str, Any]:
    if not force and not plans.is_approved(package.id):
        click.echo(f"{package.name}: is not approved yet (ckan orden-harvest approve {package.name})", err=True)
        return {"name": package.name, "state": "unapproved", "exit": FAILED}
    try:
        job = runs.job_for(package.id)
    except runs.AtWork as error:
        return _busy(package, str(error))
    return _worked_off(package, harvester, job, quiet=quiet, full=full, force=force)


def _busy(package: model.Package, said: str) -> dict[str, Any]:
    click.echo(f"{package.name}: {said}", err=True)
    return {"name": package.name, "state": "busy", "exit": BUSY}


def _worked_off(
    package: model.Package, harvester: Any, job: stock.Job, *, quiet: bool, full: bool = False, force: bool = False
) -> dict[str, Any]:
    say = (lambda _run: None) if quiet else (lambda run: _progress(package.name, run))
    try:
        done = harvester.run(job, say=say, full=full, force=force)
    except Busy:
        return _busy(package, "is being harvested by another process")
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
