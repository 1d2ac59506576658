"""The places that a dataset is about: their names, and the boxes that they take up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from geomet import wkt

from ...metadata import vocabularies
from ..profiles.places import as_wkt
from . import said
from .said import Record

Box = tuple[float, float, float, float]
"""West, south, east, north."""


def places(dataset: Record) -> list[tuple[str, Box | None]]:
    """The name and the box of each place that the data is about."""
    found = [(str(of.get("text") or ""), box(of)) for of in said.records(dataset.get("spatial_coverage"))]
    municipality = vocabularies.municipality(str(dataset.get("orden_municipality") or ""))
    found += [(municipality.full_name, None)] if municipality else []
    return [place for place in found if any(place)]


def box(place: Record) -> Box | None:
    """What a place's box, shape or centre takes up; None for shapes within shapes without end."""
    shapes = (as_wkt(place.get(name)) for name in ("bbox", "geom", "centroid"))
    try:
        shape = next(filter(None, shapes), None)
        points = list(_points(wkt.loads(shape))) if shape else []
    except RecursionError:
        return None
    if not points:
        return None
    wide, high = zip(*points, strict=True)
    return min(wide), min(high), max(wide), max(high)


def _points(shape: Record) -> Iterator[tuple[float, float]]:
    """The points of a GeoJSON geometry."""
    for part in said.records(shape.get("geometries")):
        yield from _points(part)
    yield from _flat(shape.get("coordinates") or ())


def _flat(coordinates: Iterable[Any]) -> Iterator[tuple[float, float]]:
    values = list(coordinates)
    if values and isinstance(values[0], (int, float)):
        yield values[0], values[1]
        return
    for part in values:
        yield from _flat(part)
