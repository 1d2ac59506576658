"""Check style, types and layers of the code, and the docker files where their linters can be had."""

import argparse

from .. import environment
from ..linters import run_all


def arguments(parser: argparse.ArgumentParser) -> None:
    pass


def main(options: argparse.Namespace) -> int:
    environment.ensure(tests=True)
    return 1 if run_all(docker=True) else 0
