"""Foreign bytes to text: what is no text, or not in UTF-8, is named for what it is."""

from __future__ import annotations

import codecs

from ..types import Issue
from .detect import begins_like_turtle, binary_kind, first_statement, looks_like_table
from .limits import RdfLimits
from .problems import UnreadableRdf, issue

ENCODINGS = {"cp932": "Shift_JIS (CP932)", "euc_jp": "EUC-JP"}
NEWLINE = b"\n"


def text_of(data: bytes, limits: RdfLimits) -> str:
    """The document's text, else `UnreadableRdf`."""
    if len(data) > limits.size:
        raise UnreadableRdf(issue("rdf.too_large", found=f"{len(data):,} bytes", limit=f"{limits.size:,} bytes"))
    if kind := binary_kind(data):
        raise UnreadableRdf(issue("rdf.binary", found=kind))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableRdf(issue("rdf.encoding", found="UTF-16"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableRdf(_encoding_issue(data, error.start)) from error
    if "\x00" in text:
        raise UnreadableRdf(issue("rdf.binary", found="binary"))
    if not text.strip():
        raise UnreadableRdf(issue("rdf.empty"))
    return text


def _encoding_issue(data: bytes, start: int) -> Issue:
    """Which encoding it may be; a table in it is named as one, the encoding is not its first fault."""
    where = f"line {data.count(NEWLINE, 0, start) + 1}"
    for name, label in ENCODINGS.items():
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if looks_like_table(text) and not begins_like_turtle(text):
            return issue("rdf.csv", where="line 1", found=first_statement(text)[1])
        return issue("rdf.encoding", where=where, found=label)
    return issue("rdf.encoding", where=where, found="?")
