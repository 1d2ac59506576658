"""How well a dataset is kept: what it lacks, when its data was updated, until when it counts as current."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from .facts import facts_of, is_ngsi, resources
from .parsing.dates import period
from .validation.presence import presence
from .vocabularies import file_type_for, frequency_for

REQUIRED, DESCRIPTION, LICENCE, MACHINE_READABLE = "required", "description", "licence", "machine_readable"
LACKS = (REQUIRED, DESCRIPTION, LICENCE, MACHINE_READABLE)
"""What a dataset may lack."""
LATE = 1.5
"""How many periods may pass before an update is late."""
GRACE = timedelta(days=7)
DAY = timedelta(days=1)


def lacking(dataset: Mapping[str, Any]) -> list[str]:
    """Which of `LACKS` a dataset lacks, by the rules of the check; one without files lacks no format."""
    return list(dict.fromkeys(_lacking(dataset)))


def current_until(dataset: Mapping[str, Any]) -> date | None:
    """The last day on which the data is as fresh as its frequency promises; None where that promises nothing.

    Data that says nothing of its last update never was.
    """
    frequency = frequency_for(dataset.get("frequency"))
    if frequency is None or frequency.days is None:
        return None
    changed = _changed(dataset)
    if changed is None:
        return date.min
    return changed[1] + timedelta(days=frequency.days * LATE) + GRACE


def updated_on(dataset: Mapping[str, Any], described: date) -> date:
    """The first day of what the data says of its last update; the day of its description where it says nothing.

    A day that is still to come is taken for a slip; a day's grace is for time zones.
    """
    changed = _changed(dataset)
    day = changed[0] if changed else described
    return day if day <= described + DAY else described


def _lacking(dataset: Mapping[str, Any]) -> Iterator[str]:
    for issue in presence(dataset, facts_of(dataset)):
        if issue.severity == "error":
            yield REQUIRED
        if issue.code.startswith("licence."):
            yield LICENCE
        if issue.code == "description.missing":
            yield DESCRIPTION
    files = resources(dataset)
    if files and not any(map(_is_machine_readable, files)):
        yield MACHINE_READABLE


def _is_machine_readable(file: Mapping[str, Any]) -> bool:
    known = file_type_for(file.get("format"), str(file.get("url") or ""))
    return is_ngsi(file) or file.get("orden_api") == "yes" or (known is not None and known.machine_readable)


def _changed(dataset: Mapping[str, Any]) -> tuple[date, date] | None:
    """The first and the last day that the last update may have been on."""
    found = period(str(dataset.get("modified") or dataset.get("issued") or "")[:10])
    if found is None:
        return None
    first, last = found
    return date.fromisoformat(first or last), date.fromisoformat(last or first)
