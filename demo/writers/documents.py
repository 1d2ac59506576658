"""PDF, and the zip of a small GTFS feed."""

import csv
import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ..model import Dataset, Resource
from ..tables import SAMPLE, rows
from .archive import Archive

FONT = "HeiseiKakuGo-W5"
LINE = 34
"""Characters in a line of the page."""


def write_pdf(dataset: Dataset, resource: Resource) -> bytes:
    """A page about the dataset, in a font that every reader has."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    target = io.BytesIO()
    page = Canvas(target, pagesize=A4, invariant=1, pageCompression=0)
    page.setTitle(resource.title)
    page.setAuthor(dataset.organization.title)
    text = page.beginText(56, A4[1] - 72)
    text.setFont(FONT, 13, leading=21)
    for line in _lines(dataset, resource):
        text.textLine(line)
    page.drawText(text)
    page.save()
    return target.getvalue()


def _lines(dataset: Dataset, resource: Resource) -> list[str]:
    paragraphs = [
        resource.title,
        f"提供者：{dataset.organization.title}",
        f"更新：{resource.modified}",
        "",
        dataset.notes,
        "",
    ]
    paragraphs += [f"項目：{'、'.join(dataset.kind.columns[:12])}", "", SAMPLE]
    return [part[start : start + LINE] for part in paragraphs for start in range(0, max(len(part), 1), LINE)]


def write_gtfs(dataset: Dataset, resource: Resource) -> bytes:
    """A feed of one route with two trips a day."""
    stops = rows(dataset, resource.year)[:5]
    host, title = dataset.organization.host, dataset.organization.title
    times = [
        [trip, f"{hour:02d}:{5 * number:02d}:00", f"{hour:02d}:{5 * number:02d}:00", stop["停留所ID"], number]
        for trip, hour in (("T1", 9), ("T2", 15))
        for number, stop in enumerate(stops, 1)
    ]
    tables = {
        "agency": [["agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang"]]
        + [["A1", title, f"https://www.{host}/", "Asia/Tokyo", "ja"]],
        "stops": [["stop_id", "stop_name", "stop_lat", "stop_lon"]]
        + [[stop["停留所ID"], stop["停留所名"], stop["緯度"], stop["経度"]] for stop in stops],
        "routes": [["route_id", "agency_id", "route_long_name", "route_type"], ["R1", "A1", "みほん循環", 3]],
        "trips": [["route_id", "service_id", "trip_id"], ["R1", "W", "T1"], ["R1", "W", "T2"]],
        "stop_times": [["trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"], *times],
        "calendar": [
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date".split(","),
            ["W", 1, 1, 1, 1, 1, 0, 0, "20240401", "20260331"],
        ],
        "feed_info": [
            ["feed_publisher_name", "feed_publisher_url", "feed_lang"],
            [f"{title}（{SAMPLE}）", f"https://www.{host}/", "ja"],
        ],
    }
    target = io.BytesIO()
    with Archive(target) as archive:
        for name, lines in tables.items():
            archive.writestr(f"{name}.txt", _csv(lines))
    return target.getvalue()


def _csv(lines: list[list]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode()
