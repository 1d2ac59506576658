"""CKAN's own API, version 3: `package_search` page by page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import urlencode

from ..errors import SourceError
from ..fetching import fetch
from ..metadata.addresses import without_query
from ..metadata.mapping import Mapped, ckan_package
from . import settings
from .base import OrdenHarvester
from .protocol import PAGE_LIMITS, Cursor, Page, Record, Source

ROWS = 100
MOST_RECORDS = 1_000_000
"""A catalogue that says it has more, or goes on growing while it is read, does not end."""


class CkanHarvester(OrdenHarvester):
    """Another CKAN site, or one organisation of it."""

    NAME = "orden_ckan"
    TITLE = "CKAN API"
    DESCRIPTION = "A CKAN site, by its address; the filter (fq) in the configuration may narrow it to an organisation"
    SETTINGS: ClassVar = {"rows": settings.whole_number(1, 1000), "fq": settings.text()}

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        """Ask for page after page, oldest records first, so that new ones do not move the others."""
        rows = source.settings.get("rows", ROWS)
        start, before = (cursor or {}).get("start", 0), []
        while True:
            result = _search(source, start, rows)
            if result["results"] == before:
                raise _no_page(source.url, f"the same page again (at {start})", f"{start} 件目から同じページ")
            before = result["results"]
            records = [Record(package, str(package.get("id") or "")) for package in before]
            start += len(records)
            last = start >= result["count"]
            yield Page(records, None if last else {"start": start}, result["count"])
            if last:
                return

    def map(self, record: Record, source: Source) -> Mapped:
        """A package of the remote site as a dataset of ours."""
        return ckan_package.dataset(record.content)


def _search(source: Source, start: int, rows: int) -> dict[str, Any]:
    query = {"rows": rows, "start": start, "sort": "metadata_created asc, id asc"}
    if source.settings.get("fq"):
        query["fq"] = source.settings["fq"]
    url = f"{api(source.url)}/package_search?{urlencode(query)}"
    return _result(fetch(url, accept="application/json", limits=PAGE_LIMITS).body, url, start)


def api(url: str) -> str:
    """The address of the actions, whether a person entered the site's, the API's or an action's address."""
    path = url.partition("?")[0].rstrip("/") + "/"
    return path.partition("/api/")[0].rstrip("/") + "/api/3/action"


def _result(body: bytes, url: str, start: int) -> dict[str, Any]:
    """The page inside the answer; everything that only looks like one ends the run."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _no_page(url, "no JSON", "JSON ではない") from error
    if not isinstance(answer, dict) or answer.get("success") is not True:
        raise _no_page(url, "an answer without success", "成功を示していない応答")
    result = answer.get("result")
    if not isinstance(result, dict) or not isinstance(result.get("count"), int):
        raise _no_page(url, "an answer without a count", "件数のない応答")
    if result["count"] > MOST_RECORDS:
        raise _no_page(
            url, f"a catalogue without end ({result['count']} records)", f"終わりのない {result['count']} 件"
        )
    packages = result.get("results")
    if not isinstance(packages, list) or not all(isinstance(package, dict) for package in packages):
        raise _no_page(url, "an answer without a list of datasets", "データセットの一覧のない応答")
    if not packages and start < result["count"]:
        raise _no_page(url, f"an empty page before the end ({start} of {result['count']})", "途中で空のページ")
    return result


def _no_page(url: str, found: str, found_ja: str) -> SourceError:
    url = without_query(url)
    return SourceError(
        f"{url} gave {found}, not a page of a CKAN catalogue. Nothing was deleted. "
        "Run again later or ask its operator.",
        ja=f"{url} から CKAN の検索結果が得られませんでした（{found_ja}）。削除は行っていません。"
        "時間をおいて再実行するか、提供元に問い合わせてください。",
    )
