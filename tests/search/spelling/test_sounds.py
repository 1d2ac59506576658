"""What people mix up has one key."""

from __future__ import annotations

import pytest
from ckanext.orden.search.spelling import sounds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("バリアフリ", "バリアフリー"),
        ("ヒナンショ", "ヒナンジョ"),
        ("コエン", "コウエン"),
        ("トショカンン", "トショカン"),
    ],
)
def test_kana_slips_have_the_key_of_the_word(one: str, other: str) -> None:
    assert sounds.kana_key(one) == sounds.kana_key(other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tosyokan", "としょかん"),
        ("toshokan", "としょかん"),
        ("hinnanjo", "ひなんじょ"),
        ("koen", "こうえん"),
        ("こうえn", "コウエン"),
        ("ｋｏｕｅｎ", "こうえん"),
        ("ぃbらry", "library"),
        ("ほspいたl", "hospital"),
        ("sちょおl", "school"),
    ],
)
def test_keystrokes_in_any_mode_have_one_key(typed: str, meant: str) -> None:
    assert sounds.latin_key(typed) == sounds.latin_key(meant)


@pytest.mark.parametrize(("typed", "read"), [("tosyokan", "トショカン"), ("gakkou", "ガッコウ"), ("mizu", "ミズ")])
def test_letters_are_read_as_an_input_method_reads_them(typed: str, read: str) -> None:
    assert sounds.reading(typed) == read
