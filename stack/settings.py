"""The site's ckan.ini: written anew at every start, from the instance's ports and secrets."""

import os
from collections.abc import Mapping

from . import files, ports, services
from .instance import Instance
from .site.options import ini


def site_url(port: int) -> str:
    """The address people use: the operator's, else our own."""
    return (os.environ.get(services.SITE) or f"http://{ports.HOST}:{port}").rstrip("/")


def site_id(instance: Instance) -> str:
    """What tells its keys in Redis and its documents in Solr from those of others, should they share a server."""
    return f"orden_{instance.secret('site_id')[:8].lower()}"


def write(instance: Instance, port: int, extra: Mapping[str, str]) -> None:
    """`extra` is what the demo needs."""
    address = services.addresses(instance)
    own = {
        "ckan.site_id": site_id(instance),
        "ckan.site_url": site_url(port),
        "ckan.storage_path": str(instance.site_folder),
        "ckan.redis.url": address[services.REDIS],
        "sqlalchemy.url": address[services.DATABASE],
        "solr_url": address[services.SOLR],
        "SECRET_KEY": instance.secret("site"),
    }
    files.write(instance.ini, ini({**own, **extra}), mode=0o600)
