"""Rows of a file in other forms, made of what is kept: CSV in two encodings, Excel, JSON, GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..helpers import spreadsheets
from ..metadata.tables.content import Content
from ..metadata.tables.correct import safe
from ..metadata.tables.geometries import GEOMETRY, from_cell
from ..metadata.tables.places import Place, places
from .contents import Numbered

GETA = "〓"
"""Stands for a character that an encoding lacks, as printers have it."""


@dataclass(frozen=True)
class Form:
    """A form of the rows: the ending of its address, its name for people, its media type."""

    ending: str
    name: str
    mimetype: str
    make: Callable[[Content, Sequence[Numbered]], bytes]
    located: bool = False
    """Only for rows that say where they are."""


def _table(content: Content, rows: Sequence[Numbered]) -> list[list[str]]:
    return [[field.name for field in content.fields], *(list(cells) for _, cells in rows)]


def _csv(content: Content, rows: Sequence[Numbered]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([safe(cell) for cell in row] for row in _table(content, rows))
    return stream.getvalue()


def _utf8(content: Content, rows: Sequence[Numbered]) -> bytes:
    return _csv(content, rows).encode("utf-8-sig", "replace")


def _cp932(content: Content, rows: Sequence[Numbered]) -> bytes:
    text = _csv(content, rows)
    try:
        return text.encode("cp932")
    except UnicodeEncodeError:
        return b"".join(map(_encoded, text))


def _encoded(character: str) -> bytes:
    try:
        return character.encode("cp932")
    except UnicodeEncodeError:
        return GETA.encode("cp932")


def _xlsx(content: Content, rows: Sequence[Numbered]) -> bytes:
    return spreadsheets.as_xlsx(_table(content, rows))


def _json(content: Content, rows: Sequence[Numbered]) -> bytes:
    return json.dumps([_named(content, cells) for _, cells in rows], ensure_ascii=False, indent=1).encode()


def _geojson(content: Content, rows: Sequence[Numbered]) -> bytes:
    cells = dict(rows)
    found = places(content, rows)
    drawn = next((at for at, field in enumerate(content.fields) if field.kind == GEOMETRY), None)
    features = [
        {
            "type": "Feature",
            "id": place.row,
            "geometry": _point(place) if drawn is None else from_cell(cells[place.row][drawn]),
            "properties": _properties(content, cells[place.row], drawn),
        }
        for place in (found.places if found else ())
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _point(place: Place) -> Mapping[str, object]:
    return {"type": "Point", "coordinates": [place.longitude, place.latitude]}


def _properties(content: Content, cells: Sequence[str], drawn: int | None) -> Mapping[str, str]:
    """What a feature says beside where it is."""
    named = list(_named(content, cells).items())
    return dict(pair for at, pair in enumerate(named) if at != drawn)


def _named(content: Content, cells: Sequence[str]) -> Mapping[str, str]:
    """A row by the names of its columns; one without a name, or with another's, has its number for it."""
    named: dict[str, str] = {}
    for place, (field, cell) in enumerate(zip(content.fields, cells, strict=True), start=1):
        name = field.name if field.name and field.name not in named else f"{field.name or '列'}_{place}"
        named[name] = cell
    return named


FORMS = {
    form.ending: form
    for form in (
        Form("csv", "CSV (UTF-8)", "text/csv; charset=utf-8", _utf8),
        Form("sjis.csv", "CSV (Shift_JIS)", "text/csv; charset=Shift_JIS", _cp932),
        Form("xlsx", "Excel", spreadsheets.XLSX, _xlsx),
        Form("json", "JSON", "application/json; charset=utf-8", _json),
        Form("geojson", "GeoJSON", "application/geo+json; charset=utf-8", _geojson, located=True),
    )
}
