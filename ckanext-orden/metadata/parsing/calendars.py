"""iCalendar (RFC 5545): what a calendar says of itself, and the years in which its events take place.

Repetitions are never expanded: the last one is estimated, and no further than a horizon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .text import clean

HORIZON = timedelta(days=3660)
"""How far behind an event's start its last repetition is looked for."""
_FOLD = re.compile(rb"\r?\n[ \t]")
_LINE = re.compile(r"([A-Za-z0-9\-]+)((?:;[^\":;]*(?:\"[^\"]*\"[^\":;]*)*)*):(.*)")
_ESCAPED = re.compile(r"\\([\\;,nN])")
_DAY = re.compile(r"(19|20|21)(\d{2})(\d{2})(\d{2})")
_DAYS = {"WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}


@dataclass(frozen=True)
class Calendar:
    """The calendar's own properties by their names in capitals, and its first and last year; empty without end."""

    properties: Mapping[str, str]
    events: int
    years: tuple[str, str] | None


def is_calendar(body: bytes) -> bool:
    """Whether bytes begin like a calendar."""
    return body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").upper().startswith(b"BEGIN:VCALENDAR")


def read(body: bytes) -> Calendar:
    """The calendar; ValueError for one that is cut off, or none."""
    own: dict[str, str] = {}
    event: dict[str, str] = {}
    events: list[dict[str, str]] = []
    stack: list[str] = []
    for name, value in _lines(_FOLD.sub(b"", body).decode("utf-8-sig")):
        if name == "BEGIN":
            stack.append(value.upper())
            event = {} if stack[-1] == "VEVENT" else event
        elif not stack:
            raise ValueError(f"{name} outside of a calendar")
        elif name == "END":
            if stack.pop() != value.upper():
                raise ValueError(f"END:{value} where something else is open")
            if value.upper() == "VEVENT":
                events.append(event)
        elif stack == ["VCALENDAR"]:
            own.setdefault(name, _unescaped(value))
        elif stack[-1] == "VEVENT":
            event.setdefault(name, value)
    if stack or not is_calendar(body):
        raise ValueError("no END:VCALENDAR" if stack else "no BEGIN:VCALENDAR")
    return Calendar(own, len(events), _years(events))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Name and value of each line; lines that are none are passed over, calendars of cities have some."""
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match:
            yield match[1].upper(), match[3].strip()


def _unescaped(text: str) -> str:
    return clean(_ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], text))


def _years(events: list[dict[str, str]]) -> tuple[str, str] | None:
    spans = [span for event in events if (span := _span(event))]
    if not spans:
        return None
    endless = any(end is None for _, end in spans)
    last = max(end or start for start, end in spans)
    return str(min(start for start, _ in spans).year), "" if endless else str(last.year)


def _span(event: Mapping[str, str]) -> tuple[date, date | None] | None:
    """The first day of an event and its last, which an endless one has not; None for a cancelled or undated one."""
    start = _day(event.get("DTSTART", ""))
    if start is None or event.get("STATUS", "").upper() == "CANCELLED":
        return None
    end = max(_day(event.get("DTEND", "")) or start, start)
    rule = _rule(event.get("RRULE", ""))
    if not rule:
        return start, end
    if "UNTIL" in rule:
        return start, max(_day(rule["UNTIL"]) or end, end)
    times = _number(rule.get("COUNT", ""))
    if times is None:
        return start, None
    days = _DAYS.get(rule.get("FREQ", ""), 1) * (_number(rule.get("INTERVAL", "")) or 1) * max(times - 1, 0)
    return start, end + timedelta(days=min(days, HORIZON.days))


def _rule(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.upper().split(";") if part)
    return {name: value for name, _, value in pairs}


def _day(text: str) -> date | None:
    match = _DAY.match(text)
    try:
        return date(int(match[1] + match[2]), int(match[3]), int(match[4])) if match else None
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else None
