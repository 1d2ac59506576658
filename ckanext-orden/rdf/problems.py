"""What can be wrong with a document that should be RDF: one text each, in Japanese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..types import Issue, Text
from .reasons import explained


class UnreadableRdf(Exception):  # noqa: N818 - a verdict on the document
    """The document cannot be read; `issue` says why and how to mend it."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.text("en"))
        self.issue = issue


@dataclass(frozen=True)
class Problem:
    """The wording of one code; `{…}` are filled when it is raised."""

    message: Text
    hint: Text


def problem(ja: str, en: str, hint_ja: str, hint_en: str) -> Problem:
    return Problem({"ja": ja, "en": en}, {"ja": hint_ja, "en": hint_en})


PROBLEMS = {
    "rdf.empty": problem(
        "中身がありません。",
        "The document is empty.",
        "Turtle、RDF/XML、JSON-LD、N-Triples のどれかで書いた文書を渡してください。",
        "Give a document in Turtle, RDF/XML, JSON-LD or N-Triples.",
    ),
    "rdf.too_large": problem(
        "大きすぎます（{found}。上限は {limit}）。",
        "The document is too large ({found}; the limit is {limit}).",
        "データセットをいくつかの文書に分けてください。",
        "Split the datasets into several documents.",
    ),
    "rdf.binary": problem(
        "これは {found} です。RDF の文書ではありません。",
        "This is {found}, not an RDF document.",
        "データそのものではなく、その説明（メタデータ）を Turtle、RDF/XML、JSON-LD、N-Triples で渡してください。",
        "Give the description (metadata) of the data, not the data itself, in Turtle, RDF/XML, JSON-LD or N-Triples.",
    ),
    "rdf.encoding": problem(
        "文字コードが UTF-8 ではありません（{found}）。",
        "The text is not UTF-8 ({found}).",
        "エディタで「UTF-8」を選んで保存し直してください。",
        "Save it again as UTF-8.",
    ),
    "rdf.xml_encoding": problem(
        "XML 宣言の文字コードが UTF-8 ではありません（{found}）。",
        "The XML declares another encoding than UTF-8 ({found}).",
        'UTF-8 で保存し、1行目の宣言を encoding="UTF-8" に直してください。',
        'Save it as UTF-8 and write encoding="UTF-8" in its first line.',
    ),
    "rdf.html": problem(
        "これは HTML のページです。RDF の文書ではありません。",
        "This is an HTML page, not an RDF document.",
        "ブラウザのページの URL ではなく、.ttl、.rdf、.jsonld などの RDF の URL か、その中身を渡してください。"
        "ログインやエラーのページが返っていないかも確かめてください。",
        "Give the address or the content of the RDF (.ttl, .rdf, .jsonld), not of the page for browsers. "
        "See too that it is not a login or error page.",
    ),
    "rdf.csv": problem(
        "これは CSV（表）のファイルです。Turtle ではありません。",
        "This is a CSV file, not Turtle.",
        "ファイルの名前を .ttl に変えても RDF にはなりません。"
        "オープンデータ一覧の CSV は、RDF の検査ではなく一覧の取り込みで調べてください。",
        "A CSV file does not become RDF by being named .ttl. "
        "Check a CSV list of open data with the import of lists instead.",
    ),
    "rdf.not_rdf": problem(
        "RDF として読めません。{line}行目の「{found}」は Turtle の文ではありません。",
        "This cannot be read as RDF: on line {line}, “{found}” is not a Turtle statement.",
        "Turtle の文は「主語 述語 目的語 .」の形です。文章や設定ファイルを渡していないか確かめてください。",
        "A Turtle statement is “subject predicate object .”. See that it is not prose or a settings file.",
    ),
    "rdf.xml_not_rdf": problem(
        "これは XML ですが RDF/XML ではありません（最初の要素は {found}）。",
        "This is XML but not RDF/XML (its first element is {found}).",
        "RDF/XML は rdf:RDF 要素（名前空間 http://www.w3.org/1999/02/22-rdf-syntax-ns#）で始まります。",
        "RDF/XML starts with the element rdf:RDF of the namespace http://www.w3.org/1999/02/22-rdf-syntax-ns#.",
    ),
    "rdf.json_not_ld": problem(
        "これは JSON ですが JSON-LD ではありません。",
        "This is JSON but not JSON-LD.",
        "JSON-LD には @context と、@id か @graph が必要です。"
        "CKAN の API の応答ではなく /dataset/<名前>.jsonld を渡してください。",
        "JSON-LD needs @context and @id or @graph. Give /dataset/<name>.jsonld rather than an answer of CKAN's API.",
    ),
    "rdf.syntax": problem(
        "{syntax} の書き方に誤りがあります（{place}）: {found}",
        "The {syntax} is broken ({place}): {found}",
        "その行と直前の行を見てください。"
        "文の終わりの「.」、文字列を閉じる引用符、宣言していない接頭辞（@prefix）がよくある原因です。",
        "Look at that line and the one before. Usual causes: a missing “.” at the end of a statement, "
        "an open quotation mark, a prefix without its @prefix line.",
    ),
    "rdf.json_syntax": problem(
        "JSON の書き方に誤りがあります（{place}）: {found}",
        "The JSON is broken ({place}): {found}",
        "その場所のかっこ、引用符、カンマを確かめてください。最後の項目の後ろのカンマはよくある原因です。",
        "See the brackets, quotation marks and commas there. A comma after the last item is a usual cause.",
    ),
    "rdf.doctype": problem(
        "XML に DOCTYPE か ENTITY の宣言があります。安全のため読みません。",
        "The XML declares a DOCTYPE or ENTITY. For safety it is not read.",
        "<!DOCTYPE …> と <!ENTITY …> を取り除き、実体参照（&name;）を中身に置き換えてください。",
        "Remove <!DOCTYPE …> and <!ENTITY …> and write what the entities (&name;) stand for.",
    ),
    "rdf.remote_context": problem(
        "JSON-LD の @context が外の文書を指しています（{found}）。安全のため取りに行きません。",
        "The @context of the JSON-LD points to another document ({found}). For safety it is not fetched.",
        "@context の中身を、その文書に直接書いてください。",
        "Write the content of that @context into the document itself.",
    ),
    "rdf.too_deep": problem(
        "入れ子が深すぎます。",
        "The document is nested too deeply.",
        "入れ子を減らし、中のものに IRI を付けて並べてください。",
        "Nest less: give what is inside an IRI and write it beside.",
    ),
    "rdf.attributes": problem(
        "属性が {found} 個ある要素があります（{place}）。上限は {limit} 個です。",
        "An element has {found} attributes ({place}); the limit is {limit}.",
        "値を属性ではなく要素で書いてください。",
        "Write values as elements instead of attributes.",
    ),
    "rdf.long_literal": problem(
        "{found}文字の値があります（{place}）。上限は {limit}文字です。",
        "A value of {found} characters ({place}) is over the limit of {limit}.",
        "データの中身やファイルを説明に埋め込んでいないか確かめてください。",
        "See that no data or file is embedded in the description.",
    ),
}


