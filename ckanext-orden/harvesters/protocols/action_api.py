"""One call of CKAN's action API, which several other catalogues imitate."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urlencode

from ...errors import NoPage, SourceError
from ...fetching import fetch
from ...metadata.addresses import without_query
from ...types import Issue
from ..protocol import PAGE_LIMITS, Record, broken

Item = TypeVar("Item")
MOST_RECORDS = 1_000_000
"""A catalogue that says it has more, or goes on growing while it is read, does not end."""
_ID = re.compile(r"(?:urn:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""Sites list ids (DKAN, SHIRASAGI) or names (CKAN)."""
GONE = frozenset((403, 404, 410))
"""Statuses for one dataset that a list names and the source does not give."""


def call(address: str, **query: Any) -> Any:
    """The result of one action; NoPage for an answer without success."""
    url = f"{address}?{urlencode(query)}" if query else address
    try:
        answer = json.loads(fetch(url, accept="application/json", limits=PAGE_LIMITS).body)
    except (ValueError, RecursionError) as error:
        raise no_page(url, "no JSON", "JSON ではない") from error
    if not isinstance(answer, dict) or answer.get("success") is not True:
        raise no_page(url, "an answer without success", "成功を示していない応答")
    return answer.get("result")


def search(address: str, start: int, **query: Any) -> dict[str, Any]:
    """A page of `package_search`: `count` and `results`, which are dicts and not empty before the end."""
    result = call(address, start=start, **query)
    if not isinstance(result, dict) or not isinstance(result.get("count"), int):
        raise no_page(address, "an answer without a count", "件数のない応答")
    if result["count"] > MOST_RECORDS:
        found = result["count"]
        raise no_page(address, f"a catalogue without end ({found} records)", f"終わりのない {found} 件")
    packages = result.get("results")
    if not isinstance(packages, list) or not all(isinstance(package, dict) for package in packages):
        raise no_page(address, "an answer without a list of datasets", "データセットの一覧のない応答")
    if not packages and start < result["count"]:
        raise no_page(address, f"an empty page before the end ({start} of {result['count']})", "途中で空のページ")
    return result


def names(address: str) -> list[str]:
    """The result of `package_list`, each name once."""
    found = call(address)
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        raise no_page(address, "an answer without a list of names", "名前の一覧のない応答")
    return list(dict.fromkeys(found))


def show(address: str, name: str) -> dict[str, Any] | None:
    """One dataset by `package_show`, out of the array that DKAN puts it into; None where the source has none."""
    try:
        result = call(address, id=name)
    except NoPage:
        return None
    except SourceError as error:
        if error.status in GONE:
            return None
        raise
    if isinstance(result, list):
        result = result[0] if len(result) == 1 else None
    return result if isinstance(result, dict) else None


def unread(name: str) -> Record:
    """A dataset that the source names and does not give; by its id where the name is one."""
    message = {
        "en": f"The source lists “{name}” but does not give it.",
        "ja": f"取り込み元の一覧にある「{name}」を取得できませんでした。",
    }
    hint = {"en": "Ask the source's operator.", "ja": "提供元に問い合わせてください。"}
    return broken(Issue("record.unread", "error", "id", message, hint), name if _ID.fullmatch(name) else "")


def chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of `size`."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def first(found: Any) -> Sequence[dict[str, Any]]:
    """The datasets in any result of the API: a page of a search, one dataset, or DKAN's array around it."""
    if isinstance(found, dict):
        found = found.get("results", [found])
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def no_page(url: str, found: str, found_ja: str) -> NoPage:
    """The error for everything that only looks like an answer: it ends the run."""
    url = without_query(url)
    return NoPage(
        f"{url} gave {found}, not a page of a CKAN catalogue. Nothing was deleted. "
        "Run again later or ask its operator.",
        ja=f"{url} から CKAN の検索結果が得られませんでした（{found_ja}）。削除は行っていません。"
        "時間をおいて再実行するか、提供元に問い合わせてください。",
    )
