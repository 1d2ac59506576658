"""The pages of a large catalogue beside stock's: home, search, datasets; one client and eight; how heavy each is.

Two web workers of each site, page by page in turn; every page is asked for by a new connection, without its files.
"""

from __future__ import annotations

import argparse
import gzip
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from urllib.parse import quote

from .feed import BODIES, TOPICS
from .load import CLIENTS, WARM, middle
from .sites import sites, workers

Answers = list[tuple[float, int]]
"""Seconds and weight of each answer."""


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench pages", description=__doc__)
    parser.add_argument("-n", type=int, default=20_000, help="datasets")
    parser.add_argument("--tags", type=int, default=10_000, help="different tags, three on a dataset")
    parser.add_argument("--asked", type=int, default=120, help="how often each page is asked for")
    asked = parser.parse_args(arguments)
    both = sites()
    for site in both.values():
        site.measure("bench.load_run", str(asked.n), str(asked.tags))
    both["stock"].time("ckan", "search-index", "rebuild", "--quiet")
    both["ours"].time("ckan", "orden", "rebuild-index")
    with workers(both["stock"], 2) as stock, workers(both["ours"], 2) as ours:
        _show(asked.n, _measured((stock.address, ours.address), asked.n, asked.asked))


def pages(size: int) -> dict[str, list[str]]:
    """Addresses of each kind of page."""
    words = [quote(f"{body} {topic}") for body in BODIES for topic in TOPICS]
    return {
        "home": ["/"],
        "search, everything": ["/dataset/"],
        "search, words": [f"/dataset/?q={word}" for word in words],
        "search, an organization": [f"/dataset/?organization=clones{number}" for number in range(10)],
        "search, page 50": ["/dataset/?page=50"],
        "dataset": [f"/dataset/clone-{number:06d}" for number in range(0, size, max(1, size // 120))],
    }


def _measured(addresses: tuple[str, str], size: int, many: int) -> Iterator[tuple[str, int, list[Answers]]]:
    """What both sites answer, page by page in turn."""
    for kind, some in pages(size).items():
        paths = [some[number % len(some)] for number in range(many)]
        for clients in CLIENTS:
            found = []
            for address in addresses:
                _ask_all(address, paths[:WARM], clients)
                found.append(sorted(_ask_all(address, paths, clients)))
            yield kind, clients, found


def _ask_all(address: str, paths: list[str], clients: int) -> Answers:
    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(_asked, [address + path for path in paths]))


def _asked(address: str) -> tuple[float, int]:
    started = perf_counter()
    with urllib.request.urlopen(address, timeout=120) as answer:
        page = answer.read()
    return perf_counter() - started, len(gzip.compress(page))


def _show(size: int, measured: Iterable[tuple[str, int, list[Answers]]]) -> None:
    print(f"{size} datasets\n")
    print("| page | clients | stock p50 / p95, ms | ours p50 / p95, ms | stock ÷ ours | kB gzipped |")
    print("| --- | --- | --- | --- | --- | --- |")
    for kind, clients, (stock, ours) in measured:
        (low, high), (own_low, own_high) = (middle([took for took, _ in answers]) for answers in (stock, ours))
        weights = ", ".join(f"{max(weight for _, weight in answers) / 1000:.1f}" for answers in (stock, ours))
        print(
            f"| {kind} | {clients} | {low:.0f} / {high:.0f} | {own_low:.0f} / {own_high:.0f} "
            f"| {low / own_low:.2f} / {high / own_high:.2f} | {weights} |",
            flush=True,
        )
