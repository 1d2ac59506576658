"""When sources run: cron's five fields and hours of the day, in a time zone; moments are UTC without a zone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from typing import cast

from croniter import croniter

FIELD = re.compile(
    r"(?:[\d*,/-]|L|SUN|MON|TUE|WED|THU|FRI|SAT|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)+", re.IGNORECASE
)
"""What a field may hold: not croniter's own letters for chance."""
WINDOW = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~〜]\s*(\d{1,2}):(\d{2})")
FIELDS = 5
DAY = 24 * 60

PERIODS = {
    "ALWAYS": timedelta(minutes=1),
    "DAILY": timedelta(days=1),
    "WEEKLY": timedelta(weeks=1),
    "BIWEEKLY": timedelta(weeks=2),
    "MONTHLY": timedelta(days=30),
}
"""Stock's frequencies."""


@dataclass(frozen=True)
class Window:
    """Hours of the day, in minutes since midnight; one that ends at or before its beginning goes over midnight."""

    start: int
    end: int

    def __str__(self) -> str:
        return "-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (self.start, self.end))

    def holds(self, moment: datetime, zone: tzinfo) -> bool:
        """Whether the moment lies within these hours."""
        clock = local(moment, zone)
        minutes = clock.hour * 60 + clock.minute
        if self.start < self.end:
            return self.start <= minutes < self.end
        return minutes >= self.start or minutes < self.end

    def opening(self, moment: datetime, zone: tzinfo) -> datetime:
        """The moment itself where it lies within these hours, else their next beginning."""
        if self.holds(moment, zone):
            return moment
        return _next(f"{self.start % 60} {self.start // 60} * * *", moment, zone)


@dataclass(frozen=True)
class Timetable:
    """All that decides when a source runs by itself."""

    cron: str
    frequency: str
    window: Window | None
    zone: tzinfo

    def next(self, after: datetime) -> datetime | None:
        """The next moment for a run; None where the source runs by hand only."""
        if self.cron:
            return self.opening(_next(self.cron, after, self.zone))
        period = PERIODS.get(self.frequency)
        return self.opening(after + period) if period else None

    def opening(self, moment: datetime) -> datetime:
        """The moment itself, or the beginning of the hours where it lies outside them."""
        return self.window.opening(moment, self.zone) if self.window else moment

    def due(self, planned: datetime | None, now: datetime) -> datetime | None:
        """When the next run is due, `planned` being what was settled at the last.

        A clock that was far ahead for a while must not put a source off for long, so a plan beyond the next two
        moments is none.
        """
        following = self.next(now)
        if following is None:
            return None
        if planned is None:
            return following if self.cron else self.opening(now)
        beyond = self.next(following)
        return following if beyond and planned > beyond else planned


def cron(text: str) -> str:
    """The five fields in their plain form; ValueError where they are none or never come true."""
    fields = unicodedata.normalize("NFKC", text).split()
    if len(fields) != FIELDS or not all(FIELD.fullmatch(field) for field in fields):
        raise ValueError(text)
    expression = " ".join(fields)
    _next(expression, datetime(2026, 1, 1), timezone.utc)
    return expression


def window(text: str) -> Window:
    """Hours such as `22:00-05:30`; ValueError where they are none."""
    found = WINDOW.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found:
        raise ValueError(text)
    hours = [int(number) for number in found.groups()]
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if max(hours[1], hours[3]) >= 60 or start >= DAY or end > DAY or start == end % DAY:
        raise ValueError(text)
    return Window(start, end)


def _next(expression: str, after: datetime, zone: tzinfo) -> datetime:
    found = cast(datetime, croniter(expression, local(after, zone)).get_next(datetime))
    return found.astimezone(timezone.utc).replace(tzinfo=None)


def local(moment: datetime, zone: tzinfo) -> datetime:
    """The moment on the clock of the zone."""
    return moment.replace(tzinfo=timezone.utc).astimezone(zone)
