import pytest
from ckanext.orden.metadata.parsing.text import (
    clean,
    fold,
    katakana_to_hiragana,
    key,
    name_key,
    one_line,
    split_list,
    storable,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＣＳＶ", "csv"),
        ("㈱", "(株)"),
        ("A−B", "a-b"),
        ("10〜20", "10～20"),
        ("ﾄｲﾚ", "トイレ"),
        ("〇", "○"),
        ("a\u3000 b", "a b"),
        ("髙﨑", "高崎"),
    ],
)
def test_equal_meaning_folds_to_one(one: str, other: str):
    assert fold(one) == fold(other)


def test_key_ignores_separators_and_keeps_long_vowels():
    assert key("CC BY-4.0") == key("cc_by 4.0")
    assert key("データ") != key("デタ")


def test_place_names_meet_in_old_and_new_forms():
    assert name_key("四條畷市") == name_key("四条畷市")
    assert name_key("鎌ヶ谷市") == name_key("鎌ケ谷市")


def test_clean_keeps_what_is_written():
    assert clean("  ①㈱髙﨑\r\n二行目\u200b ") == "①㈱髙﨑\n二行目"
    assert clean(None) == ""
    assert clean("か\u3099") == "が"


def test_one_line_keeps_a_full_width_space():
    assert one_line("\u3000高松市\u3000環境\n施設\u3000") == "高松市\u3000環境 施設"


def test_list_in_a_cell_is_split_at_every_separator_once():
    assert split_list("観光；名所、自然;自然, レジャー\n海") == ["観光", "名所", "自然", "レジャー", "海"]
    assert split_list("") == []


def test_katakana_becomes_hiragana():
    assert katakana_to_hiragana("ヒナンジョ漢字") == "ひなんじょ漢字"


def test_what_no_database_holds_is_replaced_at_any_depth():
    assert storable({"a\x00": [{"b": "\ud83d"}, 1, None]}) == {"a\ufffd": [{"b": "\ufffd"}, 1, None]}
    assert storable("避難所 😀\n") == "避難所 😀\n"
