"""`ckan orden-saved-search`: the mails about saved searches."""

from __future__ import annotations

import sys

import click

from .. import config
from . import sending

__all__ = ["orden_saved_search"]


@click.group("orden-saved-search", short_help="Mails about saved searches.")
def orden_saved_search() -> None:
    """Mails about saved searches."""


@orden_saved_search.command()
@click.option("--seconds", default=3600.0, show_default=True, help="For so long at most.")
def send(seconds: float) -> None:
    """Send the mails that are due; exit code 1 when any failed."""
    if not config.saved_search_mail():
        raise click.ClickException("Mails are off: see ckanext.orden.saved_search.mail and smtp.server")
    done = sending.send(seconds)
    click.echo(f"{done.sent} mails sent, {done.nothing_new} people with nothing new, {done.failed} failed")
    sys.exit(1 if done.failed else 0)


@orden_saved_search.command()
def failing() -> None:
    """Say how many people wait for a mail that has failed; exit code 1 when there are any."""
    count = sending.failing()
    click.echo(f"{count} people wait for a mail that has failed; the log says why")
    sys.exit(1 if count else 0)
