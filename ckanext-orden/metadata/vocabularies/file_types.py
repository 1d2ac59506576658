"""File types: CKAN's format label, the EU's code, the IANA media type, and what publishers write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

from ..parsing.text import fold, key
from .loader import by_key, rows, spellings

AUTHORITY = "http://publications.europa.eu/resource/authority/file-type/"
IANA = "http://www.iana.org/assignments/media-types/"

_WRAPPING = re.compile(r"^[\W_\d]+|(?:形式|ファイル|データ|file|[\W_])+$")
_REMARK = re.compile(r"\(.*\)$")
_FAMILIES = (
    ("excel", ("xlsx", "xls", "xlsm", "xlsb")),
    ("エクセル", ("xlsx", "xls", "xlsm", "xlsb")),
    ("word", ("docx", "doc")),
    ("ワード", ("docx", "doc")),
    ("powerpoint", ("pptx", "ppt")),
    ("パワーポイント", ("pptx", "ppt")),
)
_EXTENSION = re.compile(r"\.([a-z0-9]{2,8})(?:\.(?:gz|zip))?$")


@dataclass(frozen=True)
class FileType:
    """A file type; not every one has an EU code and a media type.

    `open` is whether it can be used without a certain product, `machine_readable` whether programs can compute with it.
    """

    label: str
    eu_code: str
    media_type: str
    extension: str
    open: bool
    machine_readable: bool

    @property
    def eu_iri(self) -> str:
        return AUTHORITY + self.eu_code if self.eu_code else ""

    @property
    def media_type_iri(self) -> str:
        return IANA + self.media_type if self.media_type else ""


@cache
def file_types() -> tuple[FileType, ...]:
    """All file types."""
    return tuple(
        FileType(row["label"], row["eu"], row["media"], row["extension"], row["open"] == "yes", row["machine"] == "yes")
        for row in rows("file_types")
    )


def file_type_for(text: object, url: str = "") -> FileType | None:
    """The file type that a label, an extension, a media type or an IRI names.

    A word for a whole family (Excel) is settled by the address, else it means the newest member.
    """
    plain = fold(text)
    if plain.startswith(("http://", "https://")):
        plain = _last_of_iri(plain)
    wordings = (plain, _WRAPPING.sub("", plain), _WRAPPING.sub("", _REMARK.sub("", plain)))
    found = (_index().get(key(wording)) for wording in wordings if wording)
    return next(filter(None, found), None) or _by_family(plain, url)


def file_type_of_url(url: str) -> FileType | None:
    """The file type that the path, else the query, of an address ends with."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    for part in (parts.path, parts.query):
        match = _EXTENSION.search(fold(unquote(part)))
        if match and match[1] in _index():
            return _index()[match[1]]
    return None


def _by_family(plain: str, url: str) -> FileType | None:
    for word, members in _FAMILIES:
        if word in plain:
            said = file_type_of_url(url)
            return said if said and said.extension in members else _index()[members[0]]
    return None


def _last_of_iri(iri: str) -> str:
    for marker in ("/file-type/", "/media-types/"):
        if marker in iri:
            return iri.split(marker, 1)[1]
    return iri


@cache
def _index() -> dict[str, FileType]:
    words = (spellings(row, "label", "extension", "eu", "media") for row in rows("file_types"))
    return by_key(zip(file_types(), words, strict=True))
