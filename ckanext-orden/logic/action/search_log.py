"""The action that lists what is searched for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ... import config
from ...search_log import counters, reading
from ...search_log.reading import KINDS, SORTS, Asked
from ..asking import whole_number

Errors = dict[str, Any]
BEFORE = timedelta(days=29)
"""The days before the last one, where nobody has named the first."""
DEFAULT_LIMIT, MAX_LIMIT = 50, 1000
SORT_OF = {"no_hits": "nothing", "nearest": "nearest"}


@tk.side_effect_free
def orden_search_log_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Queries of the search page with how often they were asked, what they found and what was opened from them.

    Queries that were asked on fewer occasions than `ckanext.orden.search.log_least` are never among them; `totals`
    counts all searches, and under `rare` those that are not shown.

    :param from: the first day (default: 30 days of them)
    :param to: the last day (default: today)
    :param kind: `all`, `no_hits` (found nothing), `nearest` (only what is far) or `no_clicks` (found something that
        nobody opened)
    :param language: of the page
    :param sort: `asked`, `nothing`, `partial`, `nearest`, `clicks`, `last` (each the most first) or `q`
    :param limit: how many at most, 1 to 1,000 (default 50)
    :param offset: how many to leave out
    """
    tk.check_access("orden_search_log_list", context, data_dict)
    asked = _asked(data_dict)
    settings = {"least": config.search_log_least(), "days": config.search_log_days(), "on": config.search_log()}
    period = {"from": asked.first.isoformat(), "to": asked.last.isoformat(), "kind": asked.kind}
    return {**period, "settings": settings, **reading.listed(asked)}


def _asked(given: Mapping[str, Any]) -> Asked:
    errors: Errors = {}
    last = _day(given, "to", counters.today(), errors)
    first = _day(given, "from", max(last, date.min + BEFORE) - BEFORE, errors)
    kind = _choice(given, "kind", KINDS, "all", errors)
    sort = _choice(given, "sort", SORTS, SORT_OF.get(kind, "asked"), errors)
    limit = _number(given, "limit", DEFAULT_LIMIT, (1, MAX_LIMIT), errors)
    offset = _number(given, "offset", 0, (0, 10**9), errors)
    if not errors and first > last:
        errors["from"] = [tk._("The first day lies after the last one")]
    if errors:
        raise tk.ValidationError(errors)
    return Asked(first, last, kind, str(given.get("language") or ""), sort, limit, offset)


def _day(given: Mapping[str, Any], name: str, default: date, errors: Errors) -> date:
    text = str(given.get(name) or "").strip()
    try:
        return date.fromisoformat(text) if text else default
    except ValueError:
        errors[name] = [tk._("“{text}” is no day. Write it as 2026-04-01.").format(text=text)]
        return default


def _choice(given: Mapping[str, Any], name: str, choices: tuple[str, ...], default: str, errors: Errors) -> str:
    chosen = str(given.get(name) or default)
    if chosen not in choices:
        errors[name] = [tk._("Must be one of {choices}").format(choices=", ".join(choices))]
    return chosen


def _number(given: Mapping[str, Any], name: str, default: int, bounds: tuple[int, int], errors: Errors) -> int:
    try:
        return whole_number(given, name, default, bounds[1], bounds[0])
    except tk.ValidationError as error:
        errors.update(error.error_dict)
        return default
