"""CKAN's own API, version 3: the pages of `package_search`, or the datasets of `package_list` where that is missing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from ...errors import SkipRecord, SourceError
from ...metadata.mapping import Mapped, ckan_package, ckan_public, shirasagi
from .. import settings
from ..base import OrdenHarvester
from ..protocol import Cursor, Listing, Page, Record, Source, whole
from ..recognition import Answer, Recognised, bases, reason
from . import action_api

ROWS = 100
LISTED = 1000
"""Rows of a listing, CKAN's own most."""
TOGETHER = 40
"""Datasets that are asked for in one request by their ids."""
FIELDS = "id,metadata_modified"
SORT = "metadata_created asc, id asc"
"""Oldest first, so that new datasets do not move the others to another page."""
NO_DATASETS = frozenset(("harvest", "showcase"))

_CALL = re.compile(r"(.*)/package_(?:search|show|list)/")
_ACTIONS = re.compile(r"(.*?)(/api(?:/\d)?/action|/ckan_api)(?:/|$)")


class CkanHarvester(OrdenHarvester):
    """Another CKAN site, or one organisation of it."""

    NAME = "orden_ckan"
    TITLE = "CKAN API"
    DESCRIPTION = "A CKAN site, by its address; the filter (fq) in the configuration may narrow it to an organisation"
    SETTINGS: ClassVar = {
        "rows": settings.whole_number(1, 1000),
        "fq": settings.text(),
        "incremental": settings.switch(),
        "full_days": settings.whole_number(1, 365),
        "private": settings.switch(),
    }

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        """Page after page of the search; a site without one (DKAN) is walked by its list of names."""
        before: Any = None
        for page in self._pages(source, cursor):
            shown = page.listing.stamps if page.listing else page.records
            if shown and shown == before:
                raise action_api.no_page(source.url, "the same page again", "同じページ")
            before = shown
            yield page

    def _pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        start = (cursor or {}).get("start", 0)
        if (cursor or {}).get("by") == "list":
            yield from _by_list(source, start)
            return
        try:
            first = next(searched := self._by_search(source, start))
        except SourceError as error:
            if start or error.status != 404 or source.settings.get("fq"):
                raise
            yield from _without_search(source, error)
            return
        yield first
        yield from searched

    def _by_search(self, source: Source, start: int) -> Iterator[Page]:
        if source.settings.get("incremental", True):
            # A site that does not know the wish gives whole datasets: not a thousand of them.
            listed = _listed(source, start, LISTED if source.listed else source.settings.get("rows", ROWS))
            while listed:
                yield listed
                if listed.next is None:
                    return
                start = listed.next["start"]
                listed = _listed(source, start, LISTED)
        yield from _plain(source, start)

    def map(self, record: Record, source: Source) -> Mapped:
        """A package of the remote site as a dataset of ours."""
        content = whole(record).content
        if not ckan_public.is_active(content) or content.get("type") in NO_DATASETS:
            raise SkipRecord(f"{content.get('type')} in state {content.get('state')}")
        mapped = ckan_package.dataset(content)
        if source.settings.get("private") and "private" not in mapped.dataset:
            return replace(mapped, dataset={**mapped.dataset, "private": False})
        return mapped

    def recognises(self, answer: Answer) -> Recognised | None:
        """Datasets with an id, a name and a title, as CKAN and DKAN give them."""
        datasets = action_api.first(answer.result)
        if not datasets and not _is_empty_search(answer.result):
            return None
        if not all(map(is_ckan, datasets)):
            return None
        wanted = parse_qs(urlsplit(answer.url).query).get("fq")
        return Recognised(
            home(answer.url),
            reason(
                "Its API answers with datasets as CKAN gives them.",
                "API の応答が CKAN のデータセットの形をしています。",
            ),
            config={"fq": wanted[0]} if wanted else {},
        )

    def places(self, url: str) -> Iterable[str]:
        """The search of each CKAN that the address may lie in, narrowed to the organisation whose page it is."""
        owner = re.search(r"/organization/([a-z0-9_-]+)/?$", urlsplit(url).path)
        query = urlencode({"rows": 1, **({"fq": f"organization:{owner[1]}"} if owner else {})})
        for base in bases(url):
            yield f"{base}/api/3/action/package_search?{query}"
            yield f"{base}/ckan_api/package_search?{query}"
            yield f"{base}/api/3/action/package_list"

    def leads(self, answer: Answer) -> Iterable[str]:
        """A list of names leads to the first dataset that it names."""
        found = answer.result
        if isinstance(found, list) and found and isinstance(found[0], str):
            address = answer.url.partition("?")[0].replace("package_list", "package_show")
            yield f"{address}?{urlencode({'id': found[0]})}"


def is_ckan(package: Mapping[str, Any]) -> bool:
    """Whether a dataset has CKAN's shape, and not that of a look-alike."""
    named = all(isinstance(package.get(key), str) for key in ("id", "name", "title"))
    return named and not shirasagi.is_one(package)


def _is_empty_search(result: Any) -> bool:
    """An empty page of CKAN's own: look-alikes have no facets."""
    return isinstance(result, dict) and result.get("results") == [] and "search_facets" in result


