"""Typed readers of orden's options; each is declared in a `config_declaration.yaml`."""

from ckan.plugins import toolkit as tk


def site_url() -> str:
    """The public address of the site without a trailing slash."""
    return tk.config["ckan.site_url"].rstrip("/")


def fetching_allowed_private_hosts() -> list[str]:
    """Hosts (`host` or `host:port`) that may be fetched although their address is private."""
    return tk.config.get("ckanext.orden.fetching.allowed_private_hosts") or []


def fetching_user_agent() -> str:
    """How we introduce ourselves to other servers, with an address to complain to."""
    contact = tk.config.get("ckanext.orden.fetching.contact") or tk.config.get("ckan.site_url", "")
    return f"orden/1 (+{contact})" if contact else "orden/1"


def search_partial_below() -> int:
    """Below how many hits that hold all the words a search goes on with those that hold some; 0 is never."""
    return tk.config["ckanext.orden.search.partial_below"]
