import pytest
from ckanext.orden.errors import SourceError
from ckanext.orden.metadata.parsing.encodings import decode

TEXT = "都道府県コード,名称\n270008,①㈱髙﨑Ⅲ㎡～一覧\n" * 3


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_each_encoding_gives_the_same_text(encoding: str):
    assert decode(TEXT.encode(encoding)).text == TEXT


def test_euc_is_not_read_as_half_width_kana():
    text = "都道府県コード,名称\n大阪府,避難所一覧\n"
    assert decode(text.encode("euc_jp")).text == text


def test_ascii_is_utf8():
    assert decode(b"a,b\n").encoding == "utf-8"


@pytest.mark.parametrize(("encoding", "lost"), [("utf-8", 2), ("utf-8-sig", 2), ("cp932", 2), ("utf-16", 2)])
def test_cut_inside_a_character_is_noticed_and_not_garbled(encoding: str, lost: int):
    data = (TEXT.rstrip("\n")).encode(encoding)
    decoded = decode(data[:-1] if encoding == "utf-16" else data[: -lost + (1 if encoding == "cp932" else 0)])
    assert decoded.cut_off
    assert TEXT.startswith(decoded.text)


def test_broken_bytes_name_their_line():
    data = bytearray(TEXT.encode())
    data[len(data) // 2 : len(data) // 2 + 1] = b"\xff\xff"
    with pytest.raises(SourceError, match="is not UTF-8"):
        decode(bytes(data))


def test_binary_is_refused():
    with pytest.raises(SourceError, match="binary"):
        decode(b"\x89PNG\x00\x00\x00\x01" * 20)
