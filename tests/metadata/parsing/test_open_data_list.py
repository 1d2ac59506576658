import io

import openpyxl
import pytest
from ckanext.orden.errors import SourceError
from ckanext.orden.metadata.parsing.list_columns import COLUMNS, NEW_COLUMNS, OLD_COLUMNS, Generation
from ckanext.orden.metadata.parsing.open_data_list import read
from metadata.lists import NEW_ROW, OLD_ROW, ROWS, table, workbook

GENERATIONS: tuple[Generation, ...] = ("old", "new")


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_list_in_any_encoding_reads_the_same(generation: Generation, encoding: str):
    row = ROWS[generation]
    found = read(table(generation, [row]).encode(encoding))
    assert (found.generation, len(found.rows), found.issues) == (generation, 1, ())
    assert found.complete
    assert found.rows[0].cells == row


@pytest.mark.parametrize("generation", GENERATIONS)
def test_list_as_a_workbook_reads_the_same(generation: Generation):
    found = read(workbook(generation, [ROWS[generation]] * 2, above=["豊中市オープンデータ一覧", ""]))
    assert (found.generation, found.encoding, found.issues) == (generation, "", ())
    assert [row.number for row in found.rows] == [4, 5]
    assert [row.cells for row in found.rows] == [ROWS[generation]] * 2
    assert found.columns == frozenset(COLUMNS[generation])


def test_workbook_cut_off_anywhere_is_never_a_shorter_list():
    whole = workbook("old", [OLD_ROW] * 3)
    for end in range(4, len(whole), 97):
        with pytest.raises(SourceError):
            read(whole[:end])


def test_sheets_that_were_not_read_are_named():
    book = openpyxl.load_workbook(io.BytesIO(workbook("old", [OLD_ROW])))
    book.create_sheet("凡例").append(["説明"])
    stream = io.BytesIO()
    book.save(stream)
    found = read(stream.getvalue())
    assert [(issue.code, issue.value) for issue in found.issues] == [("table.other_sheet", "凡例")]
    assert found.complete


def test_both_headers_have_the_standards_columns():
    assert (len(OLD_COLUMNS), len(NEW_COLUMNS)) == (15, 45)


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiter_is_found_by_the_header(delimiter: str):
    assert read(table("new", [NEW_ROW], delimiter=delimiter).encode()).rows[0].cells == NEW_ROW


@pytest.mark.parametrize(
    "above", ["豊中市オープンデータ一覧\r\n\r\n", ",,,\r\n※令和6年4月1日現在,\r\n", "#LINK,,\r\n#lang,ja\r\n"]
)
def test_header_is_found_below_explanations(above: str):
    found = read(table("old", [OLD_ROW], above).encode("cp932"))
    assert found.rows[0].cells == OLD_ROW
    assert found.rows[0].number == above.count("\r\n") + 2


def test_marks_and_other_spellings_of_a_header_are_read():
    text = (
        table("old", [OLD_ROW])
        .replace("データ名称", "データ名称◎", 1)
        .replace("NO", "Ｎｏ．", 1)
        .replace("URL", " ＵＲＬ ", 1)
    )
    assert read(text.encode()).rows[0].cells == OLD_ROW


def test_english_header_of_a_linked_data_export_is_read():
    text = "#LINK,,,\n#property,code,prefName,cityName,dataName,format,url\n#object_type_xsd,string\n1,27203,大阪府,豊中市,AED,csv,http://x/\n"
    row = read(text.encode()).rows[0]
    assert (row.get("NO"), row.get("データ名称"), row.get("URL")) == ("1", "AED", "http://x/")


def test_obligation_line_blank_lines_and_a_repeated_header_are_no_rows():
    header, row = table("old", [OLD_ROW]).split("\r\n", 1)
    obligations = ",".join(["必須", "任意", "◎"] * 5)
    text = "\r\n".join([header, obligations, "," * 14, header, row, "", ",,,", ""])
    found = read(text.encode())
    assert len(found.rows) == 1
    assert found.complete


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"\xef\xbb\xbf  <html>", "web page"),
        (b'<?xml version="1.0"?><a/>', "web page or XML"),
        (b'{"success": false}', "JSON"),
        (b"{}", "JSON"),
        (b"[]", "JSON"),
        (b"PK\x03\x04rest", "Excel"),
        (b"\xd0\xcf\x11\xe0rest", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"HTTP/1.1 304 Not Modified\r\n", "HTTP"),
        (b"0\r\n\r\nHTTP/1.1 304 Not Modified\r\n", "HTTP"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", "binary"),
        (b"a,b,c\n1,2,3\n", "no header"),
        (b"Service Unavailable", "no header"),
    ],
)
def test_body_that_is_no_list_says_what_it_is(data: bytes, reason: str):
    with pytest.raises(SourceError, match=reason) as error:
        read(data)
    assert error.value.texts["ja"] != error.value.texts["en"]


