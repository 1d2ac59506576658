"""A large catalogue beside stock's: rebuilding its index, searching it with one client and eight, typing, memory.

Two web workers of each site, one site after the other; every answer is asked for over HTTP by a new connection.
"""

from __future__ import annotations

import argparse
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice, zip_longest
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from .feed import BODIES, TOPICS
from .judged import read
from .search_run import FACETS
from .sites import Site, sites, workers
from .suggest import autocomplete, suggestions, table, times

CLIENTS = (1, 8)
ROUNDS = 5
WARM = 20
STOCKS = ("search-index", "rebuild", "--quiet")
OURS = ("orden", "rebuild-index")
TUNING = Path(__file__).parent / "data" / "tuning.json"
Times = dict[tuple[str, int], list[float]]


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench load", description=__doc__)
    parser.add_argument("-n", type=int, default=20_000, help="datasets")
    parser.add_argument("--tags", type=int, default=10_000, help="different tags, three on a dataset")
    parser.add_argument("--asked", type=int, default=240, help="searches of each kind")
    parser.add_argument("--only", choices=("index", "search"), help="measure that alone")
    asked = parser.parse_args(arguments)
    both = sites()
    for site in both.values():
        site.measure("bench.load_run", str(asked.n), str(asked.tags))
    print(f"{asked.n} datasets, {asked.tags} tags\n")
    if asked.only == "search":
        both["stock"].time("ckan", *STOCKS)
        both["ours"].time("ckan", *OURS)
    else:
        _show_index(both["stock"], both["ours"])
    if asked.only != "index":
        _show({name: _measured(both[name], asked.asked) for name in ("stock", "ours")})


def _show_index(stock: Site, ours: Site) -> None:
    """How long each command takes that makes the index anew, its start among it."""
    rows = [
        ("stock: `search-index rebuild`", stock, STOCKS),
        ("ours: `search-index rebuild`, no vector kept", ours, STOCKS),
        ("ours: `search-index rebuild`, again", ours, STOCKS),
        ("ours: `orden rebuild-index`, no vector kept", ours, OURS),
        ("ours: `orden rebuild-index`, again", ours, OURS),
    ]
    print("| index | s | ÷ stock's `rebuild` |\n| --- | --- | --- |")
    first = 0.0
    for name, site, command in rows:
        if "no vector" in name:
            site.measure("bench.load_run", "0", "0")
        took = site.time("ckan", *command)
        first = first or took
        print(f"| {name} | {took:.0f} | {took / first:.2f} |", flush=True)


def _show(figures: dict[str, tuple[Times, list[float]]]) -> None:
    (stock, before), (ours, after) = figures["stock"], figures["ours"]
    print("\n| searches | clients | stock p50 / p95, ms | ours p50 / p95, ms | ours ÷ stock |")
    print("| --- | --- | --- | --- | --- |")
    for kind, clients in ours:
        (low, high), (own_low, own_high) = middle(stock[kind, clients]), middle(ours[kind, clients])
        ratio = f"{own_low / low:.2f} / {own_high / high:.2f}"
        print(f"| {kind} | {clients} | {low:.1f} / {high:.1f} | {own_low:.1f} / {own_high:.1f} | {ratio} |")
    print(f"\nmemory of the web workers, MB: stock {before}, ours {after}", flush=True)


def middle(seconds: list[float]) -> tuple[float, float]:
    """The median and what 95 % stay below, in milliseconds."""
    return seconds[len(seconds) // 2] * 1000, seconds[int(len(seconds) * 0.95)] * 1000


def _measured(site: Site, many: int) -> tuple[Times, list[float]]:
    found: Times = {}
    with workers(site, 2) as served:
        for kind, some in kinds().items():
            searches = [some[number % len(some)] for number in range(many)]
            for clients in CLIENTS:
                _ask_all(served.address, searches[:WARM], clients)
                found[kind, clients] = sorted(_ask_all(served.address, searches, clients))
        typing = {"`package_autocomplete`": times(autocomplete(served.address), ROUNDS)}
        if site.name == "ours":
            typing["`orden_autocomplete`"] = times(suggestions(served.address), ROUNDS)
        print(f"\n{site.name}\n\n{table(typing)}", flush=True)
        return found, served.memory()


def kinds() -> dict[str, list[dict[str, Any]]]:
    """Searches of each kind."""
    words = [{"q": f"{body} {topic}"} for body in BODIES for topic in TOPICS]
    near = [{"q": query.q} for query in read(TUNING).queries]
    every = {
        "everything": [{}],
        "words that many hold": [*words, *({"q": topic} for topic in TOPICS)],
        "one organization": [{"fq": f"organization:clones{number}"} for number in range(10)],
        "page 50": [{"start": 980}],
        "visitors' words (tuning set)": near,
    }
    mixed = [search for some in zip_longest(*(islice(_again(some), 120) for some in every.values())) for search in some]
    return every | {"all kinds in turn": mixed}


def _again(some: Sequence[dict[str, Any]]) -> Any:
    while True:
        yield from some


def _ask_all(address: str, searches: Sequence[dict[str, Any]], clients: int) -> list[float]:
    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(partial(_asked, address), searches))


def _asked(address: str, search: dict[str, Any]) -> float:
    parameters = urlencode({"rows": 20, "facet.field": str(FACETS).replace("'", '"'), **search})
    started = perf_counter()
    with urllib.request.urlopen(f"{address}/api/3/action/package_search?{parameters}", timeout=120) as answer:
        answer.read()
    return perf_counter() - started
