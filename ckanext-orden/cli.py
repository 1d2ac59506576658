"""`ckan orden …`: commands of the front door."""

from __future__ import annotations

from pathlib import Path

import click
from ckanext.orden.solr import build

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
