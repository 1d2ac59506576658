"""One page of the catalogue: which datasets, which pages around it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timezone
from typing import Any
from urllib.parse import urlencode

from ckan.lib.search import SearchError
from ckan.plugins import toolkit as tk
from ckan.types import Context
from ckanext.dcat.utils import DEFAULT_CATALOG_ENDPOINT, catalog_uri
from dateutil.parser import ParserError
from dateutil.parser import parse as parse_date

Dict = dict[str, Any]
NOT_DATASETS = ("harvest", "showcase")
KEPT = ("modified_since", "profiles", "q", "fq")


@dataclass(frozen=True)
class Page:
    """The datasets of a page and its number."""

    number: int
    size: int
    count: int
    datasets: list[Dict]


def find(context: Context, params: Mapping[str, Any]) -> Page:
    """The page that the parameters ask for; a `ValidationError` says which of them cannot be understood."""
    number, size = _number(params.get("page")), int(tk.config.get("ckanext.dcat.datasets_per_page") or 100)
    query = {
        "q": params.get("q") or "*:*",
        "fq": params.get("fq") or "",
        "fq_list": [f"-dataset_type:{kind}" for kind in NOT_DATASETS] + _since(params.get("modified_since")),
        "sort": "metadata_modified desc, id asc",
        "rows": size,
        "start": size * (number - 1),
    }
    try:
        found = tk.get_action("package_search")(context, query)
    except SearchError as error:
        raise tk.ValidationError({"fq": [tk._("The search cannot be understood")]}) from error
    return Page(number, size, found["count"], found["results"])


def paging(page: Page, format_: str, params: Mapping[str, Any]) -> Dict:
    """The pages around this one, as ckanext-dcat's serialiser takes them; addresses are escaped."""
    path = (tk.config.get("ckanext.dcat.catalog_endpoint") or DEFAULT_CATALOG_ENDPOINT).replace("{_format}", format_)
    kept = {key: params[key] for key in KEPT if params.get(key)}

    def address(number: int) -> str:
        return f"{catalog_uri().rstrip('/')}{path}?{urlencode({**kept, 'page': number})}"

    last = max(1, math.ceil(page.count / page.size))
    numbers = {"current": page.number, "first": 1, "last": last}
    if page.number > 1:
        numbers["previous"] = min(page.number - 1, last)
    if page.number < last:
        numbers["next"] = page.number + 1
    addresses = {name: address(number) for name, number in numbers.items()}
    return {"count": page.count, "items_per_page": page.size, **addresses}


def _number(value: Any) -> int:
    text = str(value or 1)
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 1_000_000):
        raise tk.ValidationError({"page": [tk._("Must be a whole number from 1")]})
    return int(text)


def _since(value: Any) -> list[str]:
    if not value:
        return []
    try:
        moment = parse_date(str(value))
        if moment.tzinfo:
            moment = moment.astimezone(timezone.utc).replace(tzinfo=None)
    except (ParserError, OverflowError) as error:
        raise tk.ValidationError({"modified_since": [tk._("Must be a date as in ISO 8601")]}) from error
    return [f"metadata_modified:[{moment.isoformat()}Z TO NOW]"]
