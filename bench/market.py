"""What offers cost: a search page, a dataset's page and API answers, without offers and with one on each dataset."""

from __future__ import annotations

import argparse

from .sites import sites


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench market", description=__doc__)
    parser.add_argument("-n", type=int, default=2000, help="datasets, and offers")
    parser.add_argument("--rounds", type=int, default=40, help="how often each page is asked for")
    asked = parser.parse_args(arguments)
    found = sites()["ours"].measure("bench.market_run", str(asked.n), str(asked.rounds))
    print(f"{asked.n} datasets; the median of {asked.rounds} answers in one process\n")
    print("| answer | without offers, ms | with offers, ms | with ÷ without | the same without, asked again, ms |")
    print("| --- | --- | --- | --- | --- |")
    for title, (without, offered, again) in found.items():
        ratio = offered / ((without + again) / 2)
        print(f"| {title} | {without:.1f} | {offered:.1f} | {ratio:.2f} | {again:.1f} |")
