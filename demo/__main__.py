"""The demo's commands; docs/demo.md describes them."""

import argparse
import json
import signal
import sys
from pathlib import Path

from ckanapi import CKANAPIError, NotAuthorized, NotFound, RemoteCKAN, ValidationError
from requests import RequestException

from .check import check
from .files import write
from .load import load
from .plan import EXPECTED
from .publishers.publication import Publication
from .publishers.server import Publishers


def main(arguments: list[str] | None = None) -> int:
    """Run one command."""
    options = _parser().parse_args(arguments)
    return options.run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m demo", description="orden's demo world")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    files = commands.add_parser("files", help="write the sample files")
    files.add_argument("folder", type=Path)
    files.set_defaults(run=_files)

    serve = commands.add_parser("serve", help="serve the four publishers on 127.0.0.1")
    serve.add_argument("--port", type=int, required=True, help="0 takes a free port")
    serve.add_argument("--files-url", required=True, help="address under which the site serves the sample files")
    serve.add_argument("--files-dir", type=Path, help="folder of the sample files, for their sizes")
    serve.add_argument("--overrides", type=Path, help="folder of changes and faults, for tests")
    serve.set_defaults(run=_serve)

    loader = commands.add_parser("load", help="load accounts, companies' datasets and harvest sources into a site")
    loader.add_argument("--site", required=True, help="an address of the site")
    loader.add_argument("--token", help="API token of a sysadmin; better in a file")
    loader.add_argument("--token-file", type=Path)
    loader.add_argument("--publishers", required=True, help="address of the publishers")
    loader.add_argument("--password-file", type=Path, required=True, help="the demo accounts' passwords (JSON)")
    loader.set_defaults(run=_load)

    checker = commands.add_parser("check", help="compare a loaded site with what the demo holds")
    checker.add_argument("--site", required=True, help="an address of the site")
    checker.set_defaults(run=_check)

    counts = commands.add_parser("counts", help="print the expected figures")
    counts.set_defaults(run=_counts)
    return parser


def _files(options: argparse.Namespace) -> int:
    print(f"{write(options.folder)} files written to {options.folder}")
    return 0


def _serve(options: argparse.Namespace) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    publication = Publication(options.files_url, options.files_dir, options.overrides)
    with Publishers(options.port, publication) as server:
        print(f"serving http://{server.address}", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 130
    return 0


def _load(options: argparse.Namespace) -> int:
    token = options.token or (options.token_file and options.token_file.read_text(encoding="utf-8").strip())
    if not token:
        print("load needs --token-file or --token", file=sys.stderr)
        return 2
    try:
        summary = load(options.site, token, options.publishers, options.password_file)
    except (CKANAPIError, NotAuthorized, NotFound, ValidationError, RequestException) as error:
        print(f"the site did not take the demo: {error}", file=sys.stderr)
        return 1
    print(json.dumps(summary, ensure_ascii=False))
    return 0


def _check(options: argparse.Namespace) -> int:
    site = RemoteCKAN(options.site, user_agent="orden-demo/1", get_only=True)
    wrong = 0
    for right, line in check(lambda name, **parameters: site.call_action(name, parameters)):
        print("ok   " if right else "WRONG", line)
        wrong += not right
    return 1 if wrong else 0


def _counts(_: argparse.Namespace) -> int:
    print(json.dumps(EXPECTED, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
