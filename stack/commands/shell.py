"""A shell in the environment, with CKAN_INI set: `./orden shell`, or one command: `./orden shell ckan user list`."""

import argparse
import os

from .. import environment
from ..errors import StackError
from ..instance import named
from ..parts import site
from ..places import VENV


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", nargs="*", metavar="COMMAND", help="what to run instead of a shell")


def main(options: argparse.Namespace) -> int:
    instance = named("up")
    if not instance.ini.exists():
        raise StackError("there is no site yet: ./orden up")
    environment.ensure()
    words = options.rest or [os.environ.get("SHELL", "/bin/sh")]
    settings = {**os.environ, **site.env(instance), "VIRTUAL_ENV": str(VENV)}
    try:
        os.execvpe(words[0], words, settings)  # noqa: S606 - no shell is wanted
    except FileNotFoundError:
        raise StackError(f"there is no command {words[0]}") from None
