import datetime as dt
import io
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from ckanext.orden.errors import SourceError
from ckanext.orden.metadata.parsing import workbook_parts
from ckanext.orden.metadata.parsing.workbooks import read_workbook
from metadata.parsing.packs import ROWS, SHEET, STRINGS, book, repacked


def texts(data: bytes) -> list[list[str]]:
    return [cells for _, cells in read_workbook(data).rows()]


def codes(data: bytes) -> dict[str, str]:
    return {issue.code: issue.message["en"] for issue in read_workbook(data).issues}


def refused(data: bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        list(read_workbook(data).rows())
    assert re.search("[ぁ-ん]", caught.value.texts["ja"])
    return caught.value


def test_cells_are_read_as_a_person_reads_them():
    values = [dt.datetime(2024, 4, 1), dt.datetime(2024, 4, 1, 9, 30), dt.time(9, 0), dt.timedelta(hours=24), 34.0]
    row = texts(book([["い", *values, 0.1, True, None, "", "末"]]))[0]
    assert row == ["い", "2024-04-01", "2024-04-01 09:30:00", "09:00", "24:00", "34", "0.1", "TRUE", "", "", "末"]


def test_rows_keep_their_number_in_the_sheet_and_can_be_walked_twice():
    sheet = read_workbook(book([["a"], [], ["b"]]))
    assert list(sheet.rows()) == list(sheet.rows()) == [(1, ["a"]), (3, ["b"])]


def test_formula_without_a_stored_result_is_empty_and_named():
    data = book([["計"], ["=1+1"], ["=A2*2"], [3]])
    assert texts(data) == [["計"], ["3"]]
    assert codes(data) == {"table.empty_formula": "2 formulas have no stored result and were read as empty (A2, A3)."}


def test_formula_with_a_stored_result_is_that_result():
    data = repacked(book([["=1+1"]]), {SHEET: lambda xml: xml.replace(b"<v></v>", b"<v>2</v>")})
    assert (texts(data), codes(data)) == ([["2"]], {})


def test_many_empty_formulas_are_counted_once_each_across_blocks(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workbook_parts, "_BLOCK", 500)
    found = workbook_parts.inspect(book([["=1+1", "=2+2", "x"]] * 200)).formulas
    assert (found.count, found.first) == (400, ["A1", "B1", "A2", "B2", "A3"])


def test_merged_header_is_a_warning_that_names_the_cells():
    def merge(made: Any) -> None:
        made.active.merge_cells("A1:B1")

    assert codes(book(ROWS, merge)) == {
        "table.merged": "1 merged cells were read as if only their first cell had the value (A1:B1)."
    }


def test_hidden_sheet_is_not_read_and_named():
    def hide(made: Any) -> None:
        made.active.sheet_state = "hidden"
        made.create_sheet("公開").append(["名称"])
        made.create_sheet("別表").append(["別"])

    data = book([["秘密"]], hide)
    assert texts(data) == [["名称"]]
    assert set(codes(data)) == {"table.hidden_sheet", "table.other_sheet"}


def test_only_hidden_sheets_are_refused():
    def hide(made: Any) -> None:
        made.active.sheet_state = "veryHidden"
        made.create_sheet("空")

    assert "hidden" in str(refused(book([["秘密"]], hide)))


def test_a_sheet_without_cells_is_refused():
    assert "No sheet" in str(refused(book([])))


def test_ten_thousand_columns_are_refused_wherever_they_stand():
    assert "10000 columns" in str(refused(book([["x"] * 10_000])))
    assert "2000 columns" in str(refused(book([*ROWS, ["x"] * 2_000])))


def test_a_million_formatted_blank_rows_end_the_sheet_early():
    last = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    far = repacked(book(), {SHEET: lambda xml: xml.replace(b"</sheetData>", last)})
    assert texts(far) == [["名称", "緯度"], ["本町公園", "34.6863"], ["中之島", "34"]]


def test_old_excel_and_passwords_are_told_apart_from_broken_files():
    assert "old Excel" in str(refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))


def test_other_kinds_of_zip_are_named():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as pack:
        pack.writestr("[Content_Types].xml", "<Types/>")
        pack.writestr("word/document.xml", "<w/>")
    assert "ZIP" in str(refused(file.getvalue()))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as pack:
        pack.writestr("stops.txt", "stop_id")
    assert "ZIP" in str(refused(file.getvalue()))


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.999])
def test_truncated_files_are_broken(kept: float):
    data = book([["x" * 50, index] for index in range(500)])
    assert "broken" in str(refused(data[: int(len(data) * kept)]))


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_every_part_and_encoding(part: str, encoding: str):
    laughs = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'

    def declare(xml: bytes) -> bytes:
        return (laughs + re.sub(r"<\?xml[^>]*>", "", xml.decode())).encode(encoding)

    assert "DOCTYPE" in str(refused(repacked(book(), {part: declare})))