@pytest.mark.parametrize("generation", GENERATIONS)
def test_header_without_rows_is_no_empty_list(generation: Generation):
    blank = "," * (len(COLUMNS[generation]) - 1) + "\r\n"
    with pytest.raises(SourceError, match="no rows"):
        read((table(generation, []) + blank * 19).encode())


def test_rows_without_any_title_are_no_list():
    with pytest.raises(SourceError, match="none has a title"):
        read(table("old", [{**OLD_ROW, "データ名称": ""}]).encode())


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_list_cut_off_anywhere_in_its_last_row_is_refused(generation: Generation, encoding: str):
    """Up to the last comma; behind it the row is whole and only the text of one cell is shorter."""
    rows = [{**ROWS[generation], "NO": str(number)} if generation == "old" else ROWS[generation] for number in range(3)]
    whole = table(generation, rows).encode(encoding)
    last_row = table(generation, rows[:2]).encode(encoding)
    last_comma = whole.rindex(b",")
    for end in range(len(last_row) + 1, last_comma):
        with pytest.raises(SourceError, match="breaks off"):
            read(whole[:end])


@pytest.mark.parametrize("place", [1, 2, 3])
def test_open_quotation_mark_is_refused_as_it_swallows_rows(place: int):
    parts = table("old", [OLD_ROW] * 3).split("R6.4.1")
    text = "R6.4.1".join(parts[:place]) + '"R6.4.1' + "R6.4.1".join(parts[place:])
    with pytest.raises(SourceError, match="quotation mark"):
        read(text.encode())


@pytest.mark.parametrize(("cell", "title"), [('24"モニター', '24"モニター'), ('"避難所" 一覧', "避難所 一覧")])
def test_mark_inside_a_cell_and_careless_quotes_are_read(cell: str, title: str):
    rows = read(f"NO,データ名称,URL,分類\n1,{cell},http://x/a.csv,防災\n2,b,http://x/b.csv,防災\n".encode()).rows
    assert [row.get("データ名称") for row in rows] == [title, "b"]


def test_missing_last_line_break_alone_is_no_fault():
    found = read(table("new", [NEW_ROW, NEW_ROW]).rstrip("\r\n").encode())
    assert len(found.rows) == 2
    assert found.complete


def test_bad_row_stops_only_itself_and_says_where():
    lines = (
        table("old", [OLD_ROW, {**OLD_ROW, "データ名称": ""}, OLD_ROW]).encode()
        + b"9,9,a,b,c,d,e,f,g,h,i,j,k,l,m,shifted\r\n"
    )
    found = read(lines)
    assert len(found.rows) == 2
    assert not found.complete
    assert [(issue.code, issue.severity) for issue in found.issues] == [
        ("list.no_title", "error"),
        ("list.too_long", "error"),
    ]
    assert found.issues[0].field == "データ名称"
    assert all(
        issue.where.startswith("line ") and issue.message["ja"] and issue.message["en"] for issue in found.issues
    )


def test_short_row_in_the_middle_is_read_and_noted():
    header, row = table("old", [OLD_ROW]).split("\r\n", 1)
    found = read(f"{header}\r\n27203,7,大阪府,豊中市,短い行\r\n{row}".encode())
    assert [row.get("データ名称") for row in found.rows] == ["短い行", OLD_ROW["データ名称"]]
    assert [issue.code for issue in found.issues] == ["list.short"]


def test_unknown_and_repeated_columns_are_noted_and_not_read():
    text = "NO,データ名称,URL,分類,独自の列,URL\n1,AED,http://x/a.csv,防災,値,http://y/\n"
    found = read(text.encode())
    assert found.rows[0].get("URL") == "http://x/a.csv"
    assert [issue.field for issue in found.issues] == ["独自の列", "URL"]
