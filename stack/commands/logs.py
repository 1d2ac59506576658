"""Show the last lines of the logs; name a part for its log alone."""

import argparse
import os

from ..errors import StackError
from ..instance import named
from ..output import say
from ..processes import tail


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("part", nargs="?", help="web, access, jobs-worker, gather-consumer, publishers, solr, …")
    parser.add_argument("-n", "--lines", type=int, default=20)
    parser.add_argument("-f", "--follow", action="store_true", help="go on showing what is added")


def main(options: argparse.Namespace) -> int:
    instance = named("up")
    logs = sorted(instance.log("any").parent.glob("*.log"))
    if options.part:
        logs = [log for log in logs if log.stem == options.part]
    if not logs:
        raise StackError(f"no log{' of ' + options.part if options.part else ''} in {instance.log('any').parent}")
    if options.follow:
        os.execvp("tail", ["tail", "-n", str(options.lines), "-F", *map(str, logs)])  # noqa: S606 - no shell is wanted
    for log in logs:
        say(f"{log}\n{tail(log, options.lines)}")
    return 0
