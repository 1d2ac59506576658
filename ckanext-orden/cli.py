"""`ckan orden …`: commands of the front door."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, TextIO

import click
import pysolr
from ckan.plugins import toolkit as tk
from ckan.types import Context
from ckanext.orden.solr import build

from . import schedule
from .helpers import spreadsheets
from .logic import duplicates, rebuilding
from .search_log import cases, keeping, sheets, texts
from .types import Issue

__all__ = ["orden"]

_SITE: Context = {"ignore_auth": True}


@click.group()
def orden() -> None:
    """The catalogue's own commands."""


@orden.command("solr-config")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
def solr_config(directory: Path) -> None:
    """Write the Solr configset into DIRECTORY; Solr need not run."""
    build.write(directory)
    click.echo(f"Configset written to {directory}. Give it to Solr, reload the core, then: ckan orden rebuild-index")


@orden.command("rebuild-index")
@click.option("--processes", type=click.IntRange(1), help="How many work at it (default: as many as there are cores).")
def rebuild_index(processes: int | None) -> None:
    """Index all datasets anew while visitors go on searching.

    Needed after a new configset or another encoder. It may be ended and begun again at any time.
    """
    done = 0

    def told(many: int) -> None:
        nonlocal done
        done += many
        click.echo(f"{done} datasets are indexed")

    try:
        failed = rebuilding.rebuild(processes or len(os.sched_getaffinity(0)), told)
    except pysolr.SolrError as error:
        raise click.ClickException(f"Solr does not answer, begin again when it does: {error}") from error
    except BrokenProcessPool as error:
        raise click.ClickException("A process was ended, perhaps for want of memory: try fewer --processes") from error
    if failed:
        named = ", ".join(failed[:20]) + (" …" if len(failed) > 20 else "")
        raise click.ClickException(f"{len(failed)} datasets are not indexed (the log says why): {named}")


@orden.command("schedule")
@click.option("--off", is_flag=True, help="Take the schedule away.")
def schedule_(off: bool) -> None:
    """Let `ckan jobs worker` do each minute what is due; calling it again changes nothing.

    Due are harvest sources and the dump of the catalogue.
    """
    schedule.remove() if off else schedule.plant()
    click.echo("The schedule is off." if off else "The jobs worker looks each minute after what is due.")


@orden.group("words")
def words() -> None:
    """The editors' words of the search, which count at once: no rebuild, no reload."""


@words.command("show")
def words_show() -> None:
    """Print them, a group a line."""
    click.echo(tk.get_action("orden_search_words_show")({"ignore_auth": True}, {})["text"])


@words.command("load")
@click.argument("file", type=click.File(encoding="utf-8-sig"))
def words_load(file: TextIO) -> None:
    """Put the text of FILE (- is the standard input) in their place, if every line of it can be used."""
    context: Context = {"ignore_auth": True, "user": ""}
    revision = tk.get_action("orden_search_words_show")(context, {})["revision"]
    try:
        stored = tk.get_action("orden_search_words_update")(context, {"text": file.read(), "revision": revision})
    except tk.ValidationError as error:
        wrong: dict[str, Any] = error.error_dict
        for issue in wrong.get("issues", []):
            click.echo(Issue(**issue).text(tk.config["ckan.locale_default"]), err=True)
        raise click.ClickException("; ".join(wrong.get("text") or wrong["revision"])) from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file.name} is not UTF-8: save it as UTF-8 text") from error
    click.echo(f"Saved as revision {stored['revision']}; searches go by it from now on.")


@orden.command("search-log")
@click.option("--from", "first", metavar="DAY", help="The first day, as 2026-04-01 (default: 30 days of them).")
@click.option("--to", "last", metavar="DAY", help="The last day (default: today).")
@click.option("--kind", default="all", help="all, no_hits, nearest or no_clicks.")
@click.option("--language", default="", help="Of the page, as ja or en.")
@click.option("--limit", default=50, help="How many queries; of --csv all.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV for a spreadsheet.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--cases", "form", flag_value="cases", help="Print suggested test cases for `./orden bench search`.")
def search_log(form: str | None, first: str | None, last: str | None, **asked: Any) -> None:
    """Show what visitors search for, and what they find and open; first of all count what waits in Redis."""
    keeping.collect()
    asked |= {"from": first, "to": last}
    try:
        found = tk.get_action(sheets.ACTION)(_SITE.copy(), asked)
        if form == "csv":
            for line in spreadsheets.csv_lines(sheets.rows(sheets.whole(_SITE.copy(), asked), "en")):
                sys.stdout.buffer.write(line)
            return
    except tk.ValidationError as error:
        raise click.UsageError("; ".join(f"{name}: {said}" for name, said in error.error_summary.items())) from error
    if form:
        shown = cases.suggested(found["queries"]) if form == "cases" else found
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        _show_searches(found)


@orden.command("search-log-forget")
@click.argument("query", required=False)
@click.option("--all", "everything", is_flag=True, help="Forget every query.")
def search_log_forget(query: str | None, everything: bool) -> None:
    """Delete what is kept of QUERY, or of every query."""
    if bool(query) == everything:
        raise click.UsageError("Name one query, or say --all.")
    keeping.forget(texts.normal(query) if query else None)
    click.echo("Forgotten.")


def _show_searches(found: Mapping[str, Any]) -> None:
    totals = found["totals"]
    click.echo(f"{found['from']} to {found['to']}: {totals['asked']} searches, {totals['clicks']} clicks; ", nl=False)
    click.echo(f"{found['count']} queries; {totals['rare']} searches ask what is too rare to be shown")
    for query in found["queries"]:
        counts = ", ".join(f"{name} {query[name]}" for name in keeping.COUNTS)
        click.echo(f"{query['q']}: {counts}, last {query['last']}")


@orden.command("duplicates")
def duplicates_() -> None:
    """Look for datasets that may be one and the same, and keep the pairs for `/ckan-admin/orden-duplicates`."""
    found = duplicates.find()
    if found is None:
        raise click.ClickException("Another process is looking already; its result will be on the page.")
    click.echo(f"{found} pairs of datasets may be duplicates: see /ckan-admin/orden-duplicates.")
