import pytest
from ckanext.orden.metadata.vocabularies import encoding_for


@pytest.mark.parametrize(
    ("word", "codec"),
    [
        ("Shift-JIS", "cp932"),
        ("Shift_JIS", "cp932"),
        ("ｼﾌﾄJIS", "cp932"),
        ("ＳＪＩＳ", "cp932"),
        ("Windows-31J", "cp932"),
        ("UTF-8", "utf-8"),
        ("ｕｔｆ８", "utf-8"),
        ("UTF-8（BOM付き）", "utf-8"),
        ("EUC-JP", "euc_jp"),
    ],
)
def test_word_names_the_codec_that_reads_such_files(word: str, codec: str):
    found = encoding_for(word)
    assert found is not None
    assert found.codec == codec
    assert "①髙".encode("cp932").decode(found.codec) == "①髙" if codec == "cp932" else "あ".encode(found.codec)


@pytest.mark.parametrize("word", ["", None, "なし", "Latin-1", "機種依存"])
def test_other_word_names_none(word: object):
    assert encoding_for(word) is None
