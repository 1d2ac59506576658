"""A list of N rows handed in, applied, and both once more: seconds, memory, what was written."""

from __future__ import annotations

import argparse
from typing import Any

from .sites import sites


def row(title: str, step: dict[str, Any], size: int) -> str:
    figures = [
        f"{step['wall_s']:.1f}",
        f"{step['cpu_s']:.1f}",
        f"{size / step['wall_s']:.0f}",
        f"{step['peak_mb']:.0f}",
    ]
    said = ", ".join(f"{count} {name}" for name, count in step["counts"].items() if count)
    return " | ".join(["", title, *figures, str(step["sql"]), str(step["written"]), said, ""]).strip()


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench lists", description=__doc__)
    parser.add_argument("-n", type=int, default=5000, help="rows, each a dataset with one file; one of them is wrong")
    parser.add_argument("--xlsx", action="store_true", help="the list as an Excel file")
    options = parser.parse_args(arguments)
    found = sites()["ours"].measure("bench.lists_run", str(options.n), "xlsx" if options.xlsx else "csv")
    kind = "XLSX" if options.xlsx else "CSV"
    print(f"A list of {options.n} rows ({kind}, {found['bytes'] / 1e6:.1f} MB), one process, an empty catalogue\n")
    print("| step | s | CPU s | rows/s | peak MB | SQL | rows written in package, resource, activity | result |")
    print("|" + " --- |" * 8)
    for title, step in found["steps"].items():
        print(row(title, step, options.n))
