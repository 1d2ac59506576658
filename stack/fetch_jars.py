"""Fetch the jars that are missing; runs in the environment, for jgo's downloader.

jgo's own resolver picks jars that Solr does not start with (docs/dependencies.md), so versions come from jars.lock.
"""

import os
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import requests
from jgo.maven import MavenContext

from . import files
from .jars import Jar, missing, read


def fetch(jar: Jar, *, folder: Path, scratch: Path) -> None:
    """Download to the scratch folder, check, then move into place in one step."""
    group, artifact, version, *classifier = jar.coordinate.split(":")
    context = MavenContext(repo_cache=scratch, timeout=60)
    found = Path(context.project(group, artifact).at_version(version).artifact(*classifier).resolve())
    if (got := files.sha256(found)) != jar.digest:
        raise SystemExit(f"{jar.coordinate}: expected SHA-256 {jar.digest}, got {got}; it was not installed")
    os.replace(found, folder / jar.name)


def main(folder: Path) -> None:
    absent = list(missing(read(), folder))
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch, ThreadPoolExecutor(8) as pool:
        work = partial(fetch, folder=folder, scratch=Path(scratch))
        try:
            list(pool.map(work, absent))
        except (OSError, requests.RequestException) as problem:
            pool.shutdown(cancel_futures=True)
            sys.exit(f"{len(absent)} of Solr's jars are missing and the network did not bring them: {problem}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
