"""Recognition: on headers as they vary, and measured on the captures against a written truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from ckanext.orden.errors import SourceError
from ckanext.orden.metadata.parsing.sheets import Row, open_table
from ckanext.orden.metadata.tables.recognise import Match, recognise
from ckanext.orden.metadata.tables.standards import Standard, standard, standards
from metadata.tables.truth import OWN, TRUTH

FEEDS = Path(__file__).parents[4] / "shared" / "feeds"
SUFFIXES = {".csv", ".tsv", ".xlsx"}
captures = pytest.mark.skipif(not FEEDS.is_dir(), reason="the captures are not beside this checkout")


def header(identifier: str) -> list[str]:
    found = standard(identifier)
    assert found
    return [column.name for column in found.columns]


def told(*rows: Sequence[str], name: str = "", title: str = "") -> Match | None:
    return recognise([Row(number, list(cells)) for number, cells in enumerate(rows, 1)], name=name, title=title)


@pytest.mark.parametrize("identifier", [found.id for found in standards()])
def test_its_own_header_is_recognised_for_certain(identifier: str):
    match = told(header(identifier))
    assert match
    assert (match.standard.id, match.certain, match.complete, match.lacking) == (identifier, True, True, [])


@pytest.mark.parametrize(
    "change",
    [
        lambda cells: [*cells, "公開日", "区"],
        lambda cells: [cell for cell in cells if cell not in ("備考", "画像_ライセンス", "町字ID")],
        lambda cells: list(reversed(cells)),
        lambda cells: [f" {cell}◎" for cell in cells],
        lambda cells: [cell.replace("_", "＿").replace("トイレ", "ﾄｲﾚ") for cell in cells],
        lambda cells: [cell.replace("バリアフリー", "多機能").replace("連結表記", "連結標記") for cell in cells],
    ],
    ids=["more", "fewer", "order", "marks", "width", "old words"],
)
def test_headers_as_publishers_write_them_are_recognised(change: Callable[[list[str]], list[str]]):
    match = told(change(header("std-v3/13")))
    assert match
    assert (match.standard.id, match.certain) == ("std-v3/13", True)


def test_physical_names_are_another_spelling():
    found = standard("std-v3/13")
    assert found
    match = told([column.physical for column in found.columns])
    assert match
    assert (match.standard.id, match.certain, match.complete) == ("std-v3/13", True, False)
    assert ("wheelchair_wc", "車椅子使用者用トイレ有無") in match.spelled


def test_the_header_is_found_under_titles_and_comments():
    rows = [["公衆トイレ一覧"], ["#LINK", "x"], ["令和8年4月1日現在", ""], header("std-v3/13"), ["272035"]]
    match = told(*rows)
    assert match
    assert match.header.number == 4


def test_generations_of_one_table_are_told_apart():
    for identifier in ("std-v3/05", "area-2026/05", "legacy-2017/05"):
        match = told(header(identifier), name="272035_preschool.csv")
        assert match
        assert match.standard.id == identifier
        assert match.runner_up.endswith("/05")


def test_name_title_and_keywords_support_a_header_that_is_not_enough():
    cells = [cell for index, cell in enumerate(header("std-v3/08")) if index % 5 != 2]
    alone, supported = told(cells), told(cells, name="272035_aed.csv", title="豊中市AED設置箇所一覧")
    assert alone
    assert supported
    assert supported.score > alone.score


def test_name_and_title_alone_prove_nothing():
    assert told(["施設名", "場所", "電話"], name="272035_aed.csv", title="AED設置箇所一覧") is None


def test_a_likely_table_requires_nothing():
    cells = ["名称", "住所", "設置位置", "利用可能曜日", "開始時間", "終了時間", "小児対応設備の有無", "電話番号"]
    match = told(cells)
    assert match
    assert (match.certain, match.complete) == (False, False)
    assert not any(column.must_be_filled for column in match.columns if column)


@pytest.mark.parametrize("cells", [[], [""], ["名称"], ["a", "b", "c"], ["名称", "緯度", "経度", "URL", "備考"]])
def test_general_columns_are_no_standard_table(cells: list[str]):
    assert told(cells or [""]) is None


@cache
def tables() -> list[tuple[str, list[Row]]]:
    """The first rows of each capture that is a table."""
    found = []
    for path in sorted(path for path in FEEDS.rglob("*") if path.suffix in SUFFIXES and path.name != "INDEX.csv"):
        try:
            found.append((str(path.relative_to(FEEDS)), list(islice(open_table(path.read_bytes()).rows(), 40))))
        except SourceError:
            continue
    return found


def judged(among: Sequence[Standard] = ()) -> Iterator[tuple[str, str, Match | None]]:
    for name, rows in tables():
        yield name, TRUTH.get(name, ("", ""))[0], recognise(rows, name=Path(name).name, among=among)


def figures(among: Sequence[Standard] = ()) -> dict[str, float]:
    rows = [(truth, match and match.standard, bool(match and match.certain)) for _, truth, match in judged(among)]
    wanted = [row for row in rows if row[0]]
    told = [row for row in rows if row[1]]
    right = [row for row in told if row[0] and row[1] and row[0].split("/")[1] == row[1].number]
    exact = [row for row in right if row[1] and row[1].id == row[0]]
    certain = [row for row in told if row[2]]
    return {
        "files": len(rows),
        "tables": len(wanted),
        "precision": len(right) / len(told),
        "recall": len(right) / len(wanted),
        "generation": len(exact) / len(right),
        "certain": len(certain),
        "precision of certain": len([row for row in right if row[2]]) / len(certain),
        "recall of certain": len([row for row in right if row[2]]) / len(wanted),
    }


@captures
def test_captures_are_recognised_as_the_truth_says():
    found = figures()
    print({name: round(value, 3) for name, value in found.items()})
    assert (found["files"], found["tables"]) == (81, 45)
    assert (found["precision of certain"], found["generation"], found["recall"]) == (1.0, 1.0, 1.0)
    assert found["precision"] >= 0.93
    assert found["recall of certain"] >= 0.9


@captures
def test_tables_whose_header_we_know_from_the_captures_do_not_carry_the_result():
    learned = ("file of", "header of")
    found = figures([known for known in standards() if not known.origin.startswith(learned)])
    print({name: round(value, 3) for name, value in found.items()})
    assert found["precision of certain"] >= 0.9
    assert found["recall"] >= 0.8


@captures
def test_what_comes_close_is_never_certain():
    certain = {name for name, truth, match in judged() if match and match.certain and not truth}
    assert certain == set()
    assert set(OWN) <= {name for name, _, _ in judged()}
