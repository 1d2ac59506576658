"""Quality and time of search through package_search, or quality through the search page: stock and ours in one run."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .judged import OWN
from .sites import sites

SHARED = Path(__file__).parents[2] / "shared" / "search_ja" / "dev.json"
COLUMNS = {"nDCG@10": "ndcg10", "recall@20": "recall20", "MRR": "mrr", "zero hits": "zero_hits", "honest": "honest"}


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench search", description=__doc__)
    parser.add_argument("sets", nargs="*", type=Path, help="judged sets (JSON); our own one when none is named")
    parser.add_argument("--page", action="store_true", help="ask the search page instead of the API")
    asked = parser.parse_args(arguments)
    paths = [str(path.resolve()) for path in asked.sets or default_sets()]
    how = ["--page"] if asked.page else []
    both = sites()
    figures: dict[str, Any] = {name: both[name].measure("bench.search_run", *how, *paths) for name in ("stock", "ours")}
    for path in paths:
        show(Path(path), figures["stock"][path], figures["ours"][path], page=asked.page)


def default_sets() -> list[Path]:
    """Our own set, and the one of the first experiments where it lies beside the clone."""
    return [OWN, *([SHARED] if SHARED.exists() else [])]


def show(path: Path, stock: dict[str, Any], ours: dict[str, Any], *, page: bool) -> None:
    """One table: a line a kind of query, optional kinds not in `all`; no page says in data that it has no answer."""
    columns = {name: key for name, key in COLUMNS.items() if not (page and key == "honest")}
    header = ["kind", "queries", *(f"{side} {name}" for name in columns for side in ("stock", "ours"))]
    print(f"\n{path.stem}\n\n| {' | '.join(header)} |\n|{' --- |' * len(header)}")
    for kind, score in ours["scores"].items():
        cells = (f"{side['scores'][kind][key]:.3f}" for key in columns.values() for side in (stock, ours))
        print(f"| {kind} | {score['queries']} | {' | '.join(cells)} |")
    for what in (key for key in ours if key != "scores"):
        print(f"\n{what}: stock {stock[what]}, ours {ours[what]}", end="")
    print(flush=True)
