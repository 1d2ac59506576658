"""Typed readers of orden's options; each is declared in a `config_declaration.yaml`."""

from ckan.plugins import toolkit as tk


def site_url() -> str:
    """The public address of the site without a trailing slash."""
    return tk.config["ckan.site_url"].rstrip("/")
