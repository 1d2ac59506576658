"""Fetch the jars that are missing; runs in the environment, for jgo's downloader.

jgo's own resolver picks jars that Solr does not start with (docs/dependencies.md), so versions come from jars.lock.
"""

import os
import shutil
import sys
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
    scratch = folder.with_suffix(".new")
    shutil.rmtree(scratch, ignore_errors=True)  # of one that was killed
    scratch.mkdir()
    with ThreadPoolExecutor(8) as pool:
        try:
            list(pool.map(partial(fetch, folder=folder, scratch=scratch), absent))
        except (OSError, requests.RequestException) as problem:
            pool.shutdown(cancel_futures=True)
            sys.exit(f"{len(absent)} of Solr's jars are missing and the network did not bring them: {problem}")
    shutil.rmtree(scratch)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
