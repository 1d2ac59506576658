"""`ckan orden-harvest`: what became of the records of a source, and what to do about it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

import click
from ckan.plugins import toolkit as tk

from ...helpers import spreadsheets
from ..logic import operating
from ..stock import acting, site_user
from . import records, sheets
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


COMMANDS = (list_records,)
