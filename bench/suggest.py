"""What suggestions cost while somebody types: CKAN's own of titles, and ours; over HTTP, one client."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

TYPED = (
    *("避", "避難", "指定", "豊", "豊中", "豊中市", "大阪", "公園", "防", "防災", "北区", "教育", "人口統計", "令和"),
    *("ひ", "ひな", "ひなん", "と", "とよ", "とよな", "き", "きょう", "ぼうさ", "トヨナ", "コウエ", "豊中市　避難"),
    *("h", "hi", "hina", "hinan", "hinanj", "t", "toyo", "toyona", "k", "ko", "kouen", "bousa", "kyouik", "s", "si"),
    *("a", "ae", "AED", "ａｅ", "osaka", "zzzz"),
)
WARM = 1
Ask = Callable[[str], None]


def table(figures: dict[str, list[float]]) -> str:
    """One line an action."""
    rows = ["| typing | p50, ms | p95, ms | most, ms |", "| --- | --- | --- | --- |"]
    for name, taken in figures.items():
        at = (len(taken) // 2, int(len(taken) * 0.95), -1)
        rows.append(f"| {name} | {' | '.join(f'{taken[place] * 1000:.1f}' for place in at)} |")
    return "\n".join(rows)


def times(ask: Ask, rounds: int) -> list[float]:
    """Seconds of each answer, in order of size."""
    for typed in TYPED * WARM:
        ask(typed)
    return sorted(_timed(ask, typed) for _ in range(rounds) for typed in TYPED)


def autocomplete(address: str) -> Ask:
    return lambda typed: _get(address, "package_autocomplete", q=typed, limit=10)


def suggestions(address: str) -> Ask:
    return lambda typed: _get(address, "orden_autocomplete", q=typed, limit=10)


def _timed(ask: Ask, typed: str) -> float:
    started = perf_counter()
    ask(typed)
    return perf_counter() - started


def _get(address: str, action: str, **parameters: Any) -> None:
    urllib.request.urlopen(f"{address}/api/3/action/{action}?{urlencode(parameters)}", timeout=60).read()