def place(line: int | None, column: int | None = None) -> Text:
    """Where in the document, for a message."""
    if line is None:
        return {"ja": "場所は分かりません", "en": "place unknown"}
    if column is None:
        return {"ja": f"{line}行目", "en": f"line {line}"}
    return {"ja": f"{line}行目の{column}文字目", "en": f"line {line}, column {column}"}


def issue(code: str, where: str = "", **found: object) -> Issue:
    """The error of that code, its text filled in; a filling may be a text in both languages."""
    return filled(PROBLEMS[code], code, where, **found)


def syntax_issue(syntax: str, where: Text, reason: str) -> Issue:
    """What a parser complains of, in words that lead to the fix."""
    meaning, hint = explained(reason)
    known = issue("rdf.syntax", where=where["en"], syntax=syntax, place=where, found=meaning)
    return replace(known, hint=hint or known.hint, value=_whole(reason))


def filled(problem: Problem, code: str, where: str = "", **found: object) -> Issue:
    """The same of any problem."""
    return Issue(
        code=code,
        severity="error",
        field="",
        message={lang: _whole(text.format(**_in(lang, found))) for lang, text in problem.message.items()},
        hint=problem.hint,
        where=where,
        value=_whole(str(found.get("found", ""))),
    )


def _in(lang: str, found: Mapping[str, object]) -> dict[str, object]:
    return {key: value[lang] if isinstance(value, dict) else value for key, value in found.items()}


def _whole(text: str) -> str:
    """JSON may hold half of a character, which no answer can."""
    return text.encode(errors="replace").decode()
