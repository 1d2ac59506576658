"""`ckan orden-feedback`: what the minute hand does by itself, for a site that uses cron."""

from __future__ import annotations

import click

from . import mails, minute

__all__ = ["orden_feedback"]


@click.group("orden-feedback", short_help="Feedback on datasets.")
def orden_feedback() -> None:
    """Feedback on datasets: reminders, mails, and the end of addresses."""


@orden_feedback.command()
def remind() -> None:
    """Remind providers of what has waited too long, and send the mails."""
    count = minute.remind()
    click.echo(f"{count} reminders, {mails.deliver()} mails sent")


@orden_feedback.command()
def forget() -> None:
    """Delete the addresses of visitors, their links and the marks of spam whose days are over."""
    click.echo(f"{minute.forget()} addresses deleted")


@orden_feedback.command()
def send() -> None:
    """Send the mails that are due."""
    click.echo(f"{mails.deliver()} mails sent")
