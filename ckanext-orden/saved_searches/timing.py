"""When mails are due: all of a person's at one moment, so that they are one mail."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from ckan.plugins import toolkit as tk

from .. import config
from .model import Frequency

MONDAY = 0
LONGEST_WAIT = timedelta(days=1)


def next_due(frequency: Frequency) -> datetime | None:
    """The next moment of mails in the site's time zone: each day, or on Mondays, at the hour of the option."""
    if frequency == "never":
        return None
    now = datetime.now(tk.h.get_display_timezone())
    moment = now.replace(hour=config.saved_search_hour(), minute=0, second=0, microsecond=0)
    while moment <= now or (frequency == "weekly" and moment.weekday() != MONDAY):
        moment += timedelta(days=1)
    return moment.astimezone(timezone.utc).replace(tzinfo=None)


def wait(tries: int) -> timedelta:
    """How long to wait after so many failures."""
    return min(timedelta(minutes=2 ** min(tries, 12)), LONGEST_WAIT)
