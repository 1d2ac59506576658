"""Where a node stands in a pasted text."""

from __future__ import annotations

import time

import pytest
from ckanext.orden.dcat.lines import lines

TURTLE = """@prefix ex: <https://data.example.jp/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .

ex:shelters-2 a dcat:Dataset .
ex:shelters a dcat:Dataset ;
  dcat:distribution <https://data.example.jp/file> .
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("https://data.example.jp/shelters", 5),
        ("https://data.example.jp/shelters-2", 4),
        ("https://data.example.jp/file", 6),
        ("https://data.example.jp/shelters / dct:publisher", 5),
    ],
)
def test_node_is_found_as_address_or_as_short_name(place: str, line: int):
    assert lines(TURTLE, [place]) == {place: line}


def test_node_that_is_not_written_has_no_line():
    assert lines(TURTLE, ["https://elsewhere.example.jp/", "", "[]"]) == {}


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"@prefix p{number}: <h> .\n" for number in range(50_000)),
        "a" * 1_000_000,
        '"' * 1_000_000,
        "<" * 1_000_000,
        "a:" * 500_000,
    ],
    ids=["prefixes", "one word", "quotation marks", "brackets", "colons"],
)
def test_hostile_text_is_read_once(text: str):
    start = time.process_time()
    lines(text, [f"https://e/{number}" for number in range(500)])
    assert time.process_time() - start < 5


def test_node_of_json_is_found():
    assert lines('{\n"@id": "https://e/1"}', ["https://e/1"]) == {"https://e/1": 2}
