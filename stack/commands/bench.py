"""Measure orden beside stock CKAN: search, harvest, lists, tables, catalogue, shacl, traps, endurance, or all."""

import argparse
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from .. import ending, environment, files, ports, processes, services
from ..errors import StackError
from ..instance import Instance, disposable
from ..output import step
from ..parts import postgres, redis, site, solr
from ..places import PYTHON, ROOT, VENV
from ..site.options import PLUGINS, ini

STOCK_PLUGINS = "dcat dcat_rdf_harvester harvest ckan_harvester activity"
PLUGINS_OF = {"ours": PLUGINS, "stock": STOCK_PLUGINS}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", nargs="*", metavar="MEASUREMENT", help="one of them, and its own options")


def main(options: argparse.Namespace) -> int:
    instance = disposable("bench")
    if variable := next((name for name in services.NAMES.values() if os.environ.get(name)), None):
        raise StackError(f"./orden bench compares two sites on a stack of its own: unset {variable}")
    environment.ensure()
    with instance.lock("bench"), ending.nothing_left(instance, always=True):
        listing = _two_sites(instance)
        command = [PYTHON, "-m", "bench", *options.rest]
        env = processes.marked(
            instance.folder, processes.TASK, {"ORDEN_BENCH_SITES": str(listing), **site.env(instance)}
        )
        return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def _two_sites(instance: Instance) -> Path:
    """Two empty sites, each with a database and a core of its own, on fresh services."""
    ending.end_all(instance)
    for folder in ("postgres", "solr", "redis", "storage"):
        shutil.rmtree(instance.folder / folder, ignore_errors=True)
    solr.prepare_stock(instance, "stock")
    services.ensure(instance)
    sites: dict[str, Mapping[str, object]] = {}
    for name, plugins in PLUGINS_OF.items():
        postgres.create_database(instance, name)
        path = instance.folder / f"{name}.ini"
        files.write(path, ini(_options(instance, name, plugins)), mode=0o600)
        with step("database", f"tables of the site {name}"):
            command = [VENV / "bin" / site.CKAN, "-c", path, "db", "init"]
            processes.run(instance.folder, command, instance.log("db-init"), site.env(instance))
        sites[name] = {"ini": str(path), "environment": {}}
    listing = instance.folder / "sites.json"
    files.write_json(listing, sites)
    return listing


def _options(instance: Instance, name: str, plugins: str) -> dict[str, str]:
    storage = instance.site_folder / name
    storage.mkdir(parents=True, exist_ok=True)
    return {
        "ckan.site_id": name,
        "ckan.site_url": "http://bench.example.jp",
        "ckan.plugins": plugins,
        "ckan.storage_path": str(storage),
        "ckan.redis.url": redis.url(instance),
        "sqlalchemy.url": postgres.url(instance, name),
        "solr_url": solr.url(instance, "stock" if name == "stock" else solr.CORE),
        "SECRET_KEY": instance.secret("site"),
        "ckanext.orden.fetching.allowed_private_hosts": ports.HOST,
    }
