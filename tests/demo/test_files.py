"""Every sample file is a valid file of its kind, marked as a sample, and always the same."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from demo.content import places
from demo.files import content, write
from demo.model import Dataset, Resource
from demo.tables import SAMPLE
from demo.world import world

ROOT = Path(__file__).parents[2]
DIGEST = """
from hashlib import sha256
from demo.files import content
from demo.world import world
whole = sha256()
for dataset, resource in list(world().files())[::7]:
    whole.update(content(dataset, resource))
print(whole.hexdigest())
"""


def of_format(name: str) -> list[tuple[Dataset, Resource]]:
    """The files of a format."""
    return [found for found in world().files() if found[1].format == name]


def some(name: str) -> list[tuple[Dataset, Resource]]:
    """One file of each kind of data in a format: their tables differ only in the cells."""
    return list({dataset.kind.name: (dataset, resource) for dataset, resource in of_format(name)}.values())


def test_another_process_writes_the_same_bytes():
    """Two of their own: in this one OWSLib has named prefixes for all XML, which Excel files are made of too."""
    found = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            check=True,
        ).stdout
        for seed, zone in (("17", "Asia/Tokyo"), ("4", "UTC"))
    }
    assert len(found) == 1


def test_every_csv_reads_in_its_encoding_with_its_columns():
    encodings = set()
    for dataset, resource in of_format("CSV"):
        rows = list(csv.DictReader(io.StringIO(content(dataset, resource).decode(resource.encoding), newline="")))
        assert list(rows[0]) == dataset.kind.columns
        assert 6 <= len(rows) <= 12
        encodings.add(resource.encoding)
    assert encodings == {"utf-8-sig", "cp932"}


def test_csv_tables_say_that_they_are_samples():
    for dataset, resource in some("CSV"):
        marked = SAMPLE in content(dataset, resource).decode(resource.encoding)
        assert marked or "備考" not in dataset.kind.columns
        assert resource.filename.startswith("sample_")


def test_a_workbook_opens_with_the_columns():
    for dataset, resource in some("XLSX"):
        book = load_workbook(io.BytesIO(content(dataset, resource)), read_only=True)
        header = next(iter(book.worksheets[0].values))
        assert list(header) == dataset.kind.columns


def test_geojson_points_lie_in_the_publishers_area():
    for dataset, resource in some("GEOJSON"):
        found = json.loads(content(dataset, resource))
        assert found["type"] == "FeatureCollection"
        for feature in found["features"]:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert 34.2 < latitude < 35.1
            assert 135.0 < longitude < 136.0
            place = places().get(dataset.organization.code)
            if place and place.tier != "prefecture":
                assert abs(latitude - place.latitude) < 0.01
                assert abs(longitude - place.longitude) < 0.01


@pytest.mark.parametrize("name", ["JSON", "NGSI"])
def test_a_json_file_parses(name):
    for dataset, resource in of_format(name):
        assert json.loads(content(dataset, resource))


def test_ngsi_entities_have_id_type_and_attributes():
    for dataset, resource in of_format("NGSI"):
        entities = json.loads(content(dataset, resource))
        assert len({entity["id"] for entity in entities}) == len(entities)
        for entity in entities:
            assert entity["type"] == dataset.kind.ngsi
            assert all(set(value) == {"type", "value", "metadata"} for key, value in entity.items()
                       if key not in {"id", "type"})  # fmt: skip


def test_pdf_begins_and_ends_as_pdf():
    for dataset, resource in of_format("PDF"):
        found = content(dataset, resource)
        assert found.startswith(b"%PDF-1.")
        assert found.rstrip().endswith(b"%%EOF")


def test_calendar_lines_are_short_and_balanced():
    for dataset, resource in of_format("ICS"):
        lines = content(dataset, resource).decode().split("\r\n")
        assert lines[0] == "BEGIN:VCALENDAR"
        assert lines[-2:] == ["END:VCALENDAR", ""]
        assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") > 0
        assert max(len(line.encode()) for line in lines) <= 75


def test_rss_parses_with_items():
    for dataset, resource in of_format("RSS"):
        found = ElementTree.fromstring(content(dataset, resource))  # noqa: S314 (our own file)
        assert found.findall("channel/item/guid")


def test_gtfs_refers_only_to_its_own_stops():
    for dataset, resource in of_format("GTFS"):
        with zipfile.ZipFile(io.BytesIO(content(dataset, resource))) as feed:
            tables = {name: list(csv.DictReader(io.StringIO(feed.read(name).decode()))) for name in feed.namelist()}
        stops = {stop["stop_id"] for stop in tables["stops.txt"]}
        assert {time["stop_id"] for time in tables["stop_times.txt"]} == stops
        assert {"agency.txt", "routes.txt", "trips.txt", "calendar.txt"} < set(tables)


def test_population_sums_are_right():
    dataset, resource = some("CSV")[[dataset.kind.name for dataset, _ in some("CSV")].index("population")]
    for row in csv.DictReader(io.StringIO(content(dataset, resource).decode(resource.encoding), newline="")):
        assert int(row["総人口"]) == int(row["男性"]) + int(row["女性"])
        assert int(row["男性"]) == sum(int(count) for band, count in row.items() if band.endswith("歳の男性")) + int(
            row["85歳以上の男性"]
        )


def test_writing_again_writes_only_what_is_absent_or_old(tmp_path, monkeypatch):
    few = type("Few", (), {"files": lambda self: iter(list(world().files())[:5])})()
    monkeypatch.setattr("demo.files.world", lambda: few)
    assert write(tmp_path) == 5
    assert write(tmp_path) == 0
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 5
    right = files[0].read_bytes()
    files[0].write_bytes(b"of an older demo")
    assert write(tmp_path) == 1
    assert files[0].read_bytes() == right
