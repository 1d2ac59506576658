"""The statistics of the catalogue: all of them from public datasets, put together every ten minutes at most."""

from __future__ import annotations

import time
from copy import deepcopy
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

from .. import config
from ..clock import local_date, utcnow
from ..helpers.facets import AXIS_FIELDS, THEME_FIELD
from ..search_log import reading as searches
from . import growth, plan, reading
from .reading import SECONDS_KEPT, Asked

FACETS = {**AXIS_FIELDS, "theme": THEME_FIELD, "format": "res_format", "licence": "license_id"}
VALUES = 20
MONTHS = 12
MOST_USED = 10
MOST_USED_DAYS = 30


def whole() -> dict[str, Any]:
    """All figures; names of datasets are looked up anew each time, so that no hidden one is among them."""
    return {**deepcopy(_figures(int(time.monotonic() // SECONDS_KEPT))), "most_used": lately_used(MOST_USED)}


def lately_used(limit: int) -> list[dict[str, Any]]:
    """The datasets whose files were taken most in the last 30 days, or whose pages were read most if none was."""
    last = local_date()
    asked = Asked(last - timedelta(days=MOST_USED_DAYS - 1), last)
    return reading.most_used(asked, "downloads", limit) or reading.most_used(asked, "views", limit)


def last_year(day: date) -> date:
    """The first day of the twelve months that end with a day's month."""
    return date(day.year, 1, 1) if day.month == MONTHS else date(day.year - 1, day.month + 1, 1)


def forget() -> None:
    """Put the figures together anew."""
    _figures.cache_clear()
    reading.forget_ranks()


@lru_cache(maxsize=1)
def _figures(_moment: int) -> dict[str, Any]:
    today = local_date()
    grown = growth.by_month(today)
    return {
        "made_at": utcnow().isoformat(timespec="seconds") + "Z",
        "now": {name: grown[-1][name] if grown else 0 for name in growth.COUNTED},
        "plan": plan.compared(plan.targets(config.use_plan()), grown, today),
        "growth": grown,
        "holdings": _holdings(),
        "use": _use(today),
    }


def _holdings() -> dict[str, list[dict[str, Any]]]:
    """How many public datasets have each value, the most frequent first."""
    visitor: Context = {"user": "", "auth_user_obj": None, "ignore_auth": False}
    asked = {"fq": "+dataset_type:dataset", "rows": 0, "facet.field": list(FACETS.values()), "facet.limit": VALUES}
    facets = tk.get_action("package_search")(visitor, asked)["facets"]
    return {
        name: [
            {"name": value, "datasets": count}
            for value, count in sorted(facets.get(field, {}).items(), key=lambda item: (-item[1], item[0]))
        ]
        for name, field in FACETS.items()
    }


def _use(today: date) -> list[dict[str, Any]]:
    """Views, downloads and searches of each of the last twelve months."""
    asked = Asked(last_year(today), today)
    counted = {row["period"]: row for row in reading.series(asked, "month")}
    searched = searches.by_month(asked.first, asked.last)
    months = growth.each_month(f"{asked.first:%Y-%m}", today)
    return [
        {
            "month": month,
            **{name: counted.get(month, {}).get(name, 0) for name in reading.COUNTS},
            "searches": searched.get(month, 0),
        }
        for month in months
    ]
