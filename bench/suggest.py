"""What suggestions cost while somebody types: stock's, the two searches that ours once were, and ours; over HTTP.

One web worker of each site answers one client.
"""

from __future__ import annotations

import argparse
import json
import urllib.request
from collections.abc import Callable
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from .sites import serving, sites

TYPED = (
    *("避", "避難", "指定", "豊", "豊中", "豊中市", "大阪", "公園", "防", "防災", "北区", "教育", "人口統計", "令和"),
    *("ひ", "ひな", "ひなん", "と", "とよ", "とよな", "き", "きょう", "ぼうさ", "トヨナ", "コウエ", "豊中市　避難"),
    *("h", "hi", "hina", "hinan", "hinanj", "t", "toyo", "toyona", "k", "ko", "kouen", "bousa", "kyouik", "s", "si"),
    *("a", "ae", "AED", "ａｅ", "osaka", "zzzz"),
)
WARM = 1
Ask = Callable[[str], None]


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench suggest", description=__doc__)
    parser.add_argument("-n", type=int, default=20_000, help="datasets")
    parser.add_argument("--tags", type=int, default=10_000, help="different tags, three on a dataset")
    parser.add_argument("--rounds", type=int, default=10, help="how often each beginning is typed")
    asked = parser.parse_args(arguments)
    both = sites()
    for site in both.values():
        site.measure("bench.suggest_run", str(asked.n), str(asked.tags))
    figures: dict[str, list[float]] = {}
    with serving(both["stock"]) as address:
        figures["stock, `package_autocomplete`"] = times(autocomplete(address), asked.rounds)
    with serving(both["ours"]) as address:
        figures["orden, `package_autocomplete`"] = times(autocomplete(address), asked.rounds)
        figures["orden, two `package_search`"] = times(two_searches(address), asked.rounds)
        figures["orden, `orden_autocomplete`"] = times(suggestions(address), asked.rounds)
    show(asked, figures)


def show(asked: argparse.Namespace, figures: dict[str, list[float]]) -> None:
    """One line an action."""
    print(f"{asked.n} datasets, {asked.tags} tags; {len(TYPED)} beginnings, each typed {asked.rounds} times\n")
    print("| action | p50, ms | p95, ms | most, ms |\n| --- | --- | --- | --- |")
    for name, taken in figures.items():
        at = (len(taken) // 2, int(len(taken) * 0.95), -1)
        print(f"| {name} | {' | '.join(f'{taken[place] * 1000:.1f}' for place in at)} |")


def times(ask: Ask, rounds: int) -> list[float]:
    """Seconds of each answer, in order of size."""
    for typed in TYPED * WARM:
        ask(typed)
    return sorted(_timed(ask, typed) for _ in range(rounds) for typed in TYPED)


def autocomplete(address: str) -> Ask:
    return lambda typed: _get(address, "package_autocomplete", q=typed, limit=10)


def suggestions(address: str) -> Ask:
    return lambda typed: _get(address, "orden_autocomplete", q=typed, limit=10)


def two_searches(address: str) -> Ask:
    """Organisations, then titles, by `package_search`: what `orden_autocomplete` was made of before its handler."""

    def ask(typed: str) -> None:
        words = typed.replace("　", r"\ ")
        organizations = f'organization_title:"{typed}" OR organization_title:{words}*'
        titles = f'title_exact:{words}*^8 OR title_ngram:"{typed}" OR title_yomi:{words}*^2'
        _post(address, {"q": organizations, "rows": 0, "facet.field": ["organization"], "facet.limit": 3})
        _post(address, {"q": titles, "fl": ["name", "title"], "rows": 10, "facet": "false"})

    return ask


def _timed(ask: Ask, typed: str) -> float:
    started = perf_counter()
    ask(typed)
    return perf_counter() - started


def _get(address: str, action: str, **parameters: Any) -> None:
    urllib.request.urlopen(f"{address}/api/3/action/{action}?{urlencode(parameters)}", timeout=60).read()


def _post(address: str, search: dict[str, Any]) -> None:
    body, headers = json.dumps(search).encode(), {"Content-Type": "application/json"}
    asked = urllib.request.Request(f"{address}/api/3/action/package_search", body, headers)
    urllib.request.urlopen(asked, timeout=60).read()
