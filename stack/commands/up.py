"""Start the site and all it stands on, with the demo in it; the first time also install it."""

import argparse
import time

from .. import demo, ending, environment, services, settings, site_setup
from ..accounts import accounts
from ..errors import StackError
from ..instance import Instance, named
from ..output import say
from ..parts import part as parts
from ..parts import site

SHOWN = 3  # of the accounts
ATTEMPTS = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-demo", action="store_true", help="an empty site, without the demo's publishers and data")


def main(options: argparse.Namespace) -> int:
    begin = time.monotonic()
    instance = named("up")
    environment.ensure()
    with instance.lock("up"), ending.nothing_left(instance, always=False):
        started = bring_up_whole(instance, with_demo=not options.no_demo)
    farewell(instance, started, time.monotonic() - begin, with_demo=not options.no_demo)
    return 0


def bring_up_whole(instance: Instance, *, with_demo: bool) -> list[str]:
    """A part may end while others start: then begin again, for what is right costs nothing."""
    started: list[str] = []
    for attempt in range(ATTEMPTS):
        try:
            started += bring_up(instance, with_demo=with_demo)
        except StackError:
            if attempt == ATTEMPTS - 1 or not parts.ended(instance):
                raise
        if not (ended := parts.ended(instance)):
            return started
        say(f"  {', '.join(ended)} ended meanwhile: once more")
    raise StackError(f"these parts do not stay: {', '.join(parts.ended(instance))} (./orden logs)")


def bring_up(instance: Instance, *, with_demo: bool) -> list[str]:
    """From services to a site with data; says what was started or changed."""
    publishers = {demo.PUBLISHERS} if with_demo else set[str]()
    parts.keep_only(instance, services.ours() | {site.WEB, site.JOBS, site.GATHER} | publishers)
    if started := services.ensure(instance):
        for name in (site.GATHER, site.JOBS, site.WEB):
            ending.end_part(instance, name)  # their connections lead to servers that are gone
    files = demo.files(instance) if with_demo else ""
    if with_demo:
        started += demo.serve(instance, settings.site_url(site_setup.web_port(instance)))
    extra = demo.options(instance) if with_demo else {}
    started += site_setup.ensure(instance, samples=files, extra=extra)
    if with_demo:
        started += demo.ensure(instance)
    return started + site_setup.ensure_workers(instance)


def farewell(instance: Instance, started: list[str], seconds: float, *, with_demo: bool) -> None:
    address = settings.site_url(parts.port_of(instance, site.WEB))
    say()
    say(f"  {'up' if started else 'up already, nothing changed'} ({seconds:.0f} s)   {address}")
    say()
    known = accounts(instance)
    for account in known[:SHOWN]:
        say(f"  {account['name']:<30} {account['password']:<34} {account['role']}")
    if len(known) > SHOWN:
        say(f"  and {len(known) - SHOWN} more: ./orden status")
    say()
    for what, where in (demo.things_to_look_at(address) if with_demo else {}).items():
        say(f"  {what:<48} {where}")
    say()
    say("  ./orden status   ./orden logs   ./orden down")
