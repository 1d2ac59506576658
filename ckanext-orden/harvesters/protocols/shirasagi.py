"""SHIRASAGI's open data API, and Kagawa's variant: it looks like CKAN's and is another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...errors import SkipRecord, SourceError
from ...metadata.mapping import Mapped, shirasagi
from ..base import OrdenHarvester
from ..protocol import Cursor, Page, Record, Source, whole
from ..recognition import Answer, Recognised, bases, reason
from . import action_api

ROWS = 100


class ShirasagiHarvester(OrdenHarvester):
    """A SHIRASAGI site. People's names and addresses, which its API gives away, are dropped before anything is kept."""

    NAME = "orden_shirasagi"
    TITLE = "SHIRASAGI"
    DESCRIPTION = "The open data catalogue of a SHIRASAGI site, by the site's or its API's address"

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        """`package_list` names all datasets; a search gives them in pages, and what it leaves out is asked for alone.

        The search has no order that it promises, so an interrupted run begins anew.
        """
        address = api(source.url)
        left = dict.fromkeys(action_api.names(f"{address}/package_list"))
        if not left:
            raise action_api.no_page(address, "an empty list of names", "空の一覧")
        total = len(left)
        for packages in _searched(address):
            for package in packages:
                for name in _names_of(package):
                    left.pop(name, None)
            yield Page([_record(package, source) for package in packages], None, total)
        for some in action_api.chunks(left, ROWS):
            yield Page(_shown(address, some, source), None, total)

    def map(self, record: Record, source: Source) -> Mapped:
        """A dataset of the site as one of ours."""
        content = whole(record).content
        if not shirasagi.is_public(content):
            raise SkipRecord(f"in state {content.get('state')}")
        return shirasagi.dataset(content, site(source.url))

    def recognises(self, answer: Answer) -> Recognised | None:
        """Datasets with a file name and a uuid, or a file name and a title (Kagawa)."""
        datasets = action_api.first(answer.result)
        if not datasets or not all(map(shirasagi.is_one, datasets)):
            return None
        found = datasets[0].get("site")
        title = str(found.get("name") or "") if isinstance(found, Mapping) else ""
        said = reason(
            "Its API answers with datasets as SHIRASAGI gives them.",
            "API の応答が SHIRASAGI のデータセットの形をしています。",
        )
        return Recognised(api(answer.url), said, title)

    def places(self, url: str) -> Iterable[str]:
        """The search, and the list of names for versions without one."""
        for base in bases(url):
            yield f"{base}/api/package_search?rows=1"
            yield f"{base}/api/package_list"


def api(url: str) -> str:
    """The address of the API, whether a person entered the site's or that of one of its calls."""
    path = url.partition("?")[0].rstrip("/") + "/"
    return path.partition("/api/")[0].rstrip("/") + "/api"


def site(url: str) -> str:
    """The address under which the site's file names lie."""
    return api(url).removesuffix("/api")


def _searched(address: str) -> Iterator[list[dict[str, Any]]]:
    """The pages of the search; none where the site has no search."""
    start = 0
    while True:
        try:
            result = action_api.search(f"{address}/package_search", start, rows=ROWS)
        except SourceError as error:
            if start or error.status != 404:
                raise
            return
        packages = result["results"]
        _check(packages, address)
        yield packages
        start += len(packages)
        if start >= result["count"]:
            return


def _check(packages: Iterable[Mapping[str, Any]], address: str) -> None:
    if not all(map(shirasagi.is_one, packages)):
        raise action_api.no_page(address, "datasets that are not SHIRASAGI's", "SHIRASAGI ではないデータセット")


def _names_of(package: Mapping[str, Any]) -> Iterable[str]:
    """What the list may call a dataset: newer versions the uuid, older ones the name."""
    return (str(package.get(key)) for key in ("uuid", "name", "id", "filename"))


def _shown(address: str, names: Iterable[str], source: Source) -> Iterator[Record]:
    for name in names:
        package = action_api.show(f"{address}/package_show", name)
        if package is None:
            yield action_api.unread(name)
        else:
            _check([package], address)
            yield _record(package, source)


def _record(package: Mapping[str, Any], source: Source) -> Record:
    kept = shirasagi.without_people(package)
    return Record(kept, shirasagi.guid_of(kept, site(source.url)))
