"""First, unchanged and 1 %-changed harvest: stock and ours on the same feed and the same stack, in one run."""

from __future__ import annotations

import argparse
from typing import Any

from .feed import served
from .sites import sites

TYPES = {"DCAT": {"stock": "dcat_rdf", "ours": "orden_dcat"}, "CKAN": {"stock": "ckan", "ours": "orden_ckan"}}
PHASES = ["first", "unchanged", "changed"]


def row(title: str, phase: str, size: int, stock: dict[str, Any], ours: dict[str, Any]) -> str:
    cells = [f"{title} {phase}"]
    for figures in (stock, ours):
        cells += [f"{figures['wall_s']:.2f}", f"{size / figures['wall_s']:.1f}", f"{figures['sql'] / size:.2f}"]
        cells += [f"{figures['commits'] / size:.2f}", str(figures["solr_adds"]), str(figures["objects"])]
    return " | ".join(["", *cells, f"{stock['wall_s'] / ours['wall_s']:.1f}", ""]).strip()


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench harvest", description=__doc__)
    parser.add_argument("-n", type=int, default=200, help="datasets in the feed")
    size = parser.parse_args(arguments).n
    both = sites()
    names = ["s", "datasets/s", "SQL each", "commits each", "Solr adds", "new objects"]
    header = ["", *(f"stock {name}" for name in names), *(f"ours {name}" for name in names), "stock ÷ ours"]
    print(f"{size} datasets with two files each, one worker, the same feed, PostgreSQL, Redis and Solr\n")
    print("| " + " | ".join(header) + " |\n|" + " --- |" * len(header))
    with served(size) as feed:
        for title, types in TYPES.items():
            run = {name: both[name].measure("bench.harvest_run", kind, feed, *PHASES) for name, kind in types.items()}
            for phase in PHASES:
                print(row(title, phase, size, *(run[name]["phases"][phase] for name in ("stock", "ours"))), flush=True)
