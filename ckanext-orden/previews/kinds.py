"""What a file can be shown as: PDF and images by their first bytes, whatever they are called; texts by their name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection
from dataclasses import dataclass

PDF, IMAGE, TEXT = "pdf", "image", "text"
IMAGES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "avif", "svg"})
TEXTS = frozenset(
    {"txt", "text", "md", "log", "json", "jsonl", "jsonld", "json-ld", "yaml", "yml", "toml"}
    | {"xml", "gml", "kml", "rdf", "rdf/xml", "rdf-xml", "ttl", "turtle", "nt", "n-triples"}
)
TABLES = frozenset({"csv", "tsv", "xls", "xlsx", "geojson"})
"""Shown as rows by another room, which knows what of them may be shown to whom."""
ENCODINGS = ("utf-8-sig", "cp932")


@dataclass(frozen=True)
class Kind:
    """How a stored file is shown, and the media type under which it is sent."""

    shown_as: str
    mimetype: str


@dataclass(frozen=True)
class Head:
    """The first lines of a text, and whether they are all."""

    lines: tuple[str, ...]
    whole: bool


_STARTS = (
    (rb"%PDF-", Kind(PDF, "application/pdf")),
    (rb"\x89PNG\r\n\x1a\n", Kind(IMAGE, "image/png")),
    (rb"\xff\xd8\xff", Kind(IMAGE, "image/jpeg")),
    (rb"GIF8[79]a", Kind(IMAGE, "image/gif")),
    (rb"RIFF....WEBP", Kind(IMAGE, "image/webp")),
    (rb"....ftypavif", Kind(IMAGE, "image/avif")),
    (rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]", Kind(IMAGE, "image/svg+xml")),
)
_KINDS = tuple((re.compile(start, re.DOTALL), kind) for start, kind in _STARTS)


def kind_of(data: bytes) -> Kind | None:
    """What a file is by its first bytes; None for what a browser is not asked to show."""
    return next((kind for start, kind in _KINDS if start.match(data)), None)


def is_text(names: Collection[str]) -> bool:
    """Whether the format and the ending of a file say that it is a text, and neither that it is a table."""
    return any(name in TEXTS for name in names) and not any(name in TABLES for name in names)


def head_of(data: bytes, most: int, *, whole: bool) -> Head | None:
    """The first lines of a text, at most so many; `data` may end within a character unless it is the `whole` file."""
    text = _decoded(data, whole=whole)
    if text is None:
        return None
    lines = text.splitlines()
    return Head(tuple(lines[:most]), whole and len(lines) <= most)


def _decoded(data: bytes, *, whole: bool) -> str | None:
    for encoding in ("utf-16",) if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ENCODINGS:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(data, final=whole)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None
