"""CSV, XLSX, JSON and GeoJSON."""

import csv
import io
import json
from datetime import datetime, timezone
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from ..model import Dataset, Resource
from ..tables import SAMPLE, Row, rows
from .archive import pack, unpack

MADE = datetime(2025, 2, 20, tzinfo=timezone.utc).replace(tzinfo=None)


def write_csv(dataset: Dataset, resource: Resource) -> bytes:
    """The table as CSV in the resource's encoding, lines ended as spreadsheets do."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, dataset.kind.columns)
    writer.writeheader()
    writer.writerows(rows(dataset, resource.year))
    return text.getvalue().encode(resource.encoding)


def write_xlsx(dataset: Dataset, resource: Resource) -> bytes:
    """The table as a workbook whose bytes never change."""
    book = Workbook(write_only=True)
    book.properties.creator = dataset.organization.title
    book.properties.created = book.properties.modified = MADE
    sheet = book.create_sheet("サンプルデータ")
    sheet.append(dataset.kind.columns)
    for row in rows(dataset, resource.year):
        sheet.append([row[column] for column in dataset.kind.columns])
    target = io.BytesIO()
    with ZipFile(target, "w") as archive:
        ExcelWriter(book, archive).write_data()
    return pack(unpack(target.getvalue()))


def write_json(dataset: Dataset, resource: Resource) -> bytes:
    """The table as one JSON object."""
    found = {"title": dataset.title, "year": resource.year, "note": SAMPLE, "records": rows(dataset, resource.year)}
    return _json(found)


def write_geojson(dataset: Dataset, resource: Resource) -> bytes:
    """The rows as points."""
    features = [_feature(row) for row in rows(dataset, resource.year)]
    return _json({"type": "FeatureCollection", "name": dataset.title, "note": SAMPLE, "features": features})


def _feature(row: Row) -> dict:
    filled = {column: text for column, text in row.items() if text}
    point = {"type": "Point", "coordinates": [float(row["経度"]), float(row["緯度"])]}
    return {"type": "Feature", "geometry": point, "properties": filled}


def _json(value: dict) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
