"""The packed parts of an XLSX, looked at before anything opens them: bombs, entities, formulas without a result."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, Literal

from .sheet_faults import fault

Role = Literal["sheet", "strings", "objects", "other"]
MAX_PARTS = 2000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_STRINGS = 40 * 1024 * 1024
MAX_ELEMENTS = 200_000
"""Elements of a part that is neither a sheet nor the strings: each becomes an object when the file is opened."""
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError, OSError)
_BLOCK = 1024 * 1024
_EXAMPLES = 5
_CONTENT_TYPES = "[Content_Types].xml"
_STYLES = "xl/styles.xml"
_SPLIT = 32
_ROLES: dict[bytes, Role] = {b"worksheet+xml": "sheet", b"sharedStrings+xml": "strings"}
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MANIFEST = 1024 * 1024
_DOCTYPE = re.compile(b"|".join(rb"\0?".join(bytes([char]) for char in word) for word in (b"<!DOCTYPE", b"<!ENTITY")))
_OVERRIDE = re.compile(rb"<[^<>]*PartName\s*=\s*[^<>]*>")
_PART_NAME = re.compile(rb"PartName\s*=\s*[\"']/?([^\"']*)")
_EMPTY_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^<>]*><f(?:[^<>]*/>|[^<>]*>[^<]*</f>)(?:<v/>|<v></v>)?</c>'
)
_MERGED = re.compile(rb'<mergeCell ref="([A-Z0-9:]{1,30})"')


@dataclass
class Found:
    """How often something was met, and where first."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, places: list[bytes]) -> None:
        self.count += len(places)
        self.first += [place.decode() for place in places[: _EXAMPLES - len(self.first)]]


@dataclass
class Seen:
    """What a look at the packed parts tells and openpyxl does not."""

    formulas: Found = field(default_factory=Found)
    merged: Found = field(default_factory=Found)

    def collect(self, text: bytes) -> None:
        self.formulas.add(_EMPTY_FORMULA.findall(text))
        self.merged.add(_MERGED.findall(text))


def inspect(data: bytes) -> Seen:
    """Refuse bombs, entities, secrets and other kinds of ZIP before openpyxl opens the file."""
    seen = Seen()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            parts = _parts(pack)
            roles = _roles(pack)
            left = MAX_UNPACKED
            for part in parts:
                with pack.open(part) as stream:
                    left -= _look(stream, left, roles.get(part.filename, _role_by_name(part.filename)), seen)
    except (ValueError, *BROKEN) as error:
        raise fault("broken_workbook", reason=str(error)[:200]) from error
    return seen


def _parts(pack: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """What has to be looked at; pictures are never opened."""
    parts = pack.infolist()
    names = {part.filename for part in parts}
    if _CONTENT_TYPES not in names or not any(name.startswith("xl/") for name in names):
        raise fault("not_workbook")
    if len(parts) > MAX_PARTS:
        raise fault("bomb")
    if any(part.compress_type not in _PACKED for part in parts):
        raise fault("broken_workbook", reason="compression")
    return [part for part in parts if not part.filename.startswith("xl/media/")]


def _roles(pack: zipfile.ZipFile) -> dict[str, Role]:
    """Which parts are sheets, and which hold the strings, whatever they are called."""
    with pack.open(_CONTENT_TYPES) as stream:
        text = stream.read(_MANIFEST)
    roles: dict[str, Role] = {}
    for match in _OVERRIDE.finditer(text):
        name = _PART_NAME.search(match[0])
        role = next((role for mark, role in _ROLES.items() if mark in match[0]), None)
        if name and role:
            roles[name[1].decode("utf-8", "replace")] = role
    roles.pop(_STYLES, None)
    return roles


def _role_by_name(name: str) -> Role:
    return "objects" if name.endswith((".xml", ".rels")) else "other"


def _look(stream: IO[bytes], left: int, role: Role, seen: Seen) -> int:
    """Read one part to its end, whatever size it states; returns its true size."""
    limit = min(left, MAX_STRINGS) if role == "strings" else left
    size = elements = 0
    tail = b""
    while block := stream.read(_BLOCK):
        size += len(block)
        elements += block.count(b"<")
        text = tail + block
        if size > limit or (role == "objects" and elements > MAX_ELEMENTS) or (role != "other" and b"<" not in text):
            raise fault("bomb")
        if _DOCTYPE.search(text):
            raise fault("entities")
        cut = _last_cell(text) if role == "sheet" else len(text) - _SPLIT
        if role == "sheet":
            seen.collect(text[:cut])
        tail = text[cut:]
    if role == "sheet":
        seen.collect(tail)
    return size


def _last_cell(text: bytes) -> int:
    """Where to cut a text so that no cell is cut in two, unless it is longer than a block."""
    found = max(text.rfind(b"<c "), text.rfind(b"<mergeCell "))
    return found if found >= len(text) - _BLOCK else len(text) - _SPLIT
