"""Which day it is where the site is at home."""

from __future__ import annotations

from datetime import date, datetime

from ckan.plugins import toolkit as tk


def local_date() -> date:
    """Today in the site's time zone (`ckan.display_timezone`): offers begin and end with its days."""
    return datetime.now(tk.h.get_display_timezone()).date()
