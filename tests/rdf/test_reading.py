"""Foreign RDF within limits: hostile and cut off documents are refused before they cost time or memory."""

from __future__ import annotations

import time

import pyoxigraph as ox
import pytest
from ckanext.orden.rdf import RdfLimits, UnreadableRdf, quads, text_of

TURTLE, XML, JSON = ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML, ox.RdfFormat.JSON_LD
MIB = 1024 * 1024
LIMITS = RdfLimits(size=20 * MIB, triples=1_000_000)
ROOT = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
WHOLE = ROOT + '<rdf:Description rdf:about="http://a"><e:b>x</e:b></rdf:Description></rdf:RDF>'
SAY = "<http://a> <http://b> "


def read(text: str, syntax: ox.RdfFormat) -> list[ox.Quad]:
    decoded = text_of(text.encode(), LIMITS)
    return list(quads(decoded, syntax, base="http://e/", limits=LIMITS))


HOSTILE = {
    "brackets": (SAY + "(" * (19 * MIB), TURTLE, "rdf.too_deep"),
    "blank nodes": (SAY + "[<http://c> " * MIB, TURTLE, "rdf.too_deep"),
    "triple terms": (SAY + "<<" * (9 * MIB), TURTLE, "rdf.too_deep"),
    "closed triple terms": (SAY + f"<<( {SAY}" * 5000 + "1" + ")>>" * 5000 + " .", TURTLE, "rdf.too_deep"),
    "one triple term": (SAY + f"<<( {SAY} 1 )>> .", TURTLE, "rdf.too_deep"),
    "text that does not end": (SAY + '"""' + "\\n" * (9 * MIB), TURTLE, "rdf.too_large"),
    "quotes that do not end": (SAY + '"""\\' * (4 * MIB), TURTLE, "rdf.too_large"),
    "backslashes": (SAY + '"' + "\\" * (18 * MIB), TURTLE, "rdf.too_large"),
    "long text": (SAY + f'"{"x" * 100_001}" .', TURTLE, "rdf.long_literal"),
    "triples": (SAY + "1" + ",1" * 1_000_001 + ".", TURTLE, "rdf.too_large"),
    "xml elements": (ROOT + "<e:a><e:b>" * MIB, XML, "rdf.too_deep"),
    "xml attributes": (ROOT + "<e:a " + " ".join(f'e:b{i}="x"' for i in range(MIB)) + "/>", XML, "rdf.attributes"),
    "json lists": ("[" * MIB, JSON, "rdf.too_deep"),
    "json values": ('{"@id":"http://a","http://b":[' + "1," * (9 * MIB) + "1]}", JSON, "rdf.too_large"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_document_is_refused_in_time(name: str):
    text, syntax, code = HOSTILE[name]
    start = time.process_time()
    with pytest.raises(UnreadableRdf) as refused:
        read(text, syntax)
    assert refused.value.issue.code == code
    assert refused.value.issue.message["ja"]
    assert time.process_time() - start < 15


@pytest.mark.parametrize("text", ["1", "1.5", "null", '"@id"', "{}", "[]", '[{"a": [1]}]'])
def test_json_that_says_nothing_is_no_rdf(text: str):
    with pytest.raises(UnreadableRdf, match="not JSON-LD"):
        read(text, JSON)


def test_xml_that_breaks_off_between_elements_is_not_taken_for_whole():
    assert len(read(WHOLE, XML)) == 1
    with pytest.raises(UnreadableRdf, match="breaks off"):
        read(WHOLE.removesuffix("</rdf:RDF>"), XML)


@pytest.mark.parametrize(
    "text",
    [
        SAY + '"[[((<<", \'{{\', """a"b\\""" ((""", \'\'\'(\'\'\' . # ((',
        SAY + "<http://e/(((>, (1 (2 3) []), [ <http://c> [ <http://d> 1 ] ] .",
        "\ufeff" + SAY + "1 .",
    ],
)
def test_brackets_in_texts_and_addresses_are_not_counted(text: str, monkeypatch: pytest.MonkeyPatch):
    limits = RdfLimits(brackets=2, nesting=0)
    assert list(quads(text_of(text.encode(), limits), TURTLE, base="http://e/", limits=limits))


@pytest.mark.parametrize("text", [SAY + '"<html><body>" .', "<http://html> <http://b> 1 ."])
def test_turtle_that_speaks_of_web_pages_is_no_web_page(text: str):
    assert len(read(text, TURTLE)) == 1


@pytest.mark.parametrize(
    "text",
    ["<html>", "<!DOCTYPE html>", '<?xml version="1.0"?>\n<!-- a -->\n<html xmlns="http://www.w3.org/1999/xhtml">'],
)
def test_web_page_is_named_as_one(text: str):
    with pytest.raises(UnreadableRdf, match="HTML page"):
        read(text, TURTLE)
