"""iCalendar, RSS and NGSI-v2."""

import json
from xml.sax.saxutils import escape

from ..model import Dataset, Resource
from ..seed import identifier, urn
from ..tables import SAMPLE, Row, rows

ENGLISH = {
    "NO2": "no2",
    "Ox": "photochemicalOxidant",
    "PM2.5": "pm25",
    "スギ": "cedarPollen",
    "ヒノキ": "cypressPollen",
    "水位": "waterLevel",
    "10分雨量": "precipitation10min",
    "累加雨量": "precipitationTotal",
    "混雑度": "crowdLevel",
    "開設状況": "openingStatus",
    "受入人数": "peopleCount",
    "予測交通量": "trafficVolume",
    "渋滞確率": "congestionProbability",
    "気温": "temperature",
    "降水確率": "precipitationProbability",
    "風速": "windSpeed",
    "洪水危険度": "floodRisk",
    "土砂危険度": "landslideRisk",
}
NAMES = ["施設名", "測定局", "観測地点", "観測所", "地点", "名称"]


def write_ics(dataset: Dataset, resource: Resource) -> bytes:
    """The events as a calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{dataset.organization.host}//sample//JA",
        "CALSCALE:GREGORIAN",
    ]
    for index, row in enumerate(rows(dataset, resource.year), 1):
        day = _day(row, resource).replace("-", "")
        lines += [
            "BEGIN:VEVENT",
            f"UID:{identifier(dataset.name, 'event', index)}@{dataset.organization.host}",
            "DTSTAMP:20250220T000000Z",
            f"DTSTART;VALUE=DATE:{day}",
            f"SUMMARY:{_ics(_headline(dataset, row))}",
            f"LOCATION:{_ics(row.get('住所', ''))}",
            f"DESCRIPTION:{_ics(SAMPLE)}",
            "END:VEVENT",
        ]
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"]).encode()


def _folded(line: str) -> str:
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > 73:
            parts, part = [*parts, part], ""
        part += letter
    return "\r\n ".join([*parts, part]) + "\r\n"


def _ics(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _headline(dataset: Dataset, row: Row) -> str:
    return row.get("イベント名") or dataset.title


def _day(row: Row, resource: Resource) -> str:
    return row.get("開始日") or row.get("日付") or f"{resource.year}-10-01"


def write_rss(dataset: Dataset, resource: Resource) -> bytes:
    """The events as RSS 2.0."""
    site = f"https://www.{dataset.organization.host}/event/"
    items = "".join(
        f"<item><title>{escape(_headline(dataset, row))}</title><link>{site}{index}</link>"
        f'<guid isPermaLink="false">{urn(dataset.name, "event", index)}</guid>'
        f"<description>{escape(_day(row, resource) + ' ' + SAMPLE)}</description></item>\n"
        for index, row in enumerate(rows(dataset, resource.year), 1)
    )
    head = f"<title>{escape(dataset.title)}</title><link>{site}</link><description>{escape(SAMPLE)}</description>"
    xml = f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>{head}\n{items}</channel></rss>\n'
    return xml.encode()


def write_ngsi(dataset: Dataset, resource: Resource) -> bytes:
    """The rows as NGSI-v2 entities of one type."""
    entities = [_entity(dataset, row, index) for index, row in enumerate(rows(dataset, resource.year), 1)]
    return (json.dumps(entities, ensure_ascii=False, indent=1) + "\n").encode()


def _entity(dataset: Dataset, row: Row, index: int) -> dict:
    name = next((row[column] for column in NAMES if row.get(column)), str(index))
    point = {"type": "Point", "coordinates": [float(row["経度"]), float(row["緯度"])]}
    measured = {english: _attribute(row[column]) for column, english in ENGLISH.items() if column in row}
    return {
        "id": f"urn:ngsi-ld:{dataset.kind.ngsi}:{dataset.organization.name}-{index}",
        "type": dataset.kind.ngsi,
        "name": _attribute(name),
        "dateObserved": {"type": "DateTime", "value": "2025-02-20T00:00:00Z", "metadata": {}},
        "location": {"type": "geo:json", "value": point, "metadata": {}},
        **measured,
        "description": _attribute(SAMPLE),
    }


def _attribute(text: str) -> dict:
    try:
        return {"type": "Number", "value": float(text), "metadata": {}}
    except ValueError:
        return {"type": "Text", "value": text, "metadata": {}}
