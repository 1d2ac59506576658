"""Dates, numbers, sizes and running text as a reader of the page's language writes them."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from functools import lru_cache

from ckan.plugins import toolkit as tk
from markupsafe import Markup, escape

from .languages import orden_language

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
ERAS = (("2019-05-01", "令和", 2018), ("1989-01-08", "平成", 1988), ("1926-12-25", "昭和", 1925))
ISO = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])([T ]\d{2}:.*)?)?)?")
LONGEST_MARKDOWN = 20_000
MOST_BRACKETS = 300
"""Beyond these two a text is shown plain: nested marks cost the Markdown parser seconds."""


def orden_date(value: object) -> str:
    """2026年11月20日（令和8年）or 20 Nov 2026; a year or a month alone stays one; other text is returned as it is."""
    iso = _iso_date(value)
    if not iso:
        return str(value or "")
    year, *rest = (int(part) for part in iso.split("-"))
    return _japanese(iso, year, rest) if orden_language() == "ja" else _western(year, rest)


def _iso_date(value: object) -> str:
    """The calendar date of an ISO date or time, in the site's time zone; CKAN's own times are UTC without saying so."""
    text = value.isoformat() if isinstance(value, datetime) else str(value or "")
    if not ISO.fullmatch(text):
        return ""
    if len(text) <= 10:
        return text
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
        return aware.astimezone(tk.h.get_display_timezone()).date().isoformat()
    except (ValueError, OverflowError):
        return text[:10]


def _japanese(iso: str, year: int, rest: list[int]) -> str:
    day = "".join(f"{number}{unit}" for number, unit in zip(rest, "月日", strict=False))
    for start, era, offset in ERAS:
        if iso >= start[: len(iso)]:
            count = year - offset
            return f"{year}年{day}（{era}{'元' if count == 1 else count}年）"
    return f"{year}年{day}"


def _western(year: int, rest: list[int]) -> str:
    month = [MONTHS[rest[0] - 1]] if rest else []
    return " ".join([*map(str, rest[1:]), *month, str(year)])


def orden_time(value: object) -> Markup | str:
    """The date in a `<time>` element, or the text itself when it is no date."""
    iso = _iso_date(value)
    return Markup('<time datetime="{}">{}</time>').format(iso, orden_date(value)) if iso else orden_date(value)


def orden_updated(value: object) -> Markup:
    """When something was last updated, in one phrase."""
    return escape(tk._("Updated {date}")).format(date=orden_time(value))


def orden_number(value: object) -> str:
    """1,284"""
    return f"{int(str(value or 0)):,}"


def orden_quantity(value: float) -> str:
    """1,284.5"""
    whole, _, fraction = f"{value:,.6f}".partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def orden_size(value: object) -> str:
    """18 KB, 2.1 MB; an empty string when the size is not known."""
    try:
        size = float(str(value or 0))
    except ValueError:
        return ""
    if not 0 < size < float("inf"):
        return ""
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:.1f} {unit}" if size < 10 and unit != "B" else f"{size:,.0f} {unit}"
        size /= 1000
    return ""


def orden_excerpt(text: str | None, length: int = 120) -> str:
    """The beginning of a Markdown text as plain text (CKAN's own extract cuts at spaces, which Japanese has not)."""
    return _excerpt(_bounded(text)[: length * 8], length)


@lru_cache(maxsize=2048)
def _excerpt(text: str, length: int) -> str:
    """Kept, because lists show the same descriptions again and again, and Markdown takes its time."""
    plain = " ".join(str(tk.h.markdown_extract(text, 0)).split())
    return plain if len(plain) <= length else plain[: length - 1].rstrip() + "…"


def orden_prose(text: str | None) -> Markup:
    """A Markdown text as safe HTML; a text that is too long or too nested for the parser stays plain."""
    raw = text or ""
    if _bounded(raw) == raw:
        return Markup(tk.h.render_markdown(raw))  # noqa: S704 - CKAN's sanitiser made it
    paragraphs = (Markup("<p>{}</p>").format(part) for part in raw.split("\n\n") if part.strip())
    return Markup("").join(paragraphs)


def _bounded(text: str | None) -> str:
    raw = text or ""
    marks = sum(raw.count(mark) for mark in "[]*_>`(")
    return raw if len(raw) <= LONGEST_MARKDOWN and marks <= MOST_BRACKETS else str(escape(raw[:LONGEST_MARKDOWN]))
