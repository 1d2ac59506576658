import re

import pytest
from ckanext.orden.errors import SourceError
from ckanext.orden.metadata.parsing import sheets
from ckanext.orden.metadata.parsing.sheets import open_table
from metadata.parsing.packs import book

TEXT = "名称,緯度\r\n①㈱髙﨑,34.6\r\n\r\n,\r\n中之島,34\r\n"
CELLS = [(1, ["名称", "緯度"]), (2, ["①㈱髙﨑", "34.6"]), (5, ["中之島", "34"])]


def read(data: bytes) -> list[tuple[int, list[str]]]:
    return [(row.number, row.cells) for row in open_table(data).rows()]


def refused(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read(data)
    assert re.search("[ぁ-ん]", caught.value.texts["ja"])
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_each_encoding_gives_the_same_rows_with_their_lines(encoding: str):
    assert read(TEXT.encode(encoding)) == CELLS


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_other_delimiters_are_recognised_behind_a_title_and_comments(mark: str):
    text = f"避難所一覧\n#LINK,a,b,c\n名称{mark}曜日{mark}備考\n公園{mark}月,火,水,木{mark}\n"
    assert read(text.encode())[3] == (4, ["公園", "月,火,水,木", ""])


def test_lists_inside_cells_do_not_decide_the_delimiter():
    assert read("名称,診療科目\n医院,内科;外科;眼科;皮膚科\n".encode())[1][1] == ["医院", "内科;外科;眼科;皮膚科"]


def test_a_row_of_several_lines_is_named_by_its_first():
    assert read('名称,備考\n公園,"一\n二"\n駅,三\n'.encode()) == [
        (1, ["名称", "備考"]),
        (2, ["公園", "一\n二"]),
        (4, ["駅", "三"]),
    ]


def test_a_table_can_be_walked_twice():
    table = open_table(TEXT.encode())
    assert list(table.rows()) == list(table.rows())


def test_an_excel_file_is_read_by_its_content():
    table = open_table(book([["名称"], ["公園"]]))
    assert (table.format, table.sheet, [row.cells for row in table.rows()]) == ("xlsx", "Sheet", [["名称"], ["公園"]])


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_a_file_cut_inside_a_character_is_read_up_to_it_and_reported(encoding: str):
    table = open_table("名称,所在地\n公園,大阪市中央区".encode(encoding)[:-1])
    assert [row.cells for row in table.rows()] == [["名称", "所在地"], ["公園", "大阪市中央"]]
    assert (table.cut_off, [issue.code for issue in table.issues]) == (True, ["table.cut_off"])


def test_broken_cp932_names_its_line():
    good = "名称,所在地\n公園,大阪市\n駅,堺市\n".encode("cp932")
    assert "Line 2 is not CP932" in refused(good.replace("公園".encode("cp932"), b"\x8c\xf6\x81\x20\xfd\xff"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\r\n \0", "empty"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "GZIP"),
        (b'\xef\xbb\xbf {"a": 1}', "JSON"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b"HTTP/1.1 304 Not Modified\r\n", "HTTP"),
        (b"\x89PNG\x00\x00\x00\x01" * 20, "binary"),
        (b"PK\x03\x04 and no more", "broken"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "old Excel"),
    ],
)
def test_what_is_no_table_is_named(data: bytes, said: str):
    assert said in refused(data)


def test_ten_thousand_columns_are_refused():
    assert "10000 columns" in refused(b",".join([b"x"] * 10_000))


def test_a_quotation_mark_that_is_never_closed_names_its_line():
    assert "line 3" in refused('名称,備考\n公園,"よい"\n駅,"二\n三,四\n五,六\n'.encode())
    assert "Line 2" in refused(('名称,備考\n駅,"二\n' + "三,四\n" * 60_000).encode())


def test_odd_marks_inside_cells_are_no_fault():
    assert read('名称,幅\n看板,5"\n"a\nb",2\n'.encode())[-1][1] == ["a\nb", "2"]


def test_too_large_files_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheets, "MAX_BYTES", 10)
    assert "too large" in refused(b"0123456789a")
