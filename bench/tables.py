"""CPU seconds that a standard table of 100,000 rows takes to check, beside plain frictionless on the same file.

python -m bench.tables [ROWS]
"""

from __future__ import annotations

import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ckanext.orden.metadata.parsing.sheets import open_table
from ckanext.orden.metadata.tables.check import check
from ckanext.orden.metadata.tables.correct import csv_chunks
from ckanext.orden.metadata.tables.recognise import recognise
from ckanext.orden.metadata.tables.schema import descriptor
from ckanext.orden.metadata.tables.standards import standard

TABLE = "std-v3/13"
WRONG = 0.01
"""The share of rows with something to mend or to report."""


def make(path: Path, rows: int) -> None:
    """Public toilets that do not exist, always the same ones; one row in a hundred is written the way clerks write."""
    dice = random.Random(13)  # noqa: S311 - the same table each time
    chosen = standard(TABLE)
    assert chosen is not None  # noqa: S101
    with path.open("w", encoding="cp932", newline="") as file:
        writer = csv.DictWriter(file, [column.name for column in chosen.columns])
        writer.writeheader()
        for number in range(rows):
            writer.writerow(_row(number, dice))


def _row(number: int, dice: random.Random) -> dict[str, str]:
    block, house = dice.randrange(1, 9), dice.randrange(1, 40)
    row = {
        "全国地方公共団体コード": "272035",
        "ID": f"{number + 1:010}",
        "地方公共団体名": "豊中市",
        "名称": f"第{number + 1}公園公衆トイレ",
        "名称_カナ": "コウエンコウシュウトイレ",
        "所在地_全国地方公共団体コード": "272035",
        "所在地_連結表記": f"大阪府豊中市見本町{block}丁目{house}番{number % 30 + 1}号",
        "所在地_都道府県": "大阪府",
        "所在地_市区町村": "豊中市",
        "所在地_町字": f"見本町{block}丁目",
        "所在地_番地以下": f"{house}番{number % 30 + 1}号",
        "設置位置": "公園北側",
        "緯度": f"{dice.uniform(34.75, 34.82):.6f}",
        "経度": f"{dice.uniform(135.44, 135.50):.6f}",
        "男性トイレ総数": str(dice.randrange(5)),
        "女性トイレ総数": str(dice.randrange(5)),
        "バリアフリートイレ数": "1",
        "車椅子使用者用トイレ有無": "有",
        "利用開始時間": "09:00",
        "利用終了時間": "17:30",
    }
    if dice.random() < WRONG:
        row |= {"緯度": "北緯３４度", "利用開始時間": "9時", "男性トイレ総数": "２", "車椅子使用者用トイレ有無": "あり"}
    return row


def ours(path: Path) -> dict[str, float]:
    """Recognise and check, then write the corrected file."""
    started = time.process_time()
    table = open_table(path.read_bytes())
    match = recognise(table.rows(), name=path.name)
    found = check(table, match)
    checked = time.process_time()
    size = sum(map(len, csv_chunks(table, match)))
    corrected = time.process_time()
    return {
        "rows": found.rows,
        "errors": found.report.count("error"),
        "mended": found.mended,
        "check_s": checked - started,
        "correct_s": corrected - checked,
        "corrected_mb": size / 1e6,
    }


def plain(path: Path) -> dict[str, float]:
    """frictionless as its manual says, with the schema of the same table."""
    from frictionless import Resource, Schema, system  # noqa: PLC0415 - only the process that measures it loads it

    chosen = standard(TABLE)
    assert chosen is not None  # noqa: S101
    started = time.process_time()
    with system.use_context(trusted=True):
        source = Resource(path=str(path), encoding="cp932", schema=Schema.from_descriptor(descriptor(chosen)))
        report = source.validate(limit_errors=1_000_000)
    return {
        "rows": report.tasks[0].stats.get("rows", 0),
        "errors": report.stats["errors"],
        "check_s": time.process_time() - started,
    }


def main(arguments: list[str]) -> None:
    """Each in a process of its own, so that memory is its own."""
    if arguments[:1] == ["--one"]:
        found = {"ours": ours, "plain": plain}[arguments[1]](Path(arguments[2]))
        found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(found))
        return
    rows = int(arguments[0]) if arguments else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "272035_public_toilet.csv"
        make(path, rows)
        print(f"{rows:,} rows of {TABLE}, {path.stat().st_size / 1e6:.1f} MB of CP932")
        one, other = (_measured(name, path) for name in ("ours", "plain"))
    for name, found in (("orden", one), ("frictionless", other)):
        print(f"{name:13}" + "  ".join(f"{key} {value:,.1f}" for key, value in found.items()))
    print(f"orden takes {one['check_s'] / other['check_s']:.2f} of frictionless's time")


def _measured(name: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.tables", "--one", name, str(path)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])


if __name__ == "__main__":
    main(sys.argv[1:])
