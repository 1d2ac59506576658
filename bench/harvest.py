"""Harvests of the same feed by stock and by orden, one worker each, one after the other on one stack, in one run."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
import urllib.request
from statistics import quantiles
from typing import Any
from urllib.parse import quote

from .feed import served
from .sites import Site, serving, sites

TYPES = {"DCAT": {"stock": "dcat_rdf", "ours": "orden_dcat"}, "CKAN": {"stock": "ckan", "ours": "orden_ckan"}}
PHASES = {"DCAT": ["first", "unchanged", "changed"], "CKAN": ["first", "unchanged", "changed", "full"]}
TITLES = {
    "first": "first load",
    "unchanged": "nothing changed",
    "changed": "1 % changed",
    "full": "nothing changed, all compared",
}
FIGURES = {
    "s": "wall_s",
    "SQL": "sql",
    "transactions": "commits",
    "Solr docs": "solr_adds",
    "Solr commits": "solr_commits",
}
QUERIES = ("避難所", "大阪市 人口", "AED", "公園", "予算 堺市")
ASKED = 200


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench harvest", description=__doc__)
    parser.add_argument("-n", type=int, default=1000, help="datasets in the feed")
    parser.add_argument("--kind", choices=TYPES, help="only this kind of source")
    parser.add_argument("--beside", type=int, default=0, help="other datasets that both sites have before")
    parser.add_argument("--helped", action="store_true", help="the first load of ours once more, with a second worker")
    parser.add_argument("--searching", action="store_true", help="how long searches take beside a harvest of ours")
    parser.add_argument("--memory", type=int, default=0, help="datasets of a harvest whose peak of memory is measured")
    asked = parser.parse_args(arguments)
    both = sites()
    for site in both.values():
        if asked.beside:
            site.measure("bench.clones", str(asked.beside))
    for title in [asked.kind] if asked.kind else list(TYPES):
        stocks = _compare(both, asked.n, asked.beside, title)
        if asked.helped:
            _help(both["ours"], asked.n, title, stocks)
    if asked.searching:
        _search(both["ours"], asked.n)
    if asked.memory:
        _remember(both["ours"], asked.memory)


def _compare(both: dict[str, Site], size: int, beside: int, title: str) -> float:
    """All phases of one kind; the seconds of stock's first load."""
    print(f"\n{size} datasets with two files each beside {beside} others, one worker, the same feed\n")
    columns = [f"{name} {figure}" for name in ("stock", "ours") for figure in (*FIGURES, "MB")]
    header = ["", *columns, "transactions each, ours", "stock ÷ ours"]
    print("| " + " | ".join(header) + " |\n|" + " --- |" * len(header), flush=True)
    types, wanted = TYPES[title], PHASES[title]
    with served(size) as feed:
        run = {name: both[name].measure("bench.harvest_run", kind, feed, *wanted) for name, kind in types.items()}
    for phase in wanted:
        print(_row(f"{title}: {TITLES[phase]}", size, run, phase), flush=True)
    return run["stock"]["phases"]["first"]["wall_s"]


def _row(title: str, size: int, run: dict[str, Any], phase: str) -> str:
    cells = [title]
    for name in ("stock", "ours"):
        figures = run[name]["phases"][phase]
        cells += [f"{figures[key]:.2f}" if key == "wall_s" else str(figures[key]) for key in FIGURES.values()]
        cells.append(f"{figures['peak_mb']:.0f}")
    stock, ours = (run[name]["phases"][phase] for name in ("stock", "ours"))
    cells += [f"{ours['commits'] / size:.3f}", f"{stock['wall_s'] / ours['wall_s']:.1f}"]
    return "| " + " | ".join(cells) + " |"


def _help(ours: Site, size: int, title: str, stocks: float) -> None:
    """The first load, while a second worker has nothing else to do."""
    command = [sys.executable, "-m", "bench.helper_run"]
    with served(size) as feed, subprocess.Popen(command, env=ours.surroundings) as helper:
        try:
            time.sleep(8)  # the process starts
            found = ours.measure("bench.harvest_run", TYPES[title]["ours"], feed, "first")["phases"]["first"]
        finally:
            helper.terminate()
    print(f"\n{title}: first load, two workers: {found['wall_s']:.2f} s, {stocks / found['wall_s']:.1f}", flush=True)


def _search(ours: Site, size: int) -> None:
    """Searches over HTTP while nothing else happens, and while a worker of low priority harvests."""
    with serving(ours) as address, served(size) as feed:
        quiet = [_searched(address, number) for number in range(ASKED)]
        command = ["/usr/bin/env", "nice", sys.executable, "-m", "bench.harvest_run", "orden_dcat", feed, "first"]
        with subprocess.Popen(command, env=ours.surroundings, stdout=subprocess.PIPE, text=True) as work:
            time.sleep(8)  # the process starts
            busy = []
            while work.poll() is None and len(busy) < ASKED:
                busy.append(_searched(address, len(busy)))
            work.wait()
    edges = [quantiles(times, n=20)[18] for times in (quiet, busy)]
    print(f"\nsearch, 95 %: quiet {edges[0]:.0f} ms, beside a harvest {edges[1]:.0f} ms ({len(busy)} asked), ", end="")
    print(f"{edges[1] / edges[0]:.2f}×", flush=True)


def _searched(address: str, number: int) -> float:
    url = f"{address}/api/3/action/package_search?q={quote(QUERIES[number % len(QUERIES)])}&rows=20&start={number % 40}"
    begin = time.perf_counter()
    with urllib.request.urlopen(url, timeout=60) as answer:
        json.load(answer)
    return (time.perf_counter() - begin) * 1000


def _remember(ours: Site, size: int) -> None:
    with served(size) as feed:
        found = ours.measure("bench.harvest_run", "orden_dcat", feed, "first", "unchanged")["phases"]
    for phase, figures in found.items():
        seconds, peak = figures["wall_s"], figures["peak_mb"]
        print(
            f"{size} datasets, {TITLES[phase]}: {seconds:.0f} s, {size / seconds:.0f}/s, peak {peak:.0f} MB", flush=True
        )
