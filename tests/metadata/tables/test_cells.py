import pytest
from ckanext.orden.metadata.tables.cells import FLAG, Reading, reader_for
from ckanext.orden.metadata.tables.standards import Column


def read(kind: str, text: str, values: tuple[str, ...] = (), requirement: str = "") -> Reading:
    return reader_for(Column("列", kind, requirement, values=values))(text)


@pytest.mark.parametrize(
    ("kind", "written", "meant"),
    [
        ("code", "272035", "272035"),
        ("code", "２７２０３５", "272035"),
        ("code", "27203", "272035"),
        ("code", "92011", "092011"),
        ("code", "272035.0", "272035"),
        ("date", "2026-04-01", "2026-04-01"),
        ("date", "令和8年4月1日", "2026-04-01"),
        ("date", "R8.4.1", "2026-04-01"),
        ("date", "２０２６／４／１", "2026-04-01"),
        ("date", "46113", "2026-04-01"),
        ("date", "11/1/2018", "2018-11-01"),
        ("time", "09:00", "09:00"),
        ("time", "24:00", "24:00"),
        ("time", "9:00", "09:00"),
        ("time", "９：３０", "09:30"),
        ("time", "09:00:00", "09:00"),
        ("time", "0.375", "09:00"),
        ("time", "午後3時", "15:00"),
        ("time", "9時30分", "09:30"),
        ("time", "5:30 pm", "17:30"),
        ("latitude", "34.781200", "34.781200"),
        ("latitude", "３４．７８", "34.78"),
        ("latitude", "北緯34度41分11秒", "34.6863889"),
        ("longitude", " 135.52", "135.52"),
        ("integer", "12", "12"),
        ("integer", "１，２００", "1200"),
        ("integer", "60名", "60"),
        ("integer", "12.0", "12"),
        ("integer", "-3", "-3"),
        ("number", "1.5", "1.5"),
        ("number", "１２．５m", "12.5"),
        ("phone", "06-6941-0351", "06-6941-0351"),
        ("phone", "０６（６９４１）０３５１", "06-6941-0351"),
        ("phone", "(047)325-4758", "047-325-4758"),
        ("phone", "072 251 0871", "072-251-0871"),
        ("phone", "0669410351", "0669410351"),
        ("phone", "06-6941-0351;06-6941-0352", "06-6941-0351;06-6941-0352"),
        ("postal", "〒５４０－８５７０", "540-8570"),
        ("postal", "5408570", "540-8570"),
        ("email", "ｏｐｅｎ＠example.jp", "open@example.jp"),
        ("url", "https://example.jp/公園?a=1", "https://example.jp/公園?a=1"),
        ("url", "ｈｔｔｐｓ：//example.jp/", "https://example.jp/"),
        ("url", "https://a.example.jp;https://b.example.jp", "https://a.example.jp;https://b.example.jp"),
        ("kana", "ｺｳｴﾝ", "コウエン"),
        ("kana", "コウエン（キタ）・１", "コウエン（キタ）・１"),
        ("town", "0008001", "0008-001"),
        ("corporate", "7000012050002", "7000012050002"),
        ("digits10", "１２３４５６７８９０", "1234567890"),
        ("json", '{"https://example.jp/a.jpg": "CC BY"}', '{"https://example.jp/a.jpg": "CC BY"}'),
        ("text", "　本町　公園\u200b ", "本町　公園"),
        ("text", "一\r\n二", "一\r\n二"),
    ],
)
def test_spellings_that_are_clear_become_the_standard_one(kind: str, written: str, meant: str):
    assert read(kind, written) == Reading(meant)


@pytest.mark.parametrize(
    ("kind", "written", "problem"),
    [
        ("code", "272036", "code"),
        ("code", "大阪", "code"),
        ("date", "2026-02-30", "date"),
        ("date", "随時", "date"),
        ("date", "令和8年", "date_partial"),
        ("date", "9999-12-31", "date_placeholder"),
        ("time", "25:00", "time"),
        ("time", "終日", "time"),
        ("latitude", "135.52", "swapped"),
        ("longitude", "34.68", "swapped"),
        ("latitude", "0", "outside"),
        ("longitude", "-73.9", "outside"),
        ("latitude", "本町", "coordinate"),
        ("latitude", "nan", "placeholder"),
        ("integer", "約100", "integer"),
        ("integer", "1.5", "integer"),
        ("number", "３階", "number"),
        ("phone", "役所へ", "phone"),
        ("phone", "72-251-0871", "phone_zero"),
        ("postal", "540", "postal"),
        ("email", "example.jp", "email"),
        ("url", "ATTACH/a.jpg", "url"),
        ("url", "javascript:alert(1)", "url"),
        ("url", "06-6941-0351", "url"),
        ("url", "www.example.jp", "url_scheme"),
        ("kana", "公園", "kana"),
        ("town", "本町", "town"),
        ("corporate", "7000012050003", "corporate_check"),
        ("corporate", "123", "corporate"),
        ("corporate", "7.00001E+12", "scientific"),
        ("digits10", "123456789", "digits10"),
        ("digits", "一二三", "digits"),
        ("json", "a.jpg", "json"),
        ("integer", "－", "placeholder"),
        ("url", "なし", "placeholder"),
        ("text", "#N/A", "excel_error"),
    ],
)
def test_values_that_cannot_be_read_say_why(kind: str, written: str, problem: str):
    assert read(kind, written).problem == problem


@pytest.mark.parametrize(
    ("values", "written", "meant"),
    [
        (("有", "無"), "あり", "有"),
        (("有", "無"), "○", "有"),
        (("有", "無"), "×", "無"),
        (("あり", "なし", "未確認"), "有", "あり"),
        (("あり", "なし", "未確認"), "不明", "未確認"),
        (("可", "不可", "未確認"), "可", "可"),
        (FLAG, "１", "1"),
        (FLAG, "有", "1"),
        (FLAG, "0", ""),
    ],
)
def test_yes_and_no_are_understood_in_any_spelling(values: tuple[str, ...], written: str, meant: str):
    assert read("choice", written, values) == Reading(meant)


def test_other_choices_are_reported_and_kept():
    assert read("choice", "有（要予約）", ("有", "無")) == Reading("有（要予約）", "choice")


@pytest.mark.parametrize("kind", ["text", "integer", "url"])
def test_blank_cells_are_wrong_only_where_something_must_stand(kind: str):
    assert read(kind, "　") == Reading("")
    assert read(kind, "", requirement="必須") == Reading("", "required")
    assert read(kind, "", requirement="項目のみ必須") == Reading("")


def test_blank_is_an_answer_in_a_column_of_ones():
    assert read("choice", "", FLAG, "必須") == Reading("")
