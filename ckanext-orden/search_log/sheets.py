"""Queries as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context

ACTION = "orden_search_log_list"
PAGE = 500
HEADER = {
    "ja": (
        "検索語",
        "検索回数",
        "該当なし",
        "一部の語だけ",
        "近いものだけ",
        "クリック数",
        "最後の日",
        "開かれたデータセット",
    ),
    "en": (
        "Query",
        "Searches",
        "Nothing found",
        "Some words only",
        "Nearest only",
        "Clicks",
        "Last day",
        "Opened datasets",
    ),
}


def whole(context: Context, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """All queries that are asked for, on however many pages."""
    offset = 0
    while page := tk.get_action(ACTION)(context, {**given, "limit": PAGE, "offset": offset})["queries"]:
        yield from page
        offset += PAGE


def rows(queries: Iterable[Mapping[str, Any]], lang: str) -> Iterator[tuple[object, ...]]:
    """The header, then the queries; `lang` is ja or en."""
    yield HEADER[lang]
    for query in queries:
        counts = (query[name] for name in ("asked", "nothing", "partial", "nearest", "clicks"))
        names = " ".join(dataset["name"] for dataset in query["datasets"])
        yield (query["q"], *counts, query["last"], names)
