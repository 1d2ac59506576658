"""`ckan orden …`: commands of the front door."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TextIO

import click
from ckan.plugins import toolkit as tk
from ckan.types import Context
from ckanext.orden.solr import build

from . import schedule
from .types import Issue

__all__ = ["orden"]


@click.group()
def orden() -> None:
    """The catalogue's own commands."""


@orden.command("solr-config")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
def solr_config(directory: Path) -> None:
    """Write the Solr configset into DIRECTORY; Solr need not run."""
    build.write(directory)
    click.echo(f"Configset written to {directory}. Give it to Solr, reload the core, then: ckan search-index rebuild")


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
