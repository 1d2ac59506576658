"""What a parser complains of, in the words of people who write RDF by hand, with the way to mend it.

The parsers are pyoxigraph's and Python's expat; what is not listed is shown as they say it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..types import Text


class Reason(NamedTuple):
    """A parser's sentence as a pattern, what it means, and how to mend it; `{0}` is the pattern's group."""

    pattern: re.Pattern[str]
    meaning: Text
    hint: Text


def _reason(pattern: str, ja: str, en: str, hint_ja: str, hint_en: str) -> Reason:
    return Reason(re.compile(pattern), {"ja": ja, "en": en}, {"ja": hint_ja, "en": hint_en})


REASONS = (
    _reason(
        r"A dot is expected at the end of statements",
        "前の文の終わりに「.」がありません",
        "the statement before does not end with “.”",
        "この行の1つ前の文の最後に、半角の「.」を書いてください。同じ主語について続けるなら「;」です。",
        "Write “.” at the end of the statement before this line, or “;” where it goes on about the same subject.",
    ),
    _reason(
        r"The prefix (\S*:) has not been declared",
        "接頭辞「{0}」が宣言されていません",
        "the prefix “{0}” is not declared",
        "文書のはじめに「@prefix {0} <https://…> .」を書いてください。例: @prefix dcat: <http://www.w3.org/ns/dcat#> .",
        "Declare it first: “@prefix {0} <https://…> .” Example: @prefix dcat: <http://www.w3.org/ns/dcat#> .",
    ),
    _reason(
        r"Unexpected end of file",
        '引用符「"」か「<」が閉じられていません',
        "a quotation mark or a “<” is not closed",
        'この場所から始まる文字列を「"」で、IRI を「>」で閉じてください。改行を含む文字列は「"""」で囲みます。',
        'Close the text that begins here with “"”, the IRI with “>”. A text with line breaks stands between “"""”.',
    ),
    _reason(
        r"Unexpected end$",
        "文の途中で終わっています",
        "the document ends within a statement",
        "最後の文を「主語 述語 目的語 .」の形に直し、終わりに「.」を書いてください。",
        "Complete the last statement (“subject predicate object .”) and end it with “.”.",
    ),
    _reason(
        r"Invalid IRI code point '(.+)'",
        "IRI に使えない文字「{0}」があります",
        "an IRI holds “{0}”, which it may not",
        "< > の中の空白や引用符などを取り除くか、%20 のように書き換えてください。",
        "Remove blanks, quotation marks and the like between < and >, or write them as in %20.",
    ),
    _reason(
        r"No scheme found in an absolute IRI",
        "IRI が https:// などで始まっていません",
        "an IRI does not begin with https:// or the like",
        "< > の中を https:// から始まる IRI にしてください。",
        "Begin the IRI between < and > with https://.",
    ),
    _reason(
        r"^\. is not a valid RDF object",
        "値（目的語）がありません",
        "a value (object) is missing",
        "「.」の前に値を書くか、余分な「,」や述語を消してください。",
        "Write a value before the “.”, or remove the “,” or property that has none.",
    ),
    _reason(
        r"^([。．；，、]) is not a valid",
        "全角の「{0}」が使われています",
        "“{0}” is a full-width sign",
        "半角の「.」「;」「,」で書いてください。",
        "Write “.”, “;” or “,”.",
    ),
    _reason(
        r"^(.+) is not a valid RDF object",
        "「{0}」は値（目的語）として読めません",
        "“{0}” is no value (object)",
        '文字は「"…"@ja」、日付は「"2026-04-01"^^xsd:date」、IRI は「<https://…>」と書いてください。',
        'Write text as "…"@ja, a date as "2026-04-01"^^xsd:date, an IRI as <https://…>.',
    ),
    _reason(
        r"^(.+) is not a valid subject or graph name",
        "「{0}」の前に「.」「;」「,」がないか、主語として読めません",
        "a “.”, “;” or “,” is missing before “{0}”, or it is no subject",
        "前の値との間に「,」（値が続く）「;」（述語が続く）「.」（文の終わり）のどれかを書いてください。"
        "日付や文字は引用符で囲みます。",
        "Write “,” (another value), “;” (another property) or “.” (the end) before it. "
        "Dates and texts stand in quotation marks.",
    ),
    _reason(
        r"^(.+) is not a valid predicate",
        "「{0}」は述語として読めません",
        "“{0}” is no property",
        "述語は dct:title のような接頭辞付きの名前か <https://…> で書いてください。",
        "Write a property as a name with its prefix (dct:title) or as <https://…>.",
    ),
    _reason(
        r"blank node property lists should end with a '\]'",
        "「[」が「]」で閉じられていません",
        "a “[” is not closed with “]”",
        "「.」の前に「]」を書いてください。",
        "Write “]” before the “.”.",
    ),
    _reason(
        r"A language code should always start with a letter",
        "言語タグの書き方が違います",
        "a language tag is not written as it should be",
        "「@ja」「@en」のように半角の英字で書いてください。",
        "Write it in letters: @ja, @en.",
    ),
    _reason(
        r"The PREFIX declaration should be followed by",
        "@prefix の書き方が違います",
        "the @prefix line is not written as it should be",
        "「@prefix dcat: <http://www.w3.org/ns/dcat#> .」のように、IRI を < > で囲んでください。",
        "Put the IRI between < and >: “@prefix dcat: <http://www.w3.org/ns/dcat#> .”",
    ),
    _reason(
        r"Unexpected escape character",
        "「\\」の使い方が違います",
        "a “\\” is not followed by what may follow it",
        "「\\」そのものは「\\\\」と書いてください。",
        "Write “\\\\” for the sign itself.",
    ),
    _reason(
        r"mismatched tag|expected `?</",
        "開始タグと終了タグが合っていません",
        "a start tag and an end tag do not fit",
        "この場所のタグが、開いたのと同じ名前で、逆の順に閉じられているか確かめてください。",
        "See that tags are closed with the names that they were opened with, in the opposite order.",
    ),
    _reason(
        r"not well-formed \(invalid token\)",
        "XML に使えない文字か、引用符のない属性があります",
        "there is a sign that XML does not take, or an attribute without quotation marks",
        '「&」は「&amp;」、「<」は「&lt;」と書き、属性の値は「"」で囲んでください。',
        "Write “&” as “&amp;” and “<” as “&lt;”, and put values of attributes in quotation marks.",
    ),
    _reason(
        r"unbound prefix|Unknown prefix (\S*)",
        "XML の接頭辞が宣言されていません",
        "a prefix of the XML is not declared",
        'rdf:RDF 要素に xmlns:dct="http://purl.org/dc/terms/" のように書き足してください。',
        'Declare it in the rdf:RDF element, as in xmlns:dct="http://purl.org/dc/terms/".',
    ),
    _reason(
        r"no element found|unclosed token",
        "XML が途中で終わっています",
        "the XML breaks off",
        "文書の終わりまで（</rdf:RDF> まで）渡してください。",
        "Give the whole document, to the end of </rdf:RDF>.",
    ),
)


def explained(reason: str) -> tuple[Text, Text]:
    """What a parser's sentence means and how to mend it; the sentence itself, and no hint, where it is not known."""
    for known in REASONS:
        if found := known.pattern.search(reason):
            parts = [part or "" for part in found.groups()]
            meaning, hint = (
                {lang: text.replace("{0}", parts[0] if parts else "") for lang, text in texts.items()}
                for texts in (known.meaning, known.hint)
            )
            return meaning, hint
    return {"ja": reason, "en": reason}, {}
