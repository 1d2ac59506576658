"""Documents that cannot be checked are named for what they are, with what to do."""

from __future__ import annotations

import json
import time

import pytest
from ckanext.orden.dcat.validation import RdfLimits, check_bytes, read_rdf
from rdflib import Graph, Literal, URIRef

XML = '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">{}</rdf:RDF>'
TABLE = "施設名,住所,電話番号\r\n第一小学校,豊中市1,06-0000-0000\r\n第二小学校,豊中市2,06-0000-0001\r\n"

PREFIXES = "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n"
BLOCK = """ex:ds a dcat:Dataset ;
    dct:title "避難所" ;
    dct:description "一覧" ;
    dct:issued "2026" ;
    dct:identifier "1" ;
    dct:publisher ex:city .
"""

BROKEN = {
    "nothing": (b" \n", "rdf.empty", "", "中身がありません", "Turtle"),
    "csv": (TABLE.encode(), "rdf.csv", "line 1", "CSV", ".ttl に変えても RDF にはなりません"),
    "csv with mark": (TABLE.encode("utf-8-sig"), "rdf.csv", "line 1", "CSV", "一覧の取り込み"),
    "csv in cp932": (TABLE.encode("cp932"), "rdf.csv", "line 1", "CSV", "一覧の取り込み"),
    "tsv": (b"a\tb\nc\td\n", "rdf.csv", "line 1", "CSV", "一覧の取り込み"),
    "turtle without dot": (
        b"@prefix e: <http://e/> .\ne:a e:b e:c\ne:d e:e e:f .",
        "rdf.syntax",
        "line 3, column 1",
        "3行目の1文字目",
        "半角の「.」",
    ),
    "turtle without prefix": (b"<http://a> a dcat:Dataset .", "rdf.syntax", "line 1, column 14", "dcat", "@prefix"),
    "block without its prefix lines": (BLOCK.encode(), "rdf.syntax", "line 1, column 1", "ex:", "@prefix"),
    "block with a prefix too few": (
        (PREFIXES + "# 一覧\n" + BLOCK).encode(),
        "rdf.syntax",
        "line 4, column 1",
        "ex:",
        "@prefix",
    ),
    "block in cp932": (BLOCK.encode("cp932"), "rdf.encoding", "line 2", "Shift_JIS", "UTF-8"),
    "turtle with broken address": (b"<http://a b> <http://c> 1 .", "rdf.syntax", "line 1, column 1", "IRI", ""),
    "prose": ("お知らせです。\nよろしく".encode(), "rdf.not_rdf", "line 1", "お知らせです", "主語 述語 目的語"),
    "html": (b"\n<!DOCTYPE html>\n<html><body>404</body></html>", "rdf.html", "", "HTML", "ログイン"),
    "html without doctype": (b"<html lang='ja'><head></head></html>", "rdf.html", "", "HTML", ".ttl"),
    "excel": (b"PK\x03\x04rest", "rdf.binary", "", "XLSX", "メタデータ"),
    "pdf": (b"%PDF-1.7", "rdf.binary", "", "PDF", "メタデータ"),
    "nul": (b"a\x00b", "rdf.binary", "", "binary", "メタデータ"),
    "shift_jis turtle": (
        '<http://a> <http://b> "豊中" .'.encode("cp932"),
        "rdf.encoding",
        "line 1",
        "Shift_JIS",
        "UTF-8",
    ),
    "utf-16": ("<http://a>".encode("utf-16"), "rdf.encoding", "", "UTF-16", "UTF-8"),
    "other xml": (b"<?xml version='1.0'?><rss></rss>", "rdf.xml_not_rdf", "", "rss", "rdf:RDF"),
    "xml cut off": (XML.format("<e:a>").encode(), "rdf.syntax", "line 2", "2行目", ""),
    "doctype": (b"<!DOCTYPE rdf:RDF [<!ENTITY a 'b'>]>" + XML.encode(), "rdf.doctype", "", "DOCTYPE", "取り除き"),
    "ckan answer": (b'{"success": true, "result": {}}', "rdf.json_not_ld", "", "JSON-LD ではありません", "@context"),
    "empty json list": (b"[ ]\n", "rdf.json_not_ld", "", "JSON-LD ではありません", "@context"),
    "settings": (b"name: a\nother: b\n", "rdf.not_rdf", "line 1", "name: a", "設定ファイル"),
    "json cut off": (b'{"@id": "http://a",\n', "rdf.json_syntax", "line 2", "2行目", "カンマ"),
    "remote context": (b'{"@context": "https://e/c.jsonld"}', "rdf.remote_context", "", "取りに行きません", "直接"),
    "remote context in a list": (b'{"@context": [{}, "/etc/passwd"]}', "rdf.remote_context", "", "/etc/passwd", "直接"),
    "import": (b'{"@context": {"@import": "https://e/c"}}', "rdf.remote_context", "", "https://e/c", "直接"),
    "xml that declares shift_jis": (
        XML.format("<e:a/>").replace("?>", " encoding='Shift_JIS'?>", 1).encode(),
        "rdf.xml_encoding",
        "line 1",
        "Shift_JIS",
        "UTF-8",
    ),
    "xml that declares an unknown encoding": (
        XML.format("<e:a/>").replace("?>", " encoding='x-none'?>", 1).encode(),
        "rdf.xml_encoding",
        "line 1",
        "x-none",
        "UTF-8",
    ),
    "json with half a character": (rb'{"@context": "\ud800"}', "rdf.remote_context", "", "?", "直接"),
    "one long line": (b"x" * 200_000, "rdf.not_rdf", "line 1", "xxx", "主語 述語 目的語"),
    "other rdf": (
        b"<http://a> <http://b> <http://c> .",
        "dcat.nothing",
        "",
        "データセットも",
        "dcat#Dataset",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_unreadable_document_says_what_it_is_and_what_to_do(name: str):
    data, code, where, message, hint = BROKEN[name]
    report = check_bytes(data, "odpo").report
    assert not report.valid
    assert [issue.code for issue in report.issues] == [code]
    issue = report.issues[0]
    assert issue.where.startswith(where)
    assert message in issue.message["ja"]
    assert hint in issue.hint["ja"]
    assert issue.message["en"]
    assert issue.hint["en"]
    json.dumps(report.as_dict(), ensure_ascii=False).encode()


DEEP = "[" * 200_000
HOSTILE = {
    "json nested 200,000 deep": (DEEP + "1", "rdf.too_deep"),
    "json nested 70 deep": ('{"@id": "http://a", "http://b": ' * 70 + "1" + "}" * 70, "rdf.too_deep"),
    "one literal of 200,000 characters": (f'<http://a> <http://b> "{"x" * 200_000}" .', "rdf.long_literal"),
    "number of 90,000 digits": (f"<http://a> <http://b> {'9' * 90_000} .", ""),
    "number of 90,000 digits in json": (f'{{"@id": "http://a", "http://b": {"9" * 90_000}}}', ""),
    "blank nodes that hold each other": (
        " ".join(f"_:a{i} <http://b> {', '.join(f'_:a{j}' for j in range(20))} ." for i in range(20)),
        None,
    ),
    "chain of 20,000 blank nodes": (
        "<http://a> <http://b> " + "[<http://c> " * 20_000 + "1" + "]" * 20_000 + ".",
        None,
    ),
    "60,000 triples": ("".join(f"<http://a> <http://b> {i} ." for i in range(60_000)), "rdf.too_large"),
    "six million bytes": ("#" * 6_000_000, "rdf.too_large"),
    "xml nested 20,000 deep": (XML.format("<e:a><e:b>" * 20_000), "rdf.too_deep"),
    "xml external entity": (XML.replace("<rdf", '<!DOCTYPE x SYSTEM "file:///etc/passwd"><rdf', 1), "rdf.doctype"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_document_is_refused_in_time(name: str):
    text, code = HOSTILE[name]
    start = time.process_time()
    report = check_bytes(text.encode(), "odpo").report
    assert time.process_time() - start < 2
    assert [issue.code for issue in report.issues] == [code or "dcat.nothing"]


ONE = (URIRef("http://e/豊中"), URIRef("http://e/name"), Literal("豊中市", lang="ja"))


@pytest.mark.parametrize("before", ["", " \n\n\t"], ids=["", "blank lines"])
@pytest.mark.parametrize("syntax", ["turtle", "xml", "nt", "json-ld"])
def test_syntax_is_told_from_the_content(syntax: str, before: str):
    graph = Graph()
    graph.add(ONE)
    assert set(read_rdf((before + graph.serialize(format=syntax)).encode(), limits=RdfLimits())) == {ONE}


def test_turtle_may_begin_with_a_blank_node():
    text = "[] a <http://www.w3.org/ns/dcat#Dataset> ;\n <http://e/p> 1 ;\n <http://e/q> 2 .\n"
    assert len(read_rdf(text.encode(), limits=RdfLimits())) == 3


def test_byte_order_mark_is_no_fault():
    assert set(read_rdf("\ufeff<http://e/豊中> <http://e/name> '豊中市'@ja .".encode(), limits=RdfLimits())) == {ONE}


def test_turtle_of_relative_addresses_is_read():
    assert len(read_rdf(b"<#a> <#b> <#c> .\n<#a> <#b> _:d .\n", limits=RdfLimits())) == 2
