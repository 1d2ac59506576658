"""The file formats of the demo: how each is named and labelled."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """A file format: `label` is what a catalogue writes."""

    label: str
    extension: str
    media_type: str


FORMATS = {
    "CSV": Format("CSV", "csv", "text/csv"),
    "XLSX": Format("XLSX", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "GEOJSON": Format("GeoJSON", "geojson", "application/geo+json"),
    "JSON": Format("JSON", "json", "application/json"),
    "PDF": Format("PDF", "pdf", "application/pdf"),
    "ICS": Format("ICS", "ics", "text/calendar"),
    "RSS": Format("RSS", "xml", "application/rss+xml"),
    "GTFS": Format("GTFS", "zip", "application/zip"),
    "NGSI": Format("NGSI", "ngsi.json", "application/json"),
}
