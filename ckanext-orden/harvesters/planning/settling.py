"""What a plan may hold: each field's value in its plain form, or a sentence about what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

from ckan import model
from ckan.logic.validators import email_validator
from ckan.plugins import toolkit as tk
from ckan.types import Context

from ...clock import utcnow
from ...errors import SourceError
from ...fetching.client import checked
from .. import stock
from ..texts import next_run_text
from . import hours, plans

LONGEST_PAUSE = 600
LONGEST_TEXT = 2000
MOST_RUNS = 1000
HIGHEST_PRIORITY = 1000
NOTIFY = ("never", "problems", "always")
TIMES = {"cron", "window"}


def settle(source_id: str, values: Mapping[str, Any]) -> None:
    """Change the named fields of a plan, all or none; raises `tk.ValidationError`; the caller commits."""
    settled, errors = {}, {}
    for name, value in values.items():
        try:
            settled[name] = FIELDS[name](value)
        except KeyError:
            errors[name] = [tk._("Unknown field. Known fields: {fields}").format(fields=", ".join(FIELDS))]
        except tk.Invalid as error:
            errors[name] = [error.error]
    if errors:
        raise tk.ValidationError(errors)
    plan = plans.of(source_id)
    retimed = any(settled.get(name, getattr(plan, name)) != getattr(plan, name) for name in TIMES)
    plans.change(source_id, **settled)
    if retimed:
        plans.reset(source_id, utcnow())


def shown(source_id: str) -> dict[str, Any]:
    """The plan as page, API and command line show it, with the next run in words."""
    plan, row = plans.of(source_id), stock.source(source_id)
    package = model.Package.get(source_id)
    may_run = plans.is_approved(source_id)
    zone = tk.h.get_display_timezone()
    planned = plans.timetable(row).due(row.next_run, utcnow()) if row and row.active and may_run else None
    return {
        "id": source_id,
        "name": package.name if package else "",
        "may_run": may_run,
        "approved": plan.approved.isoformat() if plan.approved else None,
        "approved_by": plan.approved_by,
        **{name: getattr(plan, name) for name in FIELDS},
        "frequency": row.frequency if row else "MANUAL",
        "timezone": str(zone),
        "next_run": hours.local(planned, zone).isoformat(timespec="minutes") if planned else None,
        "next_run_text": _words(planned, may_run=may_run),
    }


def _words(planned: datetime | None, *, may_run: bool) -> dict[str, str]:
    if not may_run:
        return next_run_text("unapproved")
    if planned is None:
        return next_run_text("by hand")
    zone = tk.h.get_display_timezone()
    return next_run_text("planned", moment=hours.local(planned, zone), now=hours.local(utcnow(), zone), zone=str(zone))


def _cron(value: Any) -> str:
    try:
        return hours.cron(str(value)) if value else ""
    except ValueError as error:
        raise tk.Invalid(
            tk._(
                "These are not the five fields of cron (minute, hour, day, month, day of the week), "
                "or they never come true. Every night at 3:00 is: 0 3 * * *"
            )
        ) from error


def _window(value: Any) -> str:
    try:
        return str(hours.window(str(value))) if value else ""
    except ValueError as error:
        raise tk.Invalid(tk._("Write the hours as beginning and end, such as 22:00-05:30")) from error


def _pause(value: Any) -> float | None:
    if value in (None, ""):
        return None
    try:
        seconds = float(value)
    except (TypeError, ValueError):
        seconds = -1
    if not 0 <= seconds <= LONGEST_PAUSE:
        raise tk.Invalid(tk._("Must be a number of seconds from 0 to {n}").format(n=LONGEST_PAUSE))
    return seconds


def _number(least: int, most: int) -> Callable[[Any], int]:
    def number(value: Any) -> int:
        try:
            found = int(str(value).strip())
        except ValueError:
            found = least - 1
        if not least <= found <= most:
            raise tk.Invalid(tk._("Must be a whole number from {least} to {most}").format(least=least, most=most))
        return found

    return number


def _keep_runs(value: Any) -> int | None:
    return None if value in (None, "") else _number(1, MOST_RUNS)(value)


def _text(value: Any) -> str:
    text = str(value or "").strip()
    if len(text) > LONGEST_TEXT:
        raise tk.Invalid(tk._("Must have at most {n} characters").format(n=LONGEST_TEXT))
    return text


def _notify(value: Any) -> str:
    if value not in NOTIFY:
        raise tk.Invalid(tk._("Must be one of {values}").format(values=", ".join(NOTIFY)))
    return value


def _mail(value: Any) -> str:
    addresses = _text(value).replace(",", " ").replace(";", " ").replace("、", " ").split()
    for address in addresses:
        email_validator(address, cast(Context, {}))
    return ", ".join(addresses)


def _webhook(value: Any) -> str:
    address = _text(value)
    try:
        if address:
            checked(address)
    except SourceError as error:
        raise tk.Invalid(tk._("Must be an address that begins with https:// or http://")) from error
    return address


FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "cron": _cron,
    "window": _window,
    "pause": _pause,
    "robots_permission": _text,
    "priority": _number(-HIGHEST_PRIORITY, HIGHEST_PRIORITY),
    "keep_runs": _keep_runs,
    "notify": _notify,
    "mail": _mail,
    "webhook": _webhook,
}
