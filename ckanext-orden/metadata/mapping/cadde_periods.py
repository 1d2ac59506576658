"""CADDE's JSON for periods: read leniently (its own samples lack commas), kept as words where words say it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ..parsing.dates import is_iso
from ..parsing.text import clean

_NO_COMMA = re.compile(r'(["}\]\d])\s+(?=")')
_LAST_COMMA = re.compile(r",\s*(?=[}\]])")
FIELDS = ("data_effective_period", "usage_license_period")
_TYPES = {"data_effective_period": "effectivePeriodOfDataType", "usage_license_period": "expirationPeriodType"}


def read(text: object) -> str:
    """A period as our schema stores it: a date or an interval, words, else CADDE's JSON made valid."""
    written = clean(json.dumps(text, ensure_ascii=False) if isinstance(text, Mapping) else text)
    found = _lenient(written)
    if found is None:
        return written
    if clean(found.get("note")):
        return clean(found.get("note"))
    if is_iso(found.get("endDate")):
        return str(found["endDate"])
    dates = found.get("date")
    if isinstance(dates, Mapping) and all(is_iso(dates.get(name)) for name in ("startDate", "endDate")):
        return f"{dates['startDate']}/{dates['endDate']}"
    return json.dumps(found, ensure_ascii=False)


def written(field: str, stored: object) -> str:
    """A stored period as CADDE writes it."""
    text = clean(stored)
    if not text or _lenient(text) is not None:
        return text
    start, slash, end = text.partition("/")
    if field == "data_effective_period" and slash and is_iso(start) and is_iso(end):
        return _json(field, "startEndDate", date={"startDate": start, "endDate": end})
    if field == "usage_license_period" and is_iso(text):
        return _json(field, "endDate", endDate=text)
    return _json(field, "note", note=text)


def _json(field: str, kind: str, **said: Any) -> str:
    return json.dumps({_TYPES[field]: kind, **said}, ensure_ascii=False)


def _lenient(text: str) -> dict[str, Any] | None:
    if not text.startswith("{"):
        return None
    for attempt in (text, _LAST_COMMA.sub("", _NO_COMMA.sub(r"\1, ", text))):
        try:
            found = json.loads(attempt)
        except (ValueError, RecursionError):
            continue
        return found if isinstance(found, dict) else None
    return None
