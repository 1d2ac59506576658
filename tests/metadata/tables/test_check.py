import json
import time
from pathlib import Path
from typing import Any

import pytest
from ckanext.orden.errors import SourceError
from ckanext.orden.metadata.parsing.sheets import open_table
from ckanext.orden.metadata.tables.check import Checked, check
from ckanext.orden.metadata.tables.correct import csv_chunks, safe
from ckanext.orden.metadata.tables.recognise import recognise
from ckanext.orden.metadata.tables.standards import standard
from metadata.parsing.packs import book

from bench.tables import make

FEEDS = Path(__file__).parents[4] / "shared" / "feeds"
GOOD = {
    "全国地方公共団体コード": "272035",
    "ID": "1",
    "名称": "本町公園",
    "所在地_連結表記": "大阪府豊中市本町1丁目1番1号",
    "設置位置": "北側",
    "緯度": "34.78",
    "経度": "135.47",
}


def table(*rows: dict[str, str], encoding: str = "utf-8", more: str = "", without: str = "") -> bytes:
    found = standard("std-v3/13")
    assert found
    names = [column.name for column in found.columns if column.name != without]
    lines = [names + ([more] if more else [])]
    lines += [[{**GOOD, **row}.get(name, "") for name in lines[0]] for row in rows]
    return "\r\n".join(",".join(cells) for cells in lines).encode(encoding)


def checked(data: bytes, **options: Any) -> Checked:
    read = open_table(data)
    return check(read, recognise(read.rows()), **options)


def said(found: Checked, severity: str = "") -> dict[tuple[str, str], str]:
    """What was found, by code and column, in English."""
    issues = [issue for issue in found.report.issues if severity in ("", issue.severity)]
    return {(issue.code, issue.field): issue.message["en"] for issue in issues}


