"""`ckan orden-harvest`: what became of the records of a source, and what to do about it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

import click
from ckan.plugins import toolkit as tk

from ...clock import utcnow
from ...helpers import spreadsheets
from ..logic import operating
from ..stock import acting, site_user
from . import health, metrics, records, retention, sheets
from .problems import CLASSES

LANG = click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", show_default=True)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def act(name: str, **asked: Any) -> Any:
    """An action in the name of the site, its refusals as messages of the command line."""
    return told(lambda: tk.get_action(name)(acting(site_user()), asked))


def told(step: Callable[[], Any]) -> Any:
    """The result of the step; what it refuses is said without a traceback."""
    try:
        return step()
    except (tk.ObjectNotFound, tk.ValidationError) as error:
        raise click.ClickException(str(error)) from error


@click.command("records")
@click.argument("source")
@click.option("--state", multiple=True, type=click.Choice(records.STATES), help="Only records in this state.")
@click.option("--job", default="", help="Only what this job did.")
@click.option("--text", "q", default="", help="Only records with this text in identifier or title.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV for a spreadsheet.")
@AS_JSON
@LANG
def list_records(source: str, as_csv: bool, as_json: bool, lang: str, **asked: Any) -> None:
    """List the records of SOURCE with where each stands and why.

    Exit code: 0 no listed record is in error, 1 some are.
    """
    wanted = told(lambda: operating.wanted({"id": source, **asked}))
    found = _Watched(records.stream(wanted))
    if as_csv:
        for line in spreadsheets.csv_lines(sheets.rows(found, lang)):
            click.echo(line, nl=False)
    elif as_json:
        click.echo(json.dumps(list(found), ensure_ascii=False, indent=2))
    else:
        for record in found:
            _print(record, lang)
    sys.exit(1 if found.errors else 0)


class _Watched:
    """Records on their way out, the wrong ones counted."""

    def __init__(self, found: Iterable[dict[str, Any]]) -> None:
        self.found, self.errors = found, 0

    def __iter__(self) -> Any:
        for record in self.found:
            self.errors += record["state"] == "error"
            yield record


def _print(record: dict[str, Any], lang: str) -> None:
    click.echo(f"{sheets.state(record['state'], lang)}  {record['guid']}  {record['title']}".rstrip())
    for issue in record["issues"]:
        word = CLASSES[issue["class"]].word[lang]
        said = (texts.get(lang) or texts.get("en") or "" for texts in (issue["message"], issue["hint"]))
        click.echo(f"    {word}: {' '.join(said)}")


@click.command()
@click.argument("source")
@click.option("--reconsider", is_flag=True, help="Take earlier refusals back: the next run judges anew.")
@AS_JSON
def refuse(source: str, reconsider: bool, as_json: bool) -> None:
    """Keep the datasets of SOURCE whose deletion waits for a person."""
    done = act("orden_harvest_deletion_refuse", id=source, reconsider=reconsider)
    if as_json:
        click.echo(json.dumps(done))
    elif reconsider:
        click.echo(f"{source}: {done['reconsidered']} datasets are judged anew by the next run")
    else:
        click.echo(f"{source}: {done['kept']} datasets are kept")


@click.command()
@click.argument("source")
@click.option("--yes", is_flag=True, help="Do it without a question.")
@AS_JSON
def undo(source: str, yes: bool, as_json: bool) -> None:
    """Undo the newest run of SOURCE: take away what it added, set back what it changed, bring back what it deleted.

    Exit code: 0 undone, 1 some datasets could not be set back.
    """
    plan = act("orden_harvest_undo_show", id=source)
    if not yes:
        click.echo(
            f"{source}: {plan['added']} datasets would be deleted, {plan['updated']} set back "
            f"({plan['edited']} of them were edited here, which stays), {plan['deleted']} brought back.",
            err=True,
        )
        click.confirm("Undo the run?", abort=True, err=True)
    done = act("orden_harvest_run_undo", id=source, job_id=plan["job_id"])
    if as_json:
        click.echo(json.dumps(done))
    else:
        click.echo(
            f"{source}: {done['added']} deleted, {done['updated']} set back, {done['deleted']} brought back, "
            f"{done['failed']} refused"
        )
    sys.exit(1 if done["failed"] else 0)


@click.command()
@AS_JSON
def purge(as_json: bool) -> None:
    """Drop what is too old of runs now, as each night does: raw records, former datasets, job reports."""
    done = retention.purge()
    click.echo(json.dumps(done) if as_json else ", ".join(f"{count} {name}" for name, count in done.items()))


@click.command("metrics")
def print_metrics() -> None:
    """Print the metrics as /metrics/harvest gives them."""
    click.echo(metrics.text(utcnow()), nl=False)


@click.command("health")
@AS_JSON
@LANG
def print_health(as_json: bool, lang: str) -> None:
    """Say whether harvesting works.

    Exit code: 0 all is well, 1 warnings, 2 something has failed.
    """
    found = health.report(utcnow(), names=True)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for check in found["checks"]:
            names = f" ({', '.join(check['names'])})" if check.get("names") else ""
            click.echo(f"{check['status']:4} {check['code']}: {check['message'][lang]}{names}")
    sys.exit(health.ORDER.index(found["status"]))


COMMANDS = (list_records, print_health, print_metrics, purge, refuse, undo)
