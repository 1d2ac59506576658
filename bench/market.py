"""What offers cost: a search page, a dataset's page and API answers, without offers and with one on each dataset."""

from __future__ import annotations

import argparse
from statistics import median

from .sites import sites


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench market", description=__doc__)
    parser.add_argument("-n", type=int, default=2000, help="datasets, and offers")
    parser.add_argument("--rounds", type=int, default=40, help="how often each page is asked for")
    asked = parser.parse_args(arguments)
    found = sites()["ours"].measure("bench.market_run", str(asked.n), str(asked.rounds))
    print(f"{asked.n} datasets; the median over phases of the median of {asked.rounds} answers in one process,")
    print("without and with offers in turn; spread: the least and the most of the phases\n")
    print("| answer | without offers, ms | with offers, ms | with ÷ without | spread without, ms | spread with, ms |")
    print("| --- | --- | --- | --- | --- | --- |")
    for title, (without, offered) in found.items():
        middle = median(without), median(offered)
        spread = " | ".join(f"{min(phases):.1f}–{max(phases):.1f}" for phases in (without, offered))
        print(f"| {title} | {middle[0]:.1f} | {middle[1]:.1f} | {middle[1] / middle[0]:.2f} | {spread} |")
