"""`ckan orden …`: commands of the front door."""

from __future__ import annotations

from pathlib import Path

import click
from ckanext.orden.solr import build

from . import schedule

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
