"""Spellings of real feeds become one term; what becomes none is kept and reported."""

from __future__ import annotations

import pytest
from ckanext.orden.metadata.mapping.open_data_list import datasets
from ckanext.orden.metadata.parsing.dates import iso_date
from ckanext.orden.metadata.parsing.open_data_list import read
from ckanext.orden.metadata.vocabularies import encoding_for, file_type_for, frequency_for, licence_for
from metadata.lists import NEW_ROW, table


@pytest.mark.parametrize(
    ("read_as", "spelt", "found"),
    [
        (encoding_for, "Shift-JIS", "Shift_JIS"),
        (frequency_for, "随時", "IRREG"),
        (licence_for, "CC-BY", "CC-BY-4.0"),
        (file_type_for, "ｃｓｖ", "CSV"),
        (file_type_for, "Excel", "XLSX"),
        (file_type_for, "CSV（Shift-JIS）", "CSV"),
        (iso_date, "令和５年", "2023"),
    ],
)
def test_spelling_becomes_a_term(read_as, spelt: str, found: str):
    term = read_as(spelt)
    assert found in (term, getattr(term, "label", ""), getattr(term, "code", ""), getattr(term, "id", ""))


@pytest.mark.parametrize(
    ("column", "word", "issue", "kept"),
    [
        ("ファイル_形式", "謎形式", "format.unknown", "resource.format"),
        ("データセット_更新頻度", "気が向いたら", "frequency.unknown", "orden_frequency_text"),
        ("ファイル_ライセンス", "市の規約", "licence.unknown", "orden_license_text"),
        ("データセット_分類", "ふしぎ", "theme.unknown", "orden_category_text"),
        ("データセット_対象期間", "むかし", "period.unknown", "orden_remarks"),
    ],
)
def test_what_is_no_term_is_kept_and_reported(column: str, word: str, issue: str, kept: str):
    (found,) = datasets(read(table("new", [{**NEW_ROW, column: word}]).encode()))
    assert (issue, word) in {(one.code, one.value) for one in found.issues}
    record = found.dataset["resources"][0] if kept.startswith("resource.") else found.dataset
    assert word in record[kept.removeprefix("resource.")]


@pytest.mark.parametrize(
    ("column", "word", "issue"),
    [
        ("データセット_公開日", "いつか", "date.unknown"),
        ("ファイル_サイズ", "大きい", "size.unknown"),
        ("データセット_言語", "宇宙語", "language.unknown"),
        ("ファイル_ステータス", "たぶん", "value.unknown"),
        ("ファイル_API対応有無", "検討中", "value.unknown"),
        ("データセット_連絡先メールアドレス", "koho[at]city", "mail.unusable"),
    ],
)
def test_word_that_no_field_can_hold_is_reported_with_its_value(column: str, word: str, issue: str):
    (found,) = datasets(read(table("new", [{**NEW_ROW, column: word}]).encode()))
    assert (issue, word) in {(one.code, one.value) for one in found.issues}
