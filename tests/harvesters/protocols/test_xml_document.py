"""XML from strangers."""

from __future__ import annotations

import pytest
from ckanext.orden.errors import SourceError
from ckanext.orden.harvesters.protocols import xml_document

JAPANESE = "<a>大阪府</a>"


@pytest.mark.parametrize(
    "body",
    [
        JAPANESE.encode(),
        b"\xef\xbb\xbf" + JAPANESE.encode(),
        f'<?xml version="1.0" encoding="Shift_JIS"?>{JAPANESE}'.encode("cp932"),
        f"<?xml version='1.0' encoding='EUC-JP'?>{JAPANESE}".encode("euc_jp"),
        f'<?xml version="1.0" encoding="UTF-16"?>{JAPANESE}'.encode("utf-16"),
        f'\n<?xml version="1.0" encoding="utf-8"?><!-- <b> --><?style x?>\n{JAPANESE}'.encode(),
    ],
)
def test_usual_encodings_and_prologs_are_read(body: bytes):
    assert xml_document.read(body, "u").text == "大阪府"


BILLION = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (BILLION.encode(), "DOCTYPE"),
        (b"<!-- <a> --><!DOCTYPE a SYSTEM 'http://127.0.0.1/x.dtd'><a/>", "DOCTYPE"),
        (BILLION.encode("utf-16"), "DOCTYPE"),
        (b"<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE a><a/>", "UTF-7".lower()),
        (b"<a>&undefined;</a>", "broken"),
        (b"<a><b></a>", "broken"),
        (b"<a>", "broken"),
        (b"<a/><a/>", "broken"),
        (b"<a>" * 300 + b"</a>" * 300, "broken"),
        (b"", "broken"),
        (b"  ", "broken"),
        (b'{"a": 1}', "broken"),
        (b"<!doctype html><html></html>", "web page"),
        (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"/>', "web page"),
        (b'<?xml version="1.0" encoding="utf-8"?><a>\x91\xe5</a>', "utf-8"),
        (b"<a>\x00</a>", "broken"),
    ],
)
def test_what_is_not_whole_and_harmless_is_refused_with_its_reason(body: bytes, said: str):
    with pytest.raises(SourceError, match=said) as refused:
        xml_document.read(body, "https://example.jp/feed?key=secret")
    assert "secret" not in str(refused.value.texts)


def test_nothing_of_an_entity_is_read_where_a_file_is_named(tmp_path):
    (tmp_path / "secret").write_text("secret")
    body = f'<!DOCTYPE a [<!ENTITY b SYSTEM "file://{tmp_path}/secret">]><a>&b;</a>'
    with pytest.raises(SourceError):
        xml_document.read(body.encode(), "u")


@pytest.mark.parametrize(
    ("body", "start"),
    [
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- x -->\n<RSS>", "<rss>"),
        ("<Feed>".encode("utf-16"), "<feed>"),
        (b"\xff\xfe\xff", "\ufffd"),
        (b"", ""),
    ],
)
def test_beginning_of_any_bytes_is_text(body: bytes, start: str):
    assert xml_document.begins(body) == start
