"""The catalogue of N datasets as Turtle: pages, conditional requests, a whole walk and the dump, beside stock.

Both sites read the same database and the same Solr core; one web worker each, one after the other.
"""

from __future__ import annotations

import argparse
import gzip
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median
from typing import Any

import pyoxigraph as ox
from redis import Redis

from .feed import served
from .sites import Site, serving, sites

PAGE = 100
SAMPLE = 10
REPEAT = 30


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench catalogue", description=__doc__)
    parser.add_argument("-n", type=int, default=20_000, help="datasets with two files each")
    size = parser.parse_args(arguments).n
    both = sites()
    with served(size) as feed:
        loaded = both["ours"].measure("bench.harvest_run", "orden_dcat", feed, "first")["phases"]["first"]
    print(f"{size} datasets, harvested in {loaded['wall_s']:.0f} s (the parts of pages are made later, below)\n")
    measure(both["ours"], _reading_ours(both["ours"], both["stock"]), size)


def measure(ours: Site, stock: Site, size: int) -> None:
    """All but the load."""
    seconds: dict[str, float] = {}
    dumps = {"which makes the part of each dataset": ("ttl", "nt"), "again": ("ttl", "nt"), "as Turtle only": ("ttl",)}
    written: dict[str, Any] = {}
    for title, formats in dumps.items():
        written = ours.measure("bench.catalogue_run", *formats)
        seconds[title] = written["wall_s"]
        sizes = ", ".join(f"{ending} {size_ / 1e6:.1f} MB" for ending, size_ in written["files"].items())
        print(f"dump, {title}: {written['wall_s']:.1f} s, peak {written['peak_mb']:.0f} MB; {sizes} (gzip)", flush=True)
    parts = (seconds["which makes the part of each dataset"] - seconds["again"]) / size * 1000
    print(f"what publishing adds per harvested dataset: {parts:.1f} ms, in a job")
    data = written["data_json"]
    print(f"data.json: {data['wall_s']:.1f} s, peak {data['peak_mb']:.0f} MB, {data['size'] / 1e6:.1f} MB (gzip)")
    print(f"{written['triples']} triples\n")
    figures = {name: _pages(site, size) for name, site in (("stock", stock), ("ours", ours))}
    print("| | stock | ours | stock ÷ ours |\n| --- | --- | --- | --- |")
    for what in figures["ours"]:
        theirs, own = figures["stock"].get(what), figures["ours"][what]
        cells = [f"{theirs:.1f}", f"{own:.1f}", f"{theirs / own:.1f}"] if theirs else ["–", f"{own:.1f}", "–"]
        print(f"| {what} | {' | '.join(cells)} |")
    walk = figures["stock"]["whole walk, ms"] / 1000
    own = written["wall_s"]
    print(f"| stock's walk and our dump as Turtle, s | {walk:.1f} | {own:.1f} | {walk / own:.1f} |", flush=True)


def _reading_ours(ours: Site, stock: Site) -> Site:
    """Stock's plugins on the database and the index of ours."""
    text = Path(stock.ini).read_text()
    for name in ("sqlalchemy.url", "solr_url", "ckan.site_id"):
        text = text.replace(f"{name} = {_option(stock, name)}\n", f"{name} = {_option(ours, name)}\n")
    path = Path(stock.ini).with_name("stock-reading.ini")
    path.write_text(text)
    return Site("stock", str(path), stock.environment)


def _option(site: Site, name: str) -> str:
    lines = Path(site.ini).read_text().splitlines()
    return next(line.partition(" = ")[2] for line in lines if line.startswith(f"{name} = "))


def _pages(site: Site, size: int) -> dict[str, float]:
    """Milliseconds of single pages spread over the catalogue, then of a whole walk."""
    last = -(-size // PAGE)
    numbers = sorted({1 + step * (last - 1) // max(SAMPLE - 1, 1) for step in range(SAMPLE)})
    with serving(site) as address:
        _forget(site)
        paths = [f"{address}/catalog.ttl?page={number}" for number in numbers]
        cold = [_timed(path)[0] for path in paths]
        warm, conditional = [], []
        for path in paths:
            warm += [_timed(path)[0] for _ in range(REPEAT // SAMPLE)]
            etag = _timed(path)[1].get("ETag")
            if etag:
                conditional += [_timed(path, {"If-None-Match": etag})[0] for _ in range(REPEAT // SAMPLE)]
        _forget(site)
        found = {
            "triples a page": float(median(_triples(path) for path in paths)),
            "page cold, ms": median(cold),
            "page warm, ms": median(warm),
        }
        found["whole walk, ms"] = _walk(f"{address}/catalog.ttl", last)
        if conditional:
            found["304, ms (median)"] = median(conditional)
            found["304, ms (95 %)"] = sorted(conditional)[int(len(conditional) * 0.95) - 1]
        return found


def _triples(address: str) -> int:
    with urllib.request.urlopen(address, timeout=180) as answer:
        return sum(1 for _ in ox.parse(answer.read(), format=ox.RdfFormat.TURTLE))


def _walk(address: str, pages: int) -> float:
    begin = time.perf_counter()
    for number in range(1, pages + 1):
        _timed(f"{address}?page={number}")
    return (time.perf_counter() - begin) * 1000


def _timed(address: str, headers: dict[str, str] | None = None) -> tuple[float, dict[str, str]]:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip", **(headers or {})})
    body, begin = b"", time.perf_counter()
    try:
        with urllib.request.urlopen(request, timeout=180) as answer:
            body, told = answer.read(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        if error.code != 304:
            raise
        told = dict(error.headers)
    milliseconds = (time.perf_counter() - begin) * 1000
    text = gzip.decompress(body) if told.get("Content-Encoding") == "gzip" else body
    if body and b" a dcat:Dataset" not in text:
        raise RuntimeError(f"{address} holds no dataset")
    return milliseconds, told


def _forget(site: Site) -> None:
    """Empty the pages that are kept."""
    store = Redis.from_url(_option(site, "ckan.redis.url"))
    for key in store.scan_iter("orden:dcat:page:*"):
        store.delete(key)
