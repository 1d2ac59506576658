"""`ckan orden-table`: the checks of the room on the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, BinaryIO

import click
from ckan import model
from ckan.plugins import toolkit as tk

from .. import config
from ..errors import SourceError
from ..metadata.tables.examine import Context, corrected, examine
from . import checking, files, jobs

__all__ = ["orden_table"]

VALID, NOT_VALID, NOT_CHECKED = 0, 1, 2


@click.group("orden-table", short_help="Check tables against the standard data sets")
def orden_table() -> None:
    """Check tables against the standard data sets."""


@orden_table.command()
@click.argument("subject")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--lang", type=click.Choice(["ja", "en"]), default="ja", show_default=True)
@click.option("--corrected", "output", type=click.File("wb"), help="Write the corrected CSV here.")
def validate(subject: str, as_json: bool, lang: str, output: BinaryIO | None) -> None:
    """Check a FILE (- is standard input), a URL or a RESOURCE's id.

    Exit code: 0 valid, 1 not valid, 2 could not be checked.
    """
    try:
        data, context = _subject(subject)
    except (tk.ObjectNotFound, SourceError, OSError) as error:
        click.echo(f"{subject}: {error}", err=True)
        sys.exit(NOT_CHECKED)
    report = examine(data, context).as_dict()
    click.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else _text(report, lang))
    if output:
        _write(output, data, context)
    sys.exit(VALID if report["valid"] else NOT_VALID)


@orden_table.command()
@click.argument("datasets", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All active datasets.")
@click.option("--missing", is_flag=True, help="Those with a file that was never checked, or by older rules.")
@click.option("--again", is_flag=True, help="Unchanged files too.")
@click.option("--jobs", "by_jobs", is_flag=True, help="Leave the work to the workers.")
def check(datasets: tuple[str, ...], everything: bool, missing: bool, again: bool, by_jobs: bool) -> None:
    """Check the files of DATASETS now and store their reports."""
    names = list(datasets)
    if missing:
        names += files.unchecked()
    if everything:
        query = model.Session.query(model.Package.id).filter_by(state="active", type="dataset")
        names = [row.id for row in query.order_by(model.Package.id)]
    if not names and not missing:
        raise click.UsageError("Name the datasets, or give --all or --missing.")
    ids = list(dict.fromkeys(map(_dataset_id, names)))
    if by_jobs:
        sys.exit(_leave_to_workers(ids, again))
    made = 0
    for number, dataset_id in enumerate(ids, 1):
        made += checking.check_dataset(dataset_id, again=again)
        if number % 100 == 0:
            click.echo(f"{number}/{len(ids)}", err=True)
    click.echo(f"{len(ids)} datasets, {made} reports made")


def _dataset_id(name: str) -> str:
    package = model.Package.get(name)
    if not package:
        click.echo(f"{name}: there is no such dataset", err=True)
        sys.exit(NOT_CHECKED)
    return str(package.id)


def _leave_to_workers(ids: list[str], again: bool) -> int:
    if not jobs.queue_all(ids, again=again):
        click.echo("Not queued: Redis does not answer", err=True)
        return NOT_CHECKED
    click.echo(f"{len(ids)} datasets queued")
    return 0


def get_commands() -> list[click.Command]:
    return [orden_table]


def _subject(subject: str) -> tuple[bytes, Context]:
    path = Path(subject)
    if subject == "-" or path.is_file():
        with click.open_file(subject, "rb") as file:
            return file.read(), Context(path.name)
    if subject.lower().startswith(("http://", "https://")):
        resource: dict[str, Any] = {"url": subject}
    else:
        resource = tk.get_action("resource_show")({"ignore_auth": True}, {"id": subject})
    file = files.read(resource, config.table_max_bytes())
    return file.data if file else b"", checking.context_of({}, resource)


def _write(output: BinaryIO, data: bytes, context: Context) -> None:
    try:
        for chunk in corrected(data, context):
            output.write(chunk)
    except SourceError as error:
        click.echo(str(error), err=True)


def _text(report: dict[str, Any], lang: str) -> str:
    lines = []
    for issue in report["issues"]:
        lines.append(f"{issue['severity'].upper()} {issue['code']}  {issue['message'][lang]}")
        if issue["value"]:
            lines.append(f"    : {issue['value']}")
        if issue["hint"]:
            lines.append(f"    → {issue['hint'][lang]}")
    verdict = "VALID" if report["valid"] else "NOT VALID"
    table = f"{report['title'][lang]} ({report['standard']})" if report["standard"] else "-"
    counts = f"{report['errors']} errors, {report['warnings']} warnings, {report['infos']} infos"
    lines.append(f"{verdict}: {counts}, {report['checked']} rows, {table}")
    return "\n".join(lines)
