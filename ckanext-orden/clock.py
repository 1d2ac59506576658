"""What time and which day it is."""

from __future__ import annotations

from datetime import date, datetime, timezone

from ckan.plugins import toolkit as tk


def utcnow() -> datetime:
    """The time as CKAN's tables keep it: UTC without a zone."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


def local_date() -> date:
    """Today in the site's time zone (`ckan.display_timezone`): offers begin and end with its days."""
    return datetime.now(tk.h.get_display_timezone()).date()
