"""GeoJSON as a table: a feature is a row, its properties are cells, and the last cell is where it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...errors import SourceError
from ...types import Issue, Report
from ..parsing.sheet_faults import fault
from ..parsing.workbooks import MAX_COLUMNS
from .check import Checked
from .content import Content, Field, Kept, content
from .geometries import GEOMETRY, as_cell
from .personal import Watch
from .problems import table_issue


def is_geojson(data: bytes) -> bool:
    """Whether a file may be GeoJSON: a JSON object that speaks of features early."""
    start = data[:4000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and any(word in start for word in (b'"FeatureCollection"', b'"Feature"'))


def examine_features(data: bytes, *, personal: bool, max_rows: int) -> Checked:
    """What a GeoJSON file holds; it follows no standard table. SourceError where it cannot be read."""
    features = _features(data)
    read = features[:max_rows]
    names = _names(read)
    watch, kept = Watch(names, None), Kept()
    for feature in read:
        cells = _cells(feature, names)
        watch.see(cells)
        kept.add([*cells, as_cell(feature.get("geometry"))])
    found = content(names, (), [row[:-1] for row in kept.rows], len(read))
    whole = Content((*found.fields, Field(GEOMETRY, "", GEOMETRY)), tuple(kept.rows), len(read))
    issues = (*_issues(features, read), *(watch.issues() if personal else ()))
    return Checked(Report(issues, checked=len(read)), None, (), len(read), (), 0, whole)


def _features(data: bytes) -> list[Mapping[str, Any]]:
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        raise SourceError(
            f"The GeoJSON cannot be read ({error}): save it again as JSON in UTF-8.",
            ja=f"GeoJSONとして読めません（{error}）。UTF-8のJSONで保存し直してください。",
        ) from error
    if not isinstance(found, dict) or found.get("type") not in ("FeatureCollection", "Feature"):
        raise fault("not_table", kind="JSON")
    members = found.get("features") if found["type"] == "FeatureCollection" else [found]
    if not isinstance(members, list):
        raise SourceError(
            "The FeatureCollection has no list of features.",
            ja="FeatureCollectionに地物の一覧（features）がありません。",
        )
    return [feature for feature in members if isinstance(feature, dict) and feature.get("type") == "Feature"]


def _refused(constant: str) -> float:
    raise ValueError(f"{constant} is not JSON")


def _names(features: Sequence[Mapping[str, Any]]) -> list[str]:
    """The properties in the order in which they are first met."""
    names: dict[str, None] = {}
    for feature in features:
        names.update(dict.fromkeys(_properties(feature)))
        if len(names) > MAX_COLUMNS:
            break
    return list(names)[:MAX_COLUMNS]


def _properties(feature: Mapping[str, Any]) -> Mapping[str, Any]:
    found = feature.get("properties")
    return found if isinstance(found, dict) else {}


def _cells(feature: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    properties = _properties(feature)
    return [_text(properties.get(name)) for name in names]


def _text(value: Any) -> str:
    if value is None:
        return ""
    try:
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return ""


def _issues(features: Sequence[Any], read: Sequence[Any]) -> Iterator[Issue]:
    if not read:
        yield table_issue("no_rows")
    if len(read) < len(features):
        yield table_issue("too_many_rows", count=len(read))
