"""The words of a query in the texts of some datasets, asked of Solr's `/orden-marks` in one POST."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pysolr
from ckan.lib.search.common import SearchError, make_connection

from .spans import CLOSE, OPEN, Source, Span, joined, literal, unmarked
from .typed import Typed

HANDLER = "/orden-marks"
MOST = 100
"""Datasets in one question: a page."""
READ = 5000
"""The characters of a text that Solr reads for marks (`hl.maxAnalyzedChars`)."""
FIELDS: Mapping[str, Mapping[str, Source]] = {
    "title": {"title": "words", "title_yomi": "reading"},
    "notes": {"notes": "words", "notes_yomi": "reading"},
    "organization_title": {"organization_title": "words", "organization_yomi": "reading"},
    "tags": {"tags_text": "words", "tags_yomi": "reading"},
    "res_name": {"res_name": "words"},
}
"""The fields that mark each text: Solr marks a text by the analysis of the field it is stored in."""


@dataclass(frozen=True)
class Text:
    """A text and where words of the query stand in it."""

    text: str
    spans: list[Span] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """A dataset of the page: its texts by field, and whether any field of the index holds any of the words."""

    id: str
    name: str
    texts: Mapping[str, list[Text]]
    holds: bool


def found(words: Typed, ids: Sequence[str], filters: Sequence[str]) -> list[Found]:
    """The datasets among `ids` (ids or names) that the filters let through, with their marks.

    Solr reads only those that do not say all the words where one looks first: its highlighter is slower than a search.

    :param filters: what the reader may see, as Solr's `fq`
    """
    plain = [_found(row, {}, words) for row in _ask(ids, filters, words="*:*", qf="name", hl="false")]
    others = [dataset.id for dataset in plain if not _says_all(dataset, words)]
    if not others:
        return plain
    answer = _ask(others, filters, **words.solr())
    read = {row["id"]: _found(row, answer.highlighting.get(row["index_id"], {}), words) for row in answer}
    return [read.get(dataset.id, dataset) for dataset in plain]


def _ask(ids: Sequence[str], filters: Sequence[str], **parameters: str) -> pysolr.Results:
    asked = {"shown": ",".join(ids), "fq": list(filters), "hl.tag.pre": OPEN, "hl.tag.post": CLOSE, **parameters}
    try:
        return make_connection(decode_dates=False).search("", search_handler=HANDLER, **asked)
    except pysolr.SolrError as error:
        raise SearchError("Solr does not mark words (an older configset?)") from error


def _says_all(dataset: Found, words: Typed) -> bool:
    """Whether title and provider of a dataset hold each word as it was typed, so that no reader asks why it is here."""
    texts = [text.text for name in ("title", "organization_title") for text in dataset.texts[name]]
    return all(any(next(literal(text, [word]), None) for text in texts) for word in words.words)


def _found(row: Mapping[str, Any], marks: Mapping[str, list[str]], words: Typed) -> Found:
    texts = {name: list(_texts(row.get(name), name, marks, words)) for name in FIELDS}
    return Found(row["id"], row["name"], texts, row.get("words", 0) > 0)


def _texts(value: Any, name: str, marks: Mapping[str, list[str]], words: Typed) -> Iterator[Text]:
    places: list[tuple[str, Span]] = []
    for field_name, source in FIELDS[name].items():
        for plain, at in map(unmarked, marks.get(field_name, [])):
            places += [(plain, Span(start, end, source)) for start, end in at]
    for text in [value] if isinstance(value, str) else value or []:
        spans = list(literal(text, words.words))
        if OPEN not in text and CLOSE not in text:
            # A mark in the middle of a sign, or in another version of the text, is none.
            spans += [span for plain, span in places if _same(text, plain)]
        yield Text(text, joined(text, spans))


def _same(text: str, plain: str) -> bool:
    """Whether Solr read this text, or the beginning of it where it is long (and counts a rare sign as two)."""
    return plain == text or (len(plain) >= READ // 2 and text.startswith(plain[:-1]))
