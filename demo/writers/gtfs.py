"""A small GTFS feed."""

from ..model import Dataset, Resource
from ..tables import SAMPLE, Row, rows
from .archive import pack

AGENCY = """agency_id,agency_name,agency_url,agency_timezone,agency_lang
A1,{title},https://www.{host}/,Asia/Tokyo,ja
"""
ROUTES = """route_id,agency_id,route_long_name,route_type
R1,A1,みほん循環,3
"""
TRIPS = """route_id,service_id,trip_id
R1,W,T1
R1,W,T2
"""
CALENDAR = """service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
W,1,1,1,1,1,0,0,20240401,20260331
"""
FEED_INFO = """feed_publisher_name,feed_publisher_url,feed_lang
{title}（{sample}）,https://www.{host}/,ja
"""


def write_gtfs(dataset: Dataset, resource: Resource) -> bytes:
    """A feed of one route with two trips a day."""
    stops = rows(dataset, resource.year)[:5]
    words = {"title": dataset.organization.title, "host": dataset.organization.host, "sample": SAMPLE}
    fixed = {"agency": AGENCY, "routes": ROUTES, "trips": TRIPS, "calendar": CALENDAR, "feed_info": FEED_INFO}
    tables = {name: text.format(**words) for name, text in fixed.items()}
    tables |= {"stops": _stops(stops), "stop_times": _times(stops)}
    return pack({f"{name}.txt": text.encode() for name, text in tables.items()})


def _stops(stops: list[Row]) -> str:
    columns = ["停留所ID", "停留所名", "緯度", "経度"]
    lines = [",".join(stop[column] for column in columns) for stop in stops]
    return "\n".join(["stop_id,stop_name,stop_lat,stop_lon", *lines, ""])


def _times(stops: list[Row]) -> str:
    lines = [
        f"{trip},{hour}:{5 * place:02d}:00,{hour}:{5 * place:02d}:00,{stop['停留所ID']},{place}"
        for trip, hour in (("T1", "09"), ("T2", "15"))
        for place, stop in enumerate(stops, 1)
    ]
    return "\n".join(["trip_id,arrival_time,departure_time,stop_id,stop_sequence", *lines, ""])
