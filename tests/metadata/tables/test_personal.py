from pathlib import Path

import pytest
from ckanext.orden.errors import SourceError
from ckanext.orden.metadata.parsing.sheets import open_table
from ckanext.orden.metadata.tables.check import check
from ckanext.orden.metadata.tables.personal import is_my_number, masked
from ckanext.orden.metadata.tables.recognise import recognise
from ckanext.orden.metadata.tables.standards import standard
from ckanext.orden.types import Issue

FEEDS = Path(__file__).parents[4] / "shared" / "feeds"
NUMBERS = ["123456789018", "210987654320", "111111111118"]


def warned(text: str, *, personal: bool = True) -> dict[tuple[str, str], Issue]:
    read = open_table(text.encode())
    found = check(read, recognise(read.rows()), personal=personal)
    return {(issue.code, issue.field): issue for issue in found.report.issues if issue.code.startswith("personal.")}


APPLICANTS = """番号,申請者氏名,生年月日,住所,電話番号,メール,区分
1,山田 太郎,昭和55年4月1日,大阪府豊中市本町1丁目2番3号,06-1234-5678,taro@example.jp,新規
2,鈴木花子,1990/1/2,大阪府吹田市泉町1-3-40,090-1234-5678,hanako@gmail.com,更新
"""


def test_a_list_of_persons_is_warned_of_column_by_column():
    found = warned(APPLICANTS)
    assert set(found) == {
        ("personal.name", "申請者氏名"),
        ("personal.birth", "生年月日"),
        ("personal.address", "住所"),
        ("personal.phone", "電話番号"),
        ("personal.mobile", "電話番号"),
        ("personal.email", "メール"),
    }
    assert {issue.severity for issue in found.values()} == {"warning"}
    assert (
        found["personal.name", "申請者氏名"]
        .text("ja")
        .startswith("列「申請者氏名」に個人の氏名らしい値が2件あります。")
    )


def test_examples_are_masked():
    values = "".join(issue.value for issue in warned(APPLICANTS).values())
    assert "山田" not in values
    assert "1234" not in values
    assert "h***@gmail.com" in values
    assert masked("山田太郎") == "山***"


def test_the_check_can_be_switched_off():
    assert warned(APPLICANTS, personal=False) == {}


def test_facilities_are_no_private_persons():
    text = "施設名,住所,電話番号,メール\n豊中市役所,豊中市中桜塚3丁目1番1号,06-6858-2525,info@city.toyonaka.lg.jp\n"
    assert warned(text) == {}


def test_columns_of_a_standard_table_are_not_looked_at_and_others_are():
    found = standard("legacy-2017/08")
    assert found
    path = ",".join(column.name for column in found.columns)
    row = "272035,1,大阪府,豊中市,会館,カイカン,豊中市本町1丁目1番1号,,34.7,135.4,玄関,090-1234-5678" + "," * 10
    assert warned(f"{path}\n{row}\n") == {}
    assert set(warned(f"{path},担当者名\n{row},山田太郎\n")) == {("personal.name", "担当者名")}


def test_my_numbers_are_known_by_their_check_digit():
    assert all(map(is_my_number, NUMBERS))
    assert not is_my_number("123456789012")
    assert not is_my_number("12345678901")
    rows = "\n".join(f"{number},あ" for number in NUMBERS)
    assert set(warned(f"個人番号,区分\n{rows}\n")) == {("personal.my_number", "個人番号")}
    assert set(warned(f"管理番号,区分\n{rows}\n")) == {("personal.my_number", "管理番号")}


def test_twelve_digits_by_chance_are_no_my_numbers():
    rows = "\n".join(f"{100_000_000_000 + 7919 * number},あ" for number in range(300))
    assert warned(f"管理番号,区分\n{rows}\n") == {}


@pytest.mark.parametrize("header", ["代表者名", "世帯主", "保護者氏名", "患者氏名"])
@pytest.mark.parametrize("value", ["株式会社見本", "豊中市役所", "総務課", "不明"])
def test_organisations_in_a_column_of_names_are_no_persons(header: str, value: str):
    assert warned(f"{header},区分\n{value},あ\n") == {}


@pytest.mark.skipif(not FEEDS.is_dir(), reason="the captures are not beside this checkout")
def test_published_tables_of_facilities_raise_next_to_no_alarm():
    found = {}
    for path in sorted(FEEDS.rglob("*.csv")):
        try:
            read = open_table(path.read_bytes())
            issues = check(read, recognise(read.rows(), name=path.name)).report.issues
        except SourceError:
            continue
        codes = {issue.code for issue in issues if issue.code.startswith("personal.")}
        if codes:
            found[path.name] = codes
    assert found == {"kobe_utoilet_kobe_20141128.csv": {"personal.mobile"}}
