"""`ckan orden-list`: lists in and out on the command line."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any, cast

import click
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ..helpers import spreadsheets
from ..logic.attempts import reason
from .model import OUTCOMES, STATES, ListUpload, outcomes
from .wording import in_the_sites_language, text_of

__all__ = ["orden_list"]

FINE, WRONG, FAILED = 0, 1, 2
PAGE = 1000


@click.group("orden-list", short_help="Hand in and take out whole lists of datasets.")
def orden_list() -> None:
    """Hand in and take out whole lists of datasets (オープンデータ一覧)."""


@orden_list.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--organization", required=True, help="Whose datasets they are.")
@click.option("-u", "--user", required=True, help="In whose name.")
@click.option("--empties", is_flag=True, help="An empty cell empties what is registered.")
@click.option("--json", "as_json", is_flag=True, help="Print the preview as JSON.")
def preview(file: Path, organization: str, user: str, empties: bool, as_json: bool) -> None:
    """Say what FILE (CSV or XLSX) would do; nothing is written. Its last line is the id for `apply`.

    Exit code: 0 nothing to mend, 1 some rows are wrong, 2 the file is no list or may not be handed in.
    """
    upload = _Upload(file.name, io.BytesIO(file.read_bytes()))
    given = {"organization": organization, "upload": upload, "empties": empties, "limit": 0}
    found = _act("orden_list_preview", user, given)
    found["rows"] = _rows(found, user)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else _previewed(found))
    sys.exit(WRONG if found["counts"]["wrong"] else FINE)


@orden_list.command()
@click.argument("id")
@click.option("-u", "--user", required=True, help="In whose name.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def apply(id: str, user: str, as_json: bool) -> None:
    """Apply the preview ID; called again it goes on where it was interrupted.

    Exit code: 0 everything is applied, 1 some rows were not taken, 2 it could not be applied.
    """
    say = (lambda _upload: None) if as_json else _progress
    found = _act("orden_list_apply", user, {"id": id}, orden_list_say=say)
    found["rows"] = [row for row in _rows(found, user) if row["outcome"] in ("edited", "failed")]
    click.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else _applied(found))
    sys.exit(WRONG if found["rows"] else FINE)


@orden_list.command()
@click.option("-o", "--organization", required=True, help="Whose datasets.")
@click.option("-u", "--user", required=True, help="In whose name.")
@click.option("--private", is_flag=True, help="Private datasets too.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path, organization: str, user: str, private: bool) -> None:
    """Write an organization's datasets as a list into FILE (.csv or .xlsx).

    Exit code: 0 written, 1 written, but the list cannot hold all of it, 2 not written.
    """
    found = _act("orden_list_export", user, {"organization": organization, "private": private})
    write = spreadsheets.as_xlsx if file.suffix == ".xlsx" else spreadsheets.as_csv
    file.write_bytes(write([found["columns"], *found["rows"]]))
    lost = [issue for issue in found["issues"] if issue["severity"] != "info"]
    for issue in lost:
        click.echo(f"{issue['where']}: {text_of(issue)}", err=True)
    click.echo(f"{file}: {len(found['rows'])} rows")
    sys.exit(WRONG if lost else FINE)


class _Upload:
    """What a web server hands over for an uploaded file."""

    def __init__(self, filename: str, stream: io.BytesIO) -> None:
        self.filename, self.stream = filename, stream


def _act(action: str, user: str, data: dict[str, Any], **more: Any) -> dict[str, Any]:
    try:
        with in_the_sites_language():
            return tk.get_action(action)(cast(Context, {"user": user, **more}), data)
    except tk.ValidationError as error:
        click.echo(reason(error), err=True)
    except (tk.ObjectNotFound, tk.NotAuthorized) as error:
        click.echo(str(error), err=True)
    sys.exit(FAILED)


def _rows(found: dict[str, Any], user: str) -> list[dict[str, Any]]:
    total = sum(found["counts"].values())
    pages = ({"id": found["id"], "limit": PAGE, "offset": start} for start in range(0, total, PAGE))
    return [row for page in pages for row in _act("orden_list_show", user, page)["rows"]]


def _progress(upload: ListUpload) -> None:
    came = outcomes(upload.id)
    click.echo(f"{sum(came.values())} done{_counted(came, OUTCOMES)}", err=True)


def _previewed(found: dict[str, Any]) -> str:
    lines = [_line(row) for row in found["rows"] if row["state"] in ("wrong", "changed", "new")]
    notes = [text_of(issue) for issue in found["issues"]]
    return "\n".join([*notes, *lines, f"{found['rows_read']} rows{_counted(found['counts'], STATES)}", found["id"]])


def _applied(found: dict[str, Any]) -> str:
    lines = [_line(row) for row in found["rows"]]
    return "\n".join([*lines, f"{found['state']}{_counted(found['outcomes'], OUTCOMES)}"])


def _line(row: dict[str, Any]) -> str:
    changed = ", ".join(dict.fromkeys(change["column"] or change["field"] for change in row["changes"]))
    head = (
        f"{row['outcome'] or row['state']:9} {row['line'] or '':>6}  {row['title']}{f' ({changed})' if changed else ''}"
    )
    faults = (issue for issue in row["issues"] if issue["severity"] == "error")
    return "\n".join([head, *(f"    {issue['column']}: {text_of(issue)}" for issue in faults)])


def _counted(counts: dict[str, int], names: tuple[str, ...]) -> str:
    return "".join(f", {counts[name]} {name.replace('_', ' ')}" for name in names if counts[name])
