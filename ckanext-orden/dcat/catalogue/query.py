"""Which datasets a page of the catalogue holds, and where its neighbours are.

Datasets come in the order of their last change, oldest first, and a page begins after the last dataset of the one
before (keyset): whatever changes during a walk moves to the end, so a walk misses nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlencode

from ckan import model
from ckan.lib.search import SearchError
from ckan.plugins import toolkit as tk
from ckan.types import Context
from ckanext.dcat.utils import DEFAULT_CATALOG_ENDPOINT, catalog_uri
from dateutil.parser import ParserError
from dateutil.parser import parse as parse_date

Dict = dict[str, Any]
NOT_DATASETS = ("harvest", "showcase")
ORDER = "metadata_modified asc, id asc"
FILTERS = ("q", "fq", "organization", "modified_since", "profiles")
POSITION = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z)~([0-9A-Za-z-]{1,100})")


@dataclass(frozen=True)
class Entry:
    """A dataset of a page; `version` changes whenever it is indexed."""

    id: str
    version: str
    modified: str

    def is_of(self, moment: datetime) -> bool:
        """Whether it is as new as a dataset that was last changed then; Solr knows milliseconds."""
        return self.modified == moment.isoformat(timespec="milliseconds").removesuffix(".000") + "Z"


@dataclass(frozen=True)
class Page:
    """The datasets of a page, how many there are in all, and the page's number if it was asked for by one."""

    entries: Sequence[Entry]
    count: int
    size: int
    number: int | None = None
    last: bool = True


def find(context: Context, params: Mapping[str, Any], size: int | None = None) -> Page:
    """The page that the parameters ask for; a `ValidationError` says which of them cannot be understood."""
    size = size or int(tk.config.get("ckanext.dcat.datasets_per_page") or 100)
    number, after = _number(params.get("page")), _after(params.get("after"))
    if number and after:
        raise tk.ValidationError({"after": [tk._("Give a page or a position, not both")]})
    filters = [*(f"-dataset_type:{kind}" for kind in NOT_DATASETS), *_since(params.get("modified_since"))]
    filters += _organization(params.get("organization"))
    asked = {"q": params.get("q") or "*:*", "fq": params.get("fq") or ""}
    start = {"rows": size, "start": size * ((number or 1) - 1), "sort": ORDER}
    found = _search(context, {**asked, **start, "fq_list": filters + after})
    count = _search(context, {**asked, "rows": 0, "fq_list": filters})["count"] if after else found["count"]
    on_page = _entries(found)
    return Page(on_page, count, size, number, last=found["count"] <= len(on_page))


def pages(context: Context, size: int, params: Mapping[str, Any] | None = None) -> Iterator[Page]:
    """All pages of the catalogue, or of what the parameters ask for; what changes meanwhile comes again at the end."""
    page = find(context, params or {}, size)
    yield page
    while not page.last:
        page = find(context, {**(params or {}), "after": position(page)}, size)
        yield page


def position(page: Page) -> str:
    """Where the next page begins."""
    end = page.entries[-1]
    return f"{end.modified}~{end.id}"


def entries(ids: Iterable[str], context: Context | None = None) -> list[Entry]:
    """What the search index knows of these datasets: those that a user may see, without a user all."""
    wanted = list(ids)
    whose = context or Context(ignore_auth=True)
    asked = {"fq_list": [f"id:({' OR '.join(wanted)})"], "rows": len(wanted), "sort": ORDER}
    return _entries(_search(whose, {**asked, "include_private": context is None})) if wanted else []


def datasets(ids: Iterable[str]) -> list[Dict]:
    """The datasets of these ids as the search index holds them, in this order; who may see them is settled before."""
    wanted = list(ids)
    if not wanted:
        return []
    query = {
        "fq_list": [f"id:({' OR '.join(wanted)})"],
        "rows": len(wanted),
        "include_private": True,
        "facet": "false",
    }
    found = {dataset["id"]: dataset for dataset in _asked({"ignore_auth": True}, query)["results"]}
    return [found[id_] for id_ in wanted if id_ in found]


def paging(page: Page, format_: str, params: Mapping[str, Any]) -> Dict:
    """The pages around this one, as ckanext-dcat's serialiser takes them; addresses are escaped."""
    path = (tk.config.get("ckanext.dcat.catalog_endpoint") or DEFAULT_CATALOG_ENDPOINT).replace("{_format}", format_)
    kept = {key: params[key] for key in FILTERS if params.get(key)}

    def address(**where: object) -> str:
        query = urlencode({**kept, **where})
        return f"{catalog_uri().rstrip('/')}{path}" + (f"?{query}" if query else "")

    if page.number:
        around = {name: address(page=number) for name, number in _numbers(page.number, page).items()}
    else:
        here = {"after": params["after"]} if params.get("after") else {}
        around = {"current": address(**here), "first": address()}
        if not page.last:
            around["next"] = address(after=position(page))
    return {"count": page.count, "items_per_page": page.size, **around}


def _numbers(number: int, page: Page) -> dict[str, int]:
    last = max(1, math.ceil(page.count / page.size))
    numbers = {"current": number, "first": 1, "last": last}
    if number > 1:
        numbers["previous"] = min(number - 1, last)
    if number < last:
        numbers["next"] = number + 1
    return numbers


def _search(context: Context, query: Dict) -> Dict:
    fields = ["id", "_version_", "metadata_modified"]
    return _asked(context, {**query, "fl": fields, "facet": "false"})


def _entries(found: Dict) -> list[Entry]:
    return [Entry(doc["id"], str(doc["_version_"]), doc["metadata_modified"]) for doc in found["results"]]


def _asked(context: Context, query: Dict) -> Dict:
    try:
        return tk.get_action("package_search")(Context(context), query)
    except SearchError as error:
        raise tk.ValidationError({"fq": [tk._("The search cannot be understood")]}) from error


def _number(value: Any) -> int | None:
    if not value:
        return None
    text = str(value)
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 1_000_000):
        raise tk.ValidationError({"page": [tk._("Must be a whole number from 1")]})
    return int(text)


def _after(value: Any) -> list[str]:
    if not value:
        return []
    position = POSITION.fullmatch(str(value))
    if not position:
        raise tk.ValidationError({"after": [tk._("Take the position from the link to the next page")]})
    moment, id_ = position.groups()
    return [f'metadata_modified:{{"{moment}" TO *}} OR (metadata_modified:"{moment}" AND id:{{"{id_}" TO *}})']


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


def _organization(value: Any) -> list[str]:
    if not value:
        return []
    organization = model.Group.get(str(value))
    if not organization or not organization.is_organization or organization.state != model.State.ACTIVE:
        raise tk.ValidationError({"organization": [tk._("There is no such organisation")]})
    return [f"owner_org:{organization.id}"]
