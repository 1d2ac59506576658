"""What can be wrong with オープンデータ一覧, in words: a body that is no list, a list that breaks off, a bad row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from ...errors import SourceError
from ...types import Issue, Severity, Text

_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "packed"),
    (b"<", "markup"),
    (b"{", "json"),
    (b"[", "json"),
    (b"HTTP/", "http"),
)
_FAULTS: dict[str, Text] = {
    "empty": {"ja": "一覧が空です（0バイト）。", "en": "The list is empty: 0 bytes of content."},
    "pdf": {
        "ja": "一覧ではなくPDFです。CSVかExcel（xlsx）で保存してください。",
        "en": "This is a PDF, not a list: save it as CSV or Excel (xlsx).",
    },
    "packed": {
        "ja": "一覧ではなく圧縮ファイルです。展開したファイルを使ってください。",
        "en": "This is a compressed file, not a list: unpack it.",
    },
    "markup": {
        "ja": "一覧ではなくWebページまたはXMLです。ファイルかURLを確かめてください。",
        "en": "This is a web page or XML, not a list: check the file or its address.",
    },
    "json": {
        "ja": "一覧ではなくJSONです。ファイルかURLを確かめてください。",
        "en": "This is JSON, not a list: check the file or its address.",
    },
    "http": {"ja": "一覧ではなくHTTP応答のヘッダーです。", "en": "This is the header of an HTTP answer, not a list."},
    "cut_off": {
        "ja": "ファイルが文字の途中で切れています。もう一度取得してください。",
        "en": "The file breaks off inside a character: fetch it again.",
    },
    "open_quote": {
        "ja": "閉じられていない引用符があります。ファイルが途中で切れているか、壊れています。",
        "en": "A quotation mark is never closed: the file breaks off or is broken.",
    },
    "last_row": {
        "ja": "ファイルが最後の行の途中で切れています。もう一度取得してください。",
        "en": "The file breaks off inside its last row: fetch it again.",
    },
    "no_header": {
        "ja": "先頭40行にオープンデータ一覧の見出し（データセット_タイトルまたはデータ名称）がありません。",
        "en": "The first 40 lines hold no header of オープンデータ一覧 (データセット_タイトル or データ名称).",
    },
    "no_rows": {
        "ja": "一覧に見出しはありますが、データの行がありません。",
        "en": "The list has a header but no rows.",
    },
    "no_usable_rows": {
        "ja": "一覧の行に名称がひとつもありません。",
        "en": "The list has rows but none has a title.",
    },
}
_ROWS: dict[str, tuple[Severity, Text, Text]] = {
    "too_long": (
        "error",
        {
            "ja": "{line}行目の項目が見出しより多いため、この行を読み飛ばしました。",
            "en": "Line {line} has more cells than the header and was left out.",
        },
        {
            "ja": 'カンマを含む項目は引用符（"）で囲んでください。',
            "en": 'Put a cell that holds a comma in quotation marks (").',
        },
    ),
    "short": (
        "info",
        {
            "ja": "{line}行目の項目が見出しより少ないため、残りを空として読みました。",
            "en": "Line {line} has fewer cells than the header; the rest counts as empty.",
        },
        {},
    ),
    "no_title": (
        "error",
        {
            "ja": "{line}行目に{column}がないため、この行を読み飛ばしました。",
            "en": "Line {line} has no {column} and was left out.",
        },
        {"ja": "{column}を書いてください。", "en": "Fill in {column}."},
    ),
    "unknown_column": (
        "info",
        {
            "ja": "「{column}」はオープンデータ一覧にない列、または重複した列のため、読みませんでした。",
            "en": "The column {column} is not one of the standard's, or is there twice, and was not read.",
        },
        {},
    ),
}


def fault(name: str) -> SourceError:
    """The error that says why a file is not a list."""
    return SourceError(_FAULTS[name]["en"], ja=_FAULTS[name]["ja"])


def row_issue(name: str, line: int, column: str = "", value: str = "") -> Issue:
    """One problem of a row or of the header."""
    severity, message, hint = _ROWS[name]
    texts = tuple(
        {lang: words.format(line=line, column=column) for lang, words in said.items()} for said in (message, hint)
    )
    return Issue(f"list.{name}", severity, column, texts[0], texts[1], f"line {line}", value[:200])


def check_content(data: bytes) -> None:
    """SourceError for a body that is something else than text in rows."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:8]
    if not start or not data.strip(b"\0 \t\r\n"):
        raise fault("empty")
    if b"HTTP/1." in data[:64]:
        raise fault("http")
    for magic, name in _MAGIC:
        if start.startswith(magic):
            raise fault(name)


def check_end(text: str, rows: Sequence[Sequence[str]], width: int) -> None:
    """SourceError for a list that breaks off: rows after the break would look as if they had been deleted."""
    last = rows[-1]
    others_full = all(len(row) >= width for row in rows[:-1])
    if not text.endswith(("\n", "\r")) and len(last) < width and others_full and len(rows) > 1:
        raise fault("last_row")


def check_quotes(text: str, delimiter: str) -> None:
    """SourceError where a quotation mark is never closed: it swallows the rows behind it.

    Quotes that are only careless ("a" b) come in pairs, and a mark inside a cell (24") is read as it stands.
    """
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        if text.count('"') % 2:
            raise fault("open_quote") from error
