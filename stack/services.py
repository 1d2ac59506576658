"""Where the site finds PostgreSQL, Redis and Solr: ours, or those that CKAN's own variables name."""

import os
from collections.abc import Mapping

from . import jars, ports
from .instance import Instance
from .output import WIDTH, say, step
from .parts import part as parts
from .parts import postgres, redis, solr

DATABASE, REDIS, SOLR, SITE = "CKAN_SQLALCHEMY_URL", "CKAN_REDIS_URL", "CKAN_SOLR_URL", "CKAN_SITE_URL"
SERVERS = {SOLR: solr, DATABASE: postgres, REDIS: redis}  # Solr first, for it takes longest to start
NAMES = {"PostgreSQL": DATABASE, "Redis": REDIS, "Solr": SOLR}


def is_elsewhere(variable: str) -> bool:
    """Whether the operator named a service that is not ours to start."""
    return bool(os.environ.get(variable))


def elsewhere() -> dict[str, str]:
    """The services that are not ours, by name, without their passwords."""
    named = {name: os.environ[variable] for name, variable in NAMES.items() if is_elsewhere(variable)}
    return {name: address.rpartition("@")[2] for name, address in named.items()}


def ours() -> set[str]:
    """The names of the parts that nobody else supplies."""
    return {server.NAME for variable, server in SERVERS.items() if not is_elsewhere(variable)}


def ensure(instance: Instance) -> list[str]:
    """Start our services side by side."""
    for name, address in elsewhere().items():
        say(f"  {name:<{WIDTH}} not ours: {address}")
    if not is_elsewhere(SOLR):
        jars.ensure()
        solr.prepare(instance)
    if not is_elsewhere(DATABASE):
        postgres.prepare(instance)
    mine = [server.part(instance) for variable, server in SERVERS.items() if not is_elsewhere(variable)]
    if not mine:
        return []
    with step("services", "PostgreSQL, Redis, Solr") as line:
        started = parts.ensure(instance, *mine)
        line.note = ", ".join(f"{part.name} {ports.HOST}:{parts.port_of(instance, part.name)}" for part in mine)
    if not is_elsewhere(DATABASE):
        postgres.create_database(instance)
    return started


def addresses(instance: Instance) -> Mapping[str, str]:
    """The addresses of all three, by variable."""
    return {variable: os.environ.get(variable) or server.url(instance) for variable, server in SERVERS.items()}
