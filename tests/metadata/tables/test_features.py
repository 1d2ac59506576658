"""GeoJSON as a table: rows of properties, and geometries that can be drawn."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ckanext.orden.metadata.tables.content import Content, Field
from ckanext.orden.metadata.tables.examine import Context, examine
from ckanext.orden.metadata.tables.geometries import as_cell, from_cell, middle
from ckanext.orden.metadata.tables.places import name_of, places

SQUARE = [[[135.0, 34.0], [135.2, 34.0], [135.2, 34.4], [135.0, 34.0]]]
AREA = {"type": "Polygon", "coordinates": SQUARE}


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def point(east: Any = 135.5, north: Any = 34.7) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [east, north]}


def collection(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def content(*features: Any) -> Content:
    return examine(collection(*features), Context()).content


def test_features_are_rows_and_properties_columns() -> None:
    found = content(feature(point(), 名称="公園", 面積=120, 開設=None), feature(AREA, 名称="校区", 備考={"a": [1]}))
    assert [(field.name, field.kind) for field in found.fields] == [
        ("名称", "text"),
        ("面積", "integer"),
        ("開設", "text"),
        ("備考", "text"),
        ("geometry", "geometry"),
    ]
    assert found.rows[0][:4] == ("公園", "120", "", "")
    assert found.rows[1][:4] == ("校区", "", "", '{"a": [1]}')
    assert found.total == 2


def test_a_point_is_where_it_is_and_an_area_where_its_middle_is() -> None:
    found = content(feature(point(), 名称="公園"), feature(AREA, 名称="校区"), feature(None, 名称="不明"))
    located = places(found, list(enumerate(found.rows, start=1)))
    assert located
    assert [(place.name, place.latitude, place.longitude) for place in located.places] == [
        ("公園", 34.7, 135.5),
        ("校区", pytest.approx(34.2), pytest.approx(135.1)),
    ]
    assert located.without == 1
    assert name_of(found.fields) == "名称"


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        [],
        {"type": "Circle", "coordinates": [135, 34]},
        {"type": "Point"},
        {"type": "Point", "coordinates": [34.7, 135.5]},
        {"type": "Point", "coordinates": ["x", 1]},
        {"type": "Point", "coordinates": [-47_000.5, -148_000.2]},
        {"type": "Point", "coordinates": [1e999, 0]},
        {"type": "Point", "coordinates": [10**400, 0]},
        {"type": "Polygon", "coordinates": [135, 34]},
        {"type": "LineString", "coordinates": []},
        {"type": "GeometryCollection", "geometries": []},
        {"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection", "geometries": [AREA]}]},
        {"type": ["Point"], "coordinates": [135, 34]},
    ],
)
def test_what_is_not_on_the_earth_is_not_drawn(geometry: Any) -> None:
    assert as_cell(geometry) == ""


@pytest.mark.parametrize(
    "geometry",
    [
        point(),
        {"type": "MultiPoint", "coordinates": [[135.0, 34.0], [135.2, 34.4]]},
        {"type": "LineString", "coordinates": [[135.0, 34.0], [135.2, 34.4]]},
        {"type": "MultiPolygon", "coordinates": [SQUARE]},
        {"type": "GeometryCollection", "geometries": [AREA, point()]},
    ],
)
def test_what_can_be_drawn_is_kept_whole(geometry: dict[str, Any]) -> None:
    kept = from_cell(as_cell(geometry))
    assert kept == geometry
    north, east = middle(geometry)
    assert 34 <= north <= 35
    assert 135 <= east <= 136


def test_heights_and_needless_decimals_are_left_out() -> None:
    assert from_cell(as_cell({"type": "Point", "coordinates": [135.123456789, 34, 12.5]})) == point(135.123457, 34.0)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"type": "FeatureCollection", "features": [', "GeoJSONとして読めません"),
        (b'{"type": "FeatureCollection", "x": NaN, "features": []}', "NaN"),
        (b'{"type": "FeatureCollection"}', "features"),
        (b'{"kind": "Feature", "name": "x"}', "JSON"),
        (b'{"type": "FeatureCollection", "features": ' + b"[" * 200_000, "GeoJSONとして読めません"),
        ('{"type": "FeatureCollection", "name": "大阪"}'.encode("cp932"), "UTF-8"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, words: str) -> None:
    found = examine(data, Context())
    assert not found.report.valid
    assert words in found.report.issues[0].message["ja"]


def test_a_file_follows_no_standard_and_nothing_in_it_is_corrected() -> None:
    found = examine(collection(feature(point(), 名称="公園")), Context())
    assert found.report.valid
    assert (found.match, found.header, found.conforms) == (None, (), False)


def test_properties_that_name_persons_are_told() -> None:
    person = {"申請者氏名": "山田 太郎", "生年月日": "1980-04-01", "携帯": "090-1234-5678"}
    found = examine(collection(feature(point(), **person)), Context())
    assert any(issue.code.startswith("personal.") for issue in found.report.issues)
    quiet = examine(collection(feature(point(), **person)), Context(), personal=False)
    assert not any(issue.code.startswith("personal.") for issue in quiet.report.issues)


def test_more_features_than_are_looked_at_are_told() -> None:
    found = examine(collection(*(feature(point(), n=n) for n in range(5))), Context(), max_rows=3)
    assert found.rows == 3
    assert [issue.code for issue in found.report.issues] == ["table.too_many_rows"]


def test_a_field_of_coordinates_needs_no_geometry() -> None:
    fields = (Field("名称", "名称", "text"), Field("緯度", "緯度", "latitude"), Field("経度", "経度", "longitude"))
    located = places(Content(fields, (("公園", "34.7", "135.5"),), 1), [(1, ("公園", "34.7", "135.5"))])
    assert located
    assert located.places[0].name == "公園"
