"""The two sites that a measurement sets side by side on one stack: `ours` and `stock`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LISTING = "ORDEN_BENCH_SITES"
"""Names the JSON file in which `./orden bench` lists both sites."""


@dataclass(frozen=True)
class Site:
    """A CKAN with an empty database and an empty Solr core of its own, which the measurement may fill and empty."""

    name: str
    ini: str
    environment: dict[str, str]

    def measure(self, module: str, *arguments: str) -> dict[str, Any]:
        """Run `python -m MODULE ARGUMENTS` in a process of this site; what its last line of JSON says."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env={**os.environ, **self.environment, "CKAN_INI": self.ini},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout.splitlines()[-1])


def sites() -> dict[str, Site]:
    listing = json.loads(Path(os.environ[LISTING]).read_text())
    return {name: Site(name, site["ini"], site["environment"]) for name, site in listing.items()}
