"""Stop the site and delete its data, so that the next `up` begins anew; `--all` also deletes all that was installed."""

import argparse
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

from .. import ending
from ..errors import StackError
from ..instance import existing, named
from ..locks import lock
from ..output import say
from ..places import BUILD, ROOT, SHARED, VAR, VENV


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="also other instances, .venv, Solr's jars and build")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def main(options: argparse.Namespace) -> int:
    targets = existing() if options.all else [named("up")]
    folders = [VAR, VENV, BUILD, ROOT / ".types"] if options.all else [targets[0].folder]
    there = [folder for folder in folders if folder.exists()]
    if not there:
        say("  there is nothing to delete")
        return 0
    if not options.yes and not _agreed(there):
        raise StackError("nothing was deleted; ./orden reset --yes does not ask")
    with ExitStack() as held:
        for instance in targets:
            if instance.folder.exists():
                held.enter_context(instance.lock("reset"))
                ending.end_all(instance)
        for path in SHARED.values() if options.all else ():
            held.enter_context(lock(path, "reset"))
        for folder in there:
            shutil.rmtree(folder)
            say(f"  deleted {folder.relative_to(ROOT)}")
    return 0


def _agreed(folders: list[Path]) -> bool:
    names = ", ".join(str(folder.relative_to(ROOT)) for folder in folders)
    return sys.stdin.isatty() and input(f"  delete {names}? [y/N] ").strip().lower() in {"y", "yes"}
