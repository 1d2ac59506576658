"""Writes the sample files."""

from collections.abc import Callable
from pathlib import Path

from .model import Dataset, Resource
from .world import world
from .writers import documents, feeds, gtfs, tabular

WRITERS: dict[str, Callable[[Dataset, Resource], bytes]] = {
    "CSV": tabular.write_csv,
    "XLSX": tabular.write_xlsx,
    "JSON": tabular.write_json,
    "GEOJSON": tabular.write_geojson,
    "PDF": documents.write_pdf,
    "GTFS": gtfs.write_gtfs,
    "ICS": feeds.write_ics,
    "RSS": feeds.write_rss,
    "NGSI": feeds.write_ngsi,
}


def content(dataset: Dataset, resource: Resource) -> bytes:
    """The bytes of a file: always the same."""
    return WRITERS[resource.format](dataset, resource)


def write(folder: Path) -> int:
    """Write the files that are absent or of an older demo; the number written. A file is whole or absent."""
    written = 0
    for dataset, resource in world().files():
        target, wanted = folder / resource.path, content(dataset, resource)
        if target.exists() and target.read_bytes() == wanted:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(f".{target.name}.part")
        half.write_bytes(wanted)
        half.replace(target)
        written += 1
    return written
