"""What parsers say leads to the fix, in both languages."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from ckanext.orden.dcat.validation import check_bytes
from ckanext.orden.rdf.reasons import REASONS, explained

PREFIX = "@prefix e: <http://e/> .\n"
XML = (
    '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">\n'
    "%s</rdf:RDF>"
)
SLIPS = {
    "no dot": (PREFIX + "e:a e:b e:c\ne:d e:e e:f .", "「.」がありません", "does not end"),
    "no prefix": ("<http://a> a dcat:Dataset .", "接頭辞「dcat:」", "“dcat:” is not declared"),
    "open quotation mark": (PREFIX + 'e:a e:b "text .\n', "閉じられていません", "not closed"),
    "ends with a semicolon": (PREFIX + "e:a e:b 1 ;", "文の途中で", "within a statement"),
    "blank in an address": ("<http://a b> <http://c> 1 .", "使えない文字「 」", "holds “ ”"),
    "no value": (PREFIX + "e:a e:b .", "値（目的語）がありません", "is missing"),
    "value without marks": (PREFIX + "e:a e:b 豊中 .", "「豊中」は値", "“豊中” is no value"),
    "two values without comma": (PREFIX + "e:a e:b 1 2 .", "「2」の前に", "missing before “2”"),
    "date without marks": (PREFIX + "e:a e:b 2026-04-01 .", "「-04」の前に", "“-04”"),
    "text as property": (PREFIX + 'e:a "b" 1 .', "述語として", "no property"),
    "full-width dot": (PREFIX + "e:a e:b 1 。", "全角の「。」", "full-width"),
    "bracket left open": (PREFIX + "e:a e:b [ e:c 1 .", "「[」が", "“[”"),
    "language in Japanese": (PREFIX + 'e:a e:b "x"@日本 .', "言語タグ", "language tag"),
    "prefix without brackets": ("@prefix e: http://e/ .\n", "@prefix の書き方", "@prefix line"),
    "backslash": (PREFIX + r'e:a e:b "C:\データ" .', "「\\」の使い方", "“\\”"),
    "tags that do not fit": (XML % "<e:a><e:b></e:a>", "終了タグ", "end tag"),
    "ampersand": (XML % "<e:a><e:b>A & B</e:b></e:a>", "XML に使えない文字", "sign that XML"),
    "prefix of XML": (XML % "<x:a/>", "接頭辞が宣言", "prefix of the XML"),
    "XML that breaks off": ((XML % "<e:a>").removesuffix("</rdf:RDF>"), "途中で終わって", "breaks off"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_slip_is_named_with_its_fix(name: str):
    text, ja, en = SLIPS[name]
    (issue,) = check_bytes(text.encode(), "odpo").report.issues
    assert issue.code == "rdf.syntax"
    assert ja in issue.message["ja"]
    assert en in issue.message["en"]
    known = next(reason for reason in REASONS if reason.pattern.search(issue.value))
    assert issue.hint["ja"].startswith(known.hint["ja"].split("{0}")[0])
    assert "{0}" not in issue.text("ja") + issue.text("en")


def test_sentence_that_is_not_known_is_shown_as_it_is():
    assert explained("Something else") == ({"ja": "Something else", "en": "Something else"}, {})


def test_parser_is_still_worded_as_we_know_it():
    with pytest.raises(SyntaxError, match=REASONS[0].pattern.pattern):
        list(ox.parse(SLIPS["no dot"][0].encode(), format=ox.RdfFormat.TURTLE))