def strings(count: int) -> bytes:
    head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return head + b"<si><t>a</t></si>" * count + b"</sst>"


@pytest.mark.parametrize(
    "changes",
    [
        {SHEET: b"<worksheet>" + b"<row></row>" * 2_000_000},
        {STRINGS: strings(700_000)},
        {STRINGS: b"<sst><si><t>" + b"a" * 3_000_000},
        {"xl/styles.xml": b"<styleSheet>" + b"<xf/>" * 300_000},
        {"docProps/thumbnail.jpeg": bytes(21_000_000)},
    ],
    ids=["rows", "strings", "one_string", "styles", "zeros"],
)
def test_bombs_are_refused_before_they_are_opened(changes: dict[str, Any], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(workbook_parts, "MAX_UNPACKED", 20_000_000)
    monkeypatch.setattr(workbook_parts, "MAX_STRINGS", 10_000_000)
    monkeypatch.setattr(openpyxl, "load_workbook", None)
    assert "unpacks to too much" in str(refused(repacked(book(), {"[Content_Types].xml": with_strings, **changes})))


def with_strings(xml: bytes) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    return xml.replace(b"</Types>", f'<Override ContentType="{kind}" PartName="/{STRINGS}"/></Types>'.encode())


def test_thousands_of_parts_are_refused():
    assert "unpacks to too much" in str(refused(repacked(book(), {}, more=3000)))


@pytest.mark.parametrize(
    "change",
    [
        {SHEET: None},
        {"xl/workbook.xml": None},
        {"xl/workbook.xml": b"<workbook"},
        {STRINGS: b"not xml <"},
        {SHEET: lambda xml: xml.replace(b'<v>0</v>', b"<v>99999</v>")},
        {SHEET: lambda xml: xml.replace(b'r="A1"', b'r="ZZZZZ1"')},
        {SHEET: lambda xml: xml.replace(b"34.6863", b"9" * 5000)},
        {"xl/styles.xml": b"<styleSheet/>"},
        {"[Content_Types].xml": b"<Types/>"},
    ],
)  # fmt: skip
def test_malformed_parts_are_one_clear_sentence(change: dict[str, Any]):
    data = repacked(book(), change)
    try:
        texts(data)
    except SourceError as error:
        assert len(str(error)) < 400


def test_random_damage_never_ends_in_another_error():
    dice = random.Random(5)  # noqa: S311 - the same damage each time
    data = book([["名称", "=1+1", 3.5, dt.datetime(2024, 4, 1)]] * 5)
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()

    def damage(xml: bytes) -> bytes:
        spoilt = bytearray(xml)
        for _ in range(dice.randint(1, 6)):
            spoilt[dice.randrange(len(spoilt))] = dice.choice(b'<>"/=0 \x00\xff9A')
        return bytes(spoilt)

    for _ in range(150):
        changes: dict[str, bytes | Callable[[bytes], bytes] | None] = {dice.choice(names): damage}
        try:
            texts(repacked(data, changes))
        except SourceError:
            continue


MEASURE = """
import resource
from metadata.parsing.packs import SHEET, book, repacked
from ckanext.orden.errors import SourceError
from ckanext.orden.metadata.parsing.workbooks import read_workbook
def peak(data):
    before, count = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, 0
    try:
        for _ in read_workbook(data).rows():
            count += 1
    except SourceError:
        count = -1
    return count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
row = b'<row><c t="inlineStr"><is><t>' + b'a' * 2000 + b'</t></is></c></row>'
print(*peak(repacked(book(), {SHEET: lambda xml: xml.replace(b'</sheetData>', row * 20_000 + b'</sheetData>')})))
print(*peak(repacked(book(), {SHEET: b'<sheetData>' + b' ' * 300_000_000})))
"""


def test_large_sheets_and_bombs_take_bounded_memory():
    run = subprocess.run([sys.executable, "-c", MEASURE], cwd="tests", capture_output=True, text=True, check=True)
    (rows, large), (none, bomb) = (map(int, line.split()) for line in run.stdout.splitlines())
    assert (rows, none) == (20_003, -1)
    assert (large < 30_000, bomb < 30_000) == (True, True), (large, bomb)
