"""What a file is by its first bytes and its name."""

from __future__ import annotations

import pytest
from ckanext.orden.previews.kinds import head_of, is_text, kind_of

from .samples import GIF, JPEG, PDF, PNG, SVG


@pytest.mark.parametrize(
    ("data", "mimetype"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (JPEG, "image/jpeg"),
        (GIF, "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x1cftypavif\0\0\0\0", "image/avif"),
        (SVG, "image/svg+xml"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "x" "y">\n' + SVG, "image/svg+xml"),
    ],
)
def test_a_file_is_what_its_first_bytes_say(data: bytes, mimetype: str):
    found = kind_of(data)
    assert found
    assert found.mimetype == mimetype


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><svg></svg>",
        b"<!DOCTYPE html><svg>",
        b"<svgx>",
        b"PK\x03\x04",
        b" %PDF-1.4",
        b"RIFF\x10\0\0\0WAVE",
        b"<?xml version='1.0'?><x/>",
    ],
)
def test_nothing_else_is_shown(data: bytes):
    assert kind_of(data) is None


def test_a_text_is_one_by_its_name_unless_that_says_a_table():
    assert is_text({"json"})
    assert is_text({"", "xml"})
    assert not is_text({"json", "geojson"})
    assert not is_text({"txt", "csv"})
    assert not is_text({"html", ""})


def test_the_head_of_a_text_is_its_first_lines():
    found = head_of("一\r\n二\n三\n".encode(), 2, whole=True)
    assert found
    assert (found.lines, found.whole) == (("一", "二"), False)
    found = head_of("\ufeff一\n二".encode(), 2, whole=True)
    assert found
    assert (found.lines, found.whole) == (("一", "二"), True)


def test_a_head_may_end_within_a_character():
    for encoding in ("utf-8", "cp932", "utf-16"):
        found = head_of("公園の案内".encode(encoding)[:-1], 9, whole=False)
        assert found
        assert (found.lines, found.whole) == (("公園の案",), False)


@pytest.mark.parametrize("data", [b"a\0b", b"\x81", b"\xff\xfe\xfd"])
def test_what_is_no_text_has_no_head(data: bytes):
    assert head_of(data, 9, whole=True) is None
