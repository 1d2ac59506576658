"""`ckan orden-market`: the registry of markets, and the links that lead there."""

from __future__ import annotations

import json

import click
from ckan.plugins import toolkit as tk

from .links import checking
from .links.checking import Asked

__all__ = ["orden_market"]


@click.group("orden-market", short_help="Markets and the links of offers.")
def orden_market() -> None:
    """Markets and the links of offers that lead there."""


@orden_market.command()
@click.option("--json", "as_json", is_flag=True, help="Print the registry as JSON.")
def markets(as_json: bool) -> None:
    """List the markets that offers may link to."""
    found = tk.get_action("orden_market_market_list")({"ignore_auth": True}, {})
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for market in found:
        state = "on" if market["enabled"] else "off"
        click.echo(f"{market['code']:12} {state:4} {' '.join(market['hosts'])}  {market['name'].get('ja', '')}")


@orden_market.command("check-links")
@click.option("--all", "everything", is_flag=True, help="Those that are not due, too.")
@click.option("--seconds", default=60.0, show_default=True, help="For so long at most.")
def check_links(everything: bool, seconds: float) -> None:
    """Ask the markets whether the pages that published offers link to open."""
    asked = checking.check(seconds, everything=everything, say=_line)
    click.echo(f"{asked} links were asked")


def _line(asked: Asked) -> None:
    click.echo(f"{asked.link.state:10} {asked.link.status or '-':>4} {asked.link.url}")
