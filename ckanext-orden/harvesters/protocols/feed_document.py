"""What an RSS, Atom or iCalendar feed says of itself, as plain data; of its events only the years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from ...metadata.parsing import calendars
from ..texts import refused
from . import xml_document

Dict = dict[str, Any]
DC = "{http://purl.org/dc/elements/1.1/}"
SY = "{http://purl.org/rss/1.0/modules/syndication/}"
CC = "{http://web.resource.org/cc/}"
OLD_CC = "{http://backend.userland.com/creativeCommonsRssModule}"
RDF_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EVENT = "{http://purl.org/rss/1.0/modules/event/}"
XCAL = "{urn:ietf:params:xml:ns:xcal}"
DAYS = (f"{EVENT}startdate", f"{EVENT}enddate", f"{XCAL}dtstart", f"{XCAL}dtend")


def read(body: bytes, url: str) -> Dict:
    """The feed's own words; SourceError for what is no whole feed."""
    if calendars.is_calendar(body):
        return _calendar(body, url)
    root = xml_document.read(body, url)
    name = xml_document.name_of(root)
    if name == "feed":
        return _atom(root, url)
    channel = root.find("{*}channel") if name in ("rss", "RDF") else None
    if channel is None or not _text(channel, "title"):
        found = f"<{name}> without a titled channel" if name in ("rss", "RDF") else f"XML with <{name}>"
        raise refused(url, f"{found}, not a feed of events", f"イベントのフィードではないXML <{name}>")
    return _rss(channel, root, url)


def _calendar(body: bytes, url: str) -> Dict:
    try:
        found = calendars.read(body)
    except ValueError as error:
        raise refused(url, f"a calendar that is broken or cut off ({error})", f"壊れたカレンダー: {error}") from error
    said = found.properties.get
    interval = said("REFRESH-INTERVAL") or said("X-PUBLISHED-TTL") or ""
    return {
        "kind": "ICS",
        "title": said("NAME") or said("X-WR-CALNAME") or "",
        "description": said("DESCRIPTION") or said("X-WR-CALDESC") or "",
        "page": _absolute(url, said("URL") or ""),
        "language": "",
        "publisher": "",
        "rights": "",
        "licence": "",
        "categories": [word for word in said("CATEGORIES", "").split(",") if word],
        "frequency": f"R/{interval}" if interval else "",
        "years": list(found.years or ("", "")),
    }


def _rss(channel: Any, root: Any, url: str) -> Dict:
    """RSS 0.9x and 2.0, whose items stand in the channel, and 1.0, where they stand beside it."""
    licence = channel.find(f"{CC}license")
    return {
        "kind": "RSS",
        "title": _text(channel, "title"),
        "description": _text(channel, "description"),
        "page": _absolute(url, _text(channel, "link")),
        "language": _text(channel, "language") or _text(channel, f"{DC}language"),
        "publisher": _office(channel),
        "rights": _text(channel, "copyright") or _text(channel, f"{DC}rights"),
        "licence": licence.get(RDF_RESOURCE, "") if licence is not None else _text(channel, f"{OLD_CC}license"),
        "categories": _texts(channel, "category"),
        "frequency": _period(channel),
        "years": _years(root),
    }


def _atom(feed: Any, url: str) -> Dict:
    title = _text(feed, "title")
    if not title:
        raise refused(url, "an Atom feed without a title", "タイトルのないAtomフィード")
    links = {link.get("rel", "alternate"): _absolute(url, link.get("href", "")) for link in feed.iterfind("{*}link")}
    return {
        "kind": "Atom",
        "title": title,
        "description": _text(feed, "subtitle"),
        "page": links.get("alternate", ""),
        "language": feed.get(XML_LANG, ""),
        "publisher": _office(feed),
        "rights": _text(feed, "rights"),
        "licence": links.get("license", ""),
        "categories": [word.get("label") or word.get("term") or "" for word in feed.iterfind("{*}category")],
        "frequency": _period(feed),
        "years": _years(feed),
    }


def _absolute(url: str, link: str) -> str:
    return urljoin(url, link) if link else ""


def _text(element: Any, name: str) -> str:
    return next(iter(_texts(element, name)), "")


def _texts(element: Any, name: str) -> list[str]:
    """Texts of the children of a name; one without a namespace is meant in the feed's own."""
    path = name if name.startswith("{") else f"{{{_namespace(element)}}}{name}" if _namespace(element) else name
    found = ("".join(child.itertext()).strip() for child in element.iterfind(path))
    return [text for text in found if text]


def _namespace(element: Any) -> str:
    return element.tag[1:].partition("}")[0] if element.tag.startswith("{") else ""


def _office(element: Any) -> str:
    """Who publishes the feed; with a mail address it is a person, whom nobody needs to know."""
    name = _text(element, f"{DC}publisher")
    return "" if "@" in name else name


def _period(element: Any) -> str:
    """How often a feed says that it is updated, where that is once in a period."""
    often = _text(element, f"{SY}updateFrequency")
    return _text(element, f"{SY}updatePeriod") if often in ("", "1") else ""


def _years(root: Any) -> list[str]:
    """The first and last year of events, where the feed dates them; the day of an entry's publication is another."""
    years = sorted(day[:4] for day in _days(root) if day[:4].isdecimal() and "1900" <= day[:4] <= "2199")
    return [years[0], years[-1]] if years else ["", ""]


def _days(root: Any) -> Iterator[str]:
    for element in root.iter(*DAYS):
        yield "".join(element.itertext()).strip()
