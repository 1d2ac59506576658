"""What is new in a saved search, with the rights that its owner has at this moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context

from .model import SavedSearch

MOST = 1000
"""So many datasets are read of one search."""
OVERLAP = timedelta(days=1)
"""How long after a change its dataset may come into the index and still be told of."""
FIELDS = ["id", "name", "title", "metadata_created", "metadata_modified"]


@dataclass(frozen=True)
class News:
    """What is to be told of a search, newest first, and how far its owner has been told then."""

    search: SavedSearch
    datasets: list[dict[str, Any]]
    since: datetime
    told: dict[str, str]


def news(row: SavedSearch, user: model.User, until: datetime) -> News:
    """What came up to a moment and was not told of. Raises CKAN's SearchError."""
    field = "metadata_modified" if row.changes else "metadata_created"
    window = f"+{field}:[{_stamp(row.since)} TO {_stamp(until)}]"
    found = ask(row.q, row.conditions, user, fq=window, rows=MOST, sort=f"{field} desc")
    if len(found) >= MOST:
        since, kept = until, {}
    else:
        since = max(row.began, until - OVERLAP)
        kept = {id: moment for id, moment in _told(row, found).items() if moment >= _stamp(since)}
    return News(row, [dataset for dataset in found if _is_news(row, dataset)], since, kept)


def ask(
    q: str, conditions: list[list[str]], user: model.User, *, fq: str = "", rows: int = 0, sort: str = ""
) -> list[dict[str, Any]]:
    """The datasets that hold all of a search, of those that the user may see; what only comes near is left out."""
    filters = " ".join([*(f'+{name}:"{_quoted(value)}"' for name, value in conditions), "+dataset_type:dataset", fq])
    asked = {"q": q, "fq": filters.strip(), "rows": rows, "sort": sort or None, "facet": "false", "fl": FIELDS}
    context: Context = {"user": user.name, "auth_user_obj": user}
    answer = tk.get_action("package_search")(context, {**asked, "include_private": True})
    return answer["results"][: answer.get("orden_match_all_count", answer["count"])]


def _told(row: SavedSearch, found: list[dict[str, Any]]) -> dict[str, str]:
    return {**row.told, **{dataset["id"]: _moment(dataset["metadata_modified"]) for dataset in found}}


def _is_news(row: SavedSearch, dataset: Mapping[str, Any]) -> bool:
    before = row.told.get(dataset["id"])
    return before is None or (row.changes and _moment(dataset["metadata_modified"]) > before)


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _stamp(moment: datetime) -> str:
    return _moment(moment.isoformat())


def _moment(moment: str) -> str:
    """A moment as Solr takes it, in milliseconds, so that texts can be compared."""
    whole, _, part = moment.rstrip("Z").partition(".")
    return f"{whole}.{part[:3].ljust(3, '0')}Z"