def api(url: str) -> str:
    """The address of the actions, whether a person entered the site's, the API's or an action's address."""
    path = url.partition("?")[0].rstrip("/") + "/"
    if called := _CALL.match(path):
        return called[1]
    if written := _ACTIONS.match(path):
        return written[1] + written[2]
    return path.partition("/api/")[0].rstrip("/") + "/api/3/action"


def home(url: str) -> str:
    """The shortest address that `api` leads back from: the site's, or that of actions in another place."""
    actions = api(url)
    if actions.endswith("/api/3/action"):
        return actions.removesuffix("/api/3/action")
    return actions if _ACTIONS.match(f"{actions}/") else f"{actions}/package_search"


def _search(source: Source, start: int, rows: int, **query: Any) -> dict[str, Any]:
    """A page of the search; datasets of a look-alike are no page of ours."""
    wanted = {"rows": rows, "sort": SORT, **query}
    if source.settings.get("private"):
        wanted["include_private"] = "true"
    filters = [source.settings.get("fq", ""), wanted.pop("fq", "")]
    if any(filters):
        wanted["fq"] = " AND ".join(f"({one})" for one in filters if one) if all(filters) else "".join(filters)
    address = f"{api(source.url)}/package_search"
    result = action_api.search(address, start, **wanted)
    if any(map(shirasagi.is_one, result["results"])):
        raise action_api.no_page(address, "datasets of SHIRASAGI", "SHIRASAGI のデータセット")
    return result


def _plain(source: Source, start: int) -> Iterator[Page]:
    """All datasets in full."""
    while True:
        result = _search(source, start, source.settings.get("rows", ROWS))
        start += len(result["results"])
        last = start >= result["count"]
        yield Page(list(map(_record, result["results"])), None if last else {"start": start}, result["count"])
        if last:
            return


def _listed(source: Source, start: int, rows: int) -> Page | None:
    """A page of ids and stamps, or of whole datasets from a site that gives no less; None where that does not work."""
    try:
        result = _search(source, start, rows, fl=FIELDS)
    except SourceError as error:
        if error.status in (400, 409, 500):
            return None  # an old CKAN stumbles over the wish
        raise
    found = result["results"]
    following = start + len(found)
    cursor = None if following >= result["count"] else {"start": following}
    if found and all("resources" in package for package in found):
        return Page(list(map(_record, found)), cursor, result["count"])
    stamps = {package["id"]: str(package.get("metadata_modified") or "") for package in found if package.get("id")}
    if len(stamps) < len(found):
        return None
    return Listing(stamps, partial(_read, source, stamps, start)).page(cursor, result["count"])


def _read(source: Source, stamps: Mapping[str, str], start: int, wanted: Collection[str]) -> Iterator[Record]:
    """Whole datasets: a third of a listing and more by walking it, fewer by their ids, what is left one by one."""
    left = dict.fromkeys(wanted)
    walk = len(left) * 3 > len(stamps)
    for package in _walked(source, start, len(stamps)) if walk else _by_ids(source, list(left)):
        guid = str(package.get("id") or "")
        if guid in left:
            del left[guid]
            yield replace(_record(package), stamp=stamps[guid])
    for guid in left:
        package = action_api.show(f"{api(source.url)}/package_show", guid)
        yield replace(_record(package), stamp=stamps[guid]) if package else action_api.unread(guid)


def _walked(source: Source, start: int, count: int) -> Iterator[dict[str, Any]]:
    rows = source.settings.get("rows", ROWS)
    for place in range(start, start + count, rows):
        yield from _search(source, place, min(rows, start + count - place))["results"]


def _by_ids(source: Source, guids: list[str]) -> Iterator[dict[str, Any]]:
    for some in action_api.chunks(guids, TOGETHER):
        fq = "id:(" + " OR ".join(f'"{guid}"' for guid in some) + ")"
        yield from _search(source, 0, len(some), fq=fq)["results"]


def _without_search(source: Source, error: SourceError) -> Iterator[Page]:
    """A site that has names and no search; the first error counts where it has neither."""
    try:
        first = next(pages := _by_list(source, 0))
    except SourceError:
        raise error from None
    yield first
    yield from pages


def _by_list(source: Source, start: int) -> Iterator[Page]:
    """The datasets that `package_list` names, asked for one by one as they are taken."""
    address = api(source.url)
    names = sorted(action_api.names(f"{address}/package_list"))
    if not names:
        raise action_api.no_page(address, "an empty list of names", "空の一覧")
    for place in range(start, len(names), ROWS):
        following = place + ROWS
        cursor = {"start": following, "by": "list"} if following < len(names) else None
        yield Page(_shown(address, names[place:following]), cursor, len(names))


def _shown(address: str, names: Iterable[str]) -> Iterator[Record]:
    for name in names:
        package = action_api.show(f"{address}/package_show", name)
        if package and shirasagi.is_one(package):
            raise action_api.no_page(address, "datasets of SHIRASAGI", "SHIRASAGI のデータセット")
        yield _record(package) if package else action_api.unread(name)


def _record(package: Mapping[str, Any]) -> Record:
    """The record without people, who are dropped before anything is kept."""
    return Record(ckan_public.without_people(package), str(package.get("id") or ""))
