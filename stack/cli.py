"""The commands of `./orden`, their arguments, and how they end."""

import argparse
import signal
import sys
from types import FrameType
from typing import NoReturn

from . import ports
from .commands import bench, down, lint, logs, reset, shell, status, test, up
from .errors import StackError
from .output import say

INTERRUPTED = 130
COMMANDS = {
    "up": up,
    "down": down,
    "test": test,
    "status": status,
    "logs": logs,
    "reset": reset,
    "lint": lint,
    "bench": bench,
    "shell": shell,
}
PASS_ON = {"test", "bench", "shell"}


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="./orden", description="orden on this machine: docs/operating.md")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in COMMANDS.items():
        summary = (module.__doc__ or "").splitlines()[0]
        module.arguments(commands.add_parser(name, help=summary, description=module.__doc__))
    return top


def main(arguments: list[str]) -> int:
    if not sys.platform.startswith("linux"):
        sys.exit("./orden runs on Linux, for which its servers come as packages; elsewhere use docker/compose.yaml.")
    name, *rest = arguments or ["--help"]
    if name in PASS_ON and rest[:1] not in (["-h"], ["--help"]):
        options = argparse.Namespace(command=name, rest=rest)  # pytest's options are not ours to read
    else:
        options = parser().parse_args(arguments or ["--help"])
    module = COMMANDS[options.command]
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as under nohup
        signal.signal(signal.SIGHUP, _interrupt)
    ports.spare_proxies()
    try:
        return module.main(options)
    except KeyboardInterrupt:
        say("\ninterrupted", error=True)
        return INTERRUPTED
    except StackError as problem:
        say(f"\n{problem}", error=True)
        return 1


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    """A polite end is the same as Ctrl-C."""
    raise KeyboardInterrupt
