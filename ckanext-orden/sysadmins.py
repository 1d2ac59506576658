"""Pages of `/ckan-admin`, which are for system administrators alone."""

from __future__ import annotations

from ckan.plugins import toolkit as tk


def only_sysadmins() -> None:
    """Before each request of such pages: others are refused as by CKAN's own."""
    try:
        tk.check_access("sysadmin", {})
    except tk.NotAuthorized:
        tk.abort(403, tk._("Need to be system administrator to administer"))