def codes(found: Checked, severity: str = "") -> set[str]:
    return {code for code, _ in said(found, severity)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_whole_table_without_errors_conforms(encoding: str):
    found = checked(table({}, {"ID": "2"}, encoding=encoding))
    assert (found.conforms, found.rows, said(found)) == (True, 2, {})
    assert (found.report.level, found.report.checked) == ("std-v3/13", 2)


def test_wrong_cells_are_counted_and_named_by_row_and_column():
    rows = [{"ID": str(number), "緯度": "本町" if number > 2 else "34.7"} for number in range(1, 11)]
    found = checked(table(*rows, {"ID": "11", "設置位置": ""}))
    assert said(found) == {
        ("table.coordinate", "緯度"): "“緯度” has 8 values that are not coordinates (rows 4, 5, 6, 7, 8 and more).",
        ("table.required", "設置位置"): "“設置位置” has 1 empty cells in a column that must be filled (row 12).",
    }
    issue = next(issue for issue in found.report.issues if issue.field == "緯度")
    assert issue.message["ja"] == "列「緯度」に緯度・経度として読めない値が8件あります（4, 5, 6, 7, 8行目ほか）。"
    assert issue.hint["ja"].startswith("10進の度で")
    assert [cell.row for cell in found.cells] == [4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert not found.conforms


def test_what_is_only_spelt_otherwise_is_a_note_and_can_be_mended():
    found = checked(table({"緯度": "３４．７８", "利用開始時間": "9:00", "車椅子使用者用トイレ有無": "あり"}))
    assert {issue.severity for issue in found.report.issues} == {"info"}
    assert (found.mended, found.conforms) == (3, True)


def test_columns_of_the_publishers_own_are_notes():
    found = checked(table({}, more="最寄り駅"))
    assert codes(found) == {"table.columns_own"}
    assert found.conforms


def test_a_missing_required_column_is_an_error():
    found = checked(table({}, without="設置位置"))
    assert codes(found, "error") == {"table.column_missing"}


def test_missing_columns_are_notes_where_nobody_knows_what_is_required():
    found_standard = standard("std-v3/12")
    assert found_standard
    header = ",".join(column.name for column in found_standard.columns if column.name != "備考")
    found = checked(f"{header}\n270008{',' * (len(found_standard.columns) - 2)}\n".encode())
    assert codes(found) == {"table.columns_missing"}
    assert not found.conforms


def test_an_id_that_occurs_twice_is_a_warning():
    assert "(row 3)" in said(checked(table({}, {})), "warning")["table.duplicate", "ID"]


def test_rows_of_another_width_are_named():
    data = table({}) + b"\r\n272035,2\r\n" + table({}).split(b"\r\n")[1] + b",x"
    found = said(checked(data))
    assert found["table.row_short", ""] == "1 rows are shorter than the header (row 3)."
    assert found["table.row_long", ""] == "1 rows are longer than the header (row 4)."


def test_double_and_nameless_columns_are_named():
    found = checked(b"\xef\xbb\xbf" + "名称,名称,,場所\na,b,c,d\n".encode())
    assert codes(found) == {"table.unknown", "table.column_double", "table.column_unnamed"}


def test_the_row_of_obligations_and_comments_are_no_data():
    data = table({}).split(b"\r\n")
    found = checked(b"\r\n".join([data[0], "推奨,推奨,任意,必須".encode(), b"# note", data[1]]))
    assert found.rows == 1


def test_titles_above_the_header_are_a_note():
    found = checked("公衆トイレ一覧,,\n".encode() + table({}))
    assert codes(found) == {"table.above_header"}


def test_a_header_without_rows_is_an_error():
    assert codes(checked(table()), "error") == {"table.no_rows"}


def test_more_rows_than_the_limit_are_left_and_said():
    found = checked(table(*({"ID": str(number)} for number in range(50))), max_rows=20)
    assert (found.rows, codes(found)) == (20, {"table.too_many_rows"})


def test_notes_on_the_file_stand_in_the_report():
    found = checked(book([["名称", "場所"], ["=1+1", "x"]]))
    assert "table.empty_formula" in codes(found)


def test_a_line_that_cannot_be_read_ends_the_check_with_its_reason():
    with pytest.raises(SourceError, match="never closed"):
        checked(table({}, {"名称": '"本町'}))


def test_cells_are_kept_as_examples_only():
    found = checked(table(*({"ID": str(number), "緯度": "x"} for number in range(1000))))
    assert len(found.cells) == 200
    assert "1000件" in next(issue.text("ja") for issue in found.report.issues)
    assert len(json.dumps(found.as_dict())) < 100_000


def test_filled_readings_are_counted_over_all_rows():
    rows = [{"名称_カナ": "ホンマチコウエン"}] * 30 + [{"名称_カナ": " "}, {}]
    found = checked(table(*rows))
    assert (found.rows, found.readings["名称_カナ"]) == (32, 30)
    assert found.as_dict()["readings"] == found.readings
    assert checked(table({}, without="名称_カナ")).readings.get("名称_カナ") is None


def test_the_json_face_has_everything_that_pages_show():
    found = checked(table({"緯度": "x"})).as_dict()
    assert (found["standard"], found["certain"], found["conforms"], found["valid"]) == ("std-v3/13", True, False, False)
    assert found["title"]["ja"] == "自治体標準オープンデータセット「公衆トイレ一覧」"
    assert found["cells"][0] == {
        "row": 2, "column": "緯度", "value": "x", "problem": "coordinate", "severity": "error", "better": "",
    }  # fmt: skip
    assert found["preview"][0][:4] == ["272035", "1", "", "本町公園"]


def test_the_corrected_file_has_the_standards_names_and_spellings():
    data = table({"緯度": "３４．７８", "名称": " 本町公園 "}, encoding="cp932", more="最寄り駅")
    data = data.replace("バリアフリートイレ数".encode("cp932"), "多機能トイレ数".encode("cp932"))
    read = open_table(data)
    text = b"".join(csv_chunks(read, recognise(read.rows())))
    assert text.startswith(b"\xef\xbb\xbf")
    again = open_table(text)
    found = check(again, recognise(again.rows()))
    assert (found.conforms, codes(found)) == (True, {"table.columns_own"})
    assert [row.cells[3] for row in again.rows()][1] == "本町公園"


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "-A1"])
def test_a_text_that_is_a_formula_becomes_a_text(text: str):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-3", "+5", "-1.5", "-", "-1,200", "+81-6-6941-0351", "-50%", "本町=1", ""])
def test_numbers_are_never_damaged(text: str):
    assert safe(text) == text


def test_a_hundred_thousand_rows_are_checked_in_fifteen_seconds(tmp_path: Path):
    path = tmp_path / "272035_public_toilet.csv"
    make(path, 100_000)
    started = time.process_time()
    found = checked(path.read_bytes())
    assert time.process_time() - started < 15
    assert (found.rows, found.mended) == (100_000, 2979)


@pytest.mark.skipif(not FEEDS.is_dir(), reason="the captures are not beside this checkout")
def test_every_capture_is_checked_without_a_crash():
    rows = errors = refused = 0
    for path in sorted(FEEDS.rglob("*")):
        if path.suffix not in {".csv", ".tsv", ".xlsx"} or path.name == "INDEX.csv":
            continue
        try:
            found = checked(path.read_bytes())
        except SourceError:
            refused += 1
            continue
        rows += found.rows
        errors += found.report.count("error")
        json.dumps(found.as_dict())
    assert refused == 1
    assert rows > 14_000
