"""Template functions of the room: they format what answers carry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckan.plugins import toolkit as tk

from ..metadata.tables.geometries import GEOMETRY, from_cell
from ..metadata.tables.problems import words_of
from ..types import Text
from . import dictionary, files

__all__ = [
    "orden_table_checkable",
    "orden_table_columns",
    "orden_table_kind",
    "orden_table_located",
    "orden_table_shape",
    "orden_table_summary",
    "orden_table_warnings",
    "orden_table_words",
]


def orden_table_summary(dataset: Mapping[str, Any], resource_id: str) -> Mapping[str, Any]:
    """The summary of the report on a resource; empty if there is none."""
    return (dataset.get("orden_tables") or {}).get(resource_id, {})


def orden_table_columns(report: Mapping[str, Any]) -> list[dict[str, str]]:
    """The data dictionary of a file whose standard is known."""
    return dictionary.of_report(report)


def orden_table_located(found: Mapping[str, Any]) -> bool:
    """Whether the rows of a file say where they are."""
    kinds = {field["kind"] for field in found["fields"]}
    return GEOMETRY in kinds or {"latitude", "longitude"} <= kinds


def orden_table_shape(cell: str) -> str:
    """What the geometry in a cell is, in a word."""
    words = {
        "Point": tk._("A point"),
        "MultiPoint": tk._("Several points"),
        "LineString": tk._("A line"),
        "MultiLineString": tk._("Several lines"),
        "Polygon": tk._("An area"),
        "MultiPolygon": tk._("Several areas"),
    }
    found = from_cell(cell)
    return words.get(found["type"], tk._("Several shapes")) if found else ""


def orden_table_checkable(resource: Mapping[str, Any]) -> bool:
    """Whether a resource says that it is a table."""
    return files.is_table(resource)


def orden_table_kind(kind: str) -> str:
    """What a column holds, in a word."""
    words = {
        "choice": tk._("Choice"),
        "code": tk._("Local government code"),
        "corporate": tk._("Corporate number (13 digits)"),
        "date": tk._("Date"),
        "digits": tk._("Digits"),
        "digits10": tk._("Ten digits"),
        "email": tk._("Mail address"),
        "geometry": tk._("Geometry (GeoJSON)"),
        "integer": tk._("Whole number"),
        "json": "JSON",
        "kana": tk._("Katakana"),
        "latitude": tk._("Latitude (degrees)"),
        "longitude": tk._("Longitude (degrees)"),
        "number": tk._("Number"),
        "phone": tk._("Telephone number"),
        "postal": tk._("Postal code"),
        "time": tk._("Time"),
        "town": tk._("Town id of the address base registry"),
        "text": tk._("Text"),
        "url": tk._("Web address"),
    }
    return words.get(kind, "")


def orden_table_words(problem: str) -> Text:
    """What a problem of cells is called."""
    return words_of(problem)


def orden_table_warnings(dataset: Mapping[str, Any]) -> int:
    """How many columns of a dataset's files look like personal data."""
    return sum(summary.get("personal", 0) for summary in (dataset.get("orden_tables") or {}).values())
