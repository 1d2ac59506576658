"""The production ckan.ini, made from the environment at every start. Secrets have no default."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

PUBLISHERS_PORT = 8100
"""Of the demo's publishers."""


def required(name: str) -> str:
    """The variable NAME, or what the file that NAME_FILE names holds."""
    if value := os.environ.get(name):
        return value
    if path := os.environ.get(f"{name}_FILE"):
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as problem:
            sys.exit(f"{name}_FILE names {path}, which cannot be read: {problem.strerror}")
        if value:
            return value
    sys.exit(f"{name} is not set: give it, or a file with it by {name}_FILE (docs/operating.md)")


def is_demo() -> bool:
    return "demo" in os.environ.get("ORDEN_PROFILES", "").split(",")


def database() -> str:
    """The database's address: whole in CKAN_SQLALCHEMY_URL, or the parts of it."""
    if url := os.environ.get("CKAN_SQLALCHEMY_URL"):
        return url
    user, host, name = (required(part) for part in ("ORDEN_DB_USER", "ORDEN_DB_HOST", "ORDEN_DB_NAME"))
    return f"postgresql://{user}:{quote(required('ORDEN_DB_PASSWORD'), safe='')}@{host}/{name}"


def options() -> Mapping[str, str]:
    """What this site has of its own."""
    site_url = required("CKAN_SITE_URL").rstrip("/")
    secure = str(site_url.startswith("https://")).lower()
    own = {
        "ckan.site_url": site_url,
        "ckan.storage_path": os.environ["CKAN_STORAGE_PATH"],
        "ckan.redis.url": required("CKAN_REDIS_URL"),
        "sqlalchemy.url": database(),
        "solr_url": required("CKAN_SOLR_URL"),
        "SECRET_KEY": required("ORDEN_SECRET_KEY"),
        "SESSION_COOKIE_SECURE": secure,
        "REMEMBER_COOKIE_SECURE": secure,
        "ckanext.orden.trusted_proxies": "1",  # compose opens the port to this machine's reverse proxy alone
    }
    if title := os.environ.get("ORDEN_SITE_TITLE"):
        own["ckan.site_title"] = title
    if is_demo():
        # the demo's publishers share the harvester's network
        own["ckanext.orden.fetching.allowed_private_hosts"] = f"127.0.0.1:{PUBLISHERS_PORT}"
        own["ckanext.orden.market.allowed_hosts"] = "market.example.jp"
    return own
