"""Geometries of GeoJSON: only those whose every position is on the earth, and where they are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

GEOMETRY = "geometry"
"""The name and the kind of the column that holds a geometry, as compact GeoJSON in degrees (WGS 84 or JGD2011)."""
_DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
"""How deep the positions of a geometry lie in lists."""
_DECIMALS = 6
"""Of a degree: a tenth of a metre."""


def as_cell(found: Any) -> str:
    """A geometry as a table keeps it, without heights; empty where it cannot be drawn."""
    clean = _clean(found)
    return json.dumps(clean, separators=(",", ":")) if clean else ""


def from_cell(cell: str) -> dict[str, Any] | None:
    """The geometry that was kept; None where there is none."""
    return json.loads(cell) if cell else None


def middle(found: Mapping[str, Any]) -> tuple[float, float]:
    """Degrees north and east of the middle of what a geometry covers."""
    positions = list(_positions(found))
    east, north = ([position[axis] for position in positions] for axis in (0, 1))
    return (min(north) + max(north)) / 2, (min(east) + max(east)) / 2


def _clean(found: Any) -> dict[str, Any] | None:
    if not isinstance(found, dict):
        return None
    if found.get("type") == "GeometryCollection" and isinstance(found.get("geometries"), list):
        parts = [_shape(part) for part in found["geometries"] if isinstance(part, dict)]
        return {"type": "GeometryCollection", "geometries": parts} if parts and all(parts) else None
    return _shape(found)


def _shape(found: Mapping[str, Any]) -> dict[str, Any] | None:
    kind = found.get("type")
    try:
        return {"type": kind, "coordinates": _nested(found.get("coordinates"), _DEPTHS[str(kind)])}
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def _nested(value: Any, depth: int) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise ValueError("no list of positions")
    return [_nested(part, depth - 1) for part in value] if depth else _position(value)


def _position(value: Sequence[Any]) -> list[float]:
    east, north = (round(float(axis), _DECIMALS) for axis in value[:2])
    if not (isfinite(east) and isfinite(north) and abs(east) <= 180 and abs(north) <= 90):
        raise ValueError("a position that is not on the earth")
    return [east, north]


def _positions(found: Mapping[str, Any]) -> Iterator[Sequence[float]]:
    if found["type"] == "GeometryCollection":
        for part in found["geometries"]:
            yield from _positions(part)
    else:
        yield from _flat(found["coordinates"], _DEPTHS[found["type"]])


def _flat(value: Sequence[Any], depth: int) -> Iterator[Sequence[float]]:
    if not depth:
        yield value
    else:
        for part in value:
            yield from _flat(part, depth - 1)
