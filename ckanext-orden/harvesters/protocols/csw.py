"""Catalogues of geographic data: OGC's CSW 2.0.2, whose records are ISO 19139."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ...errors import SkipRecord, SourceError
from ...fetching import Limits, fetch
from ...fetching.limits import MIB
from ...metadata.addresses import without_query
from ...metadata.mapping import Mapped, iso19139
from ...metadata.parsing.text import one_line
from ...types import Issue
from .. import settings
from ..base import OrdenHarvester
from ..protocol import Cursor, Page, Record, Source, broken, whole
from ..recognition import Answer, Recognised, bases, reason
from ..texts import refused
from . import iso_record, xml_document

ROWS = 50
MOST_PAGES = 2000
LIMITS = Limits(wire_bytes=10 * MIB, decoded_bytes=10 * MIB)
"""XML takes up to ten times its size in memory."""
RECORD_LIMIT = MIB
"""Characters of one record; some hold a whole feature catalogue."""
GMD = "http://www.isotc211.org/2005/gmd"
QUERY = {
    "service": "CSW",
    "version": "2.0.2",
    "request": "GetRecords",
    "typeNames": "gmd:MD_Metadata",
    "namespace": f"xmlns(gmd={GMD})",
    "outputSchema": GMD,
    "resultType": "results",
    "elementSetName": "full",
}
OWN = frozenset(
    name.lower() for name in (*QUERY, "acceptVersions", "acceptFormats", "sections", "startPosition", "maxRecords")
)
"""Parameters that are the request's; all others belong to the service's address."""
RECORDS = ("MD_Metadata", "MI_Metadata")
_ANSWER = re.compile(r"<(?:\w+:)?(?:getrecordsresponse|capabilities)\b[^>]*opengis\.net/cat/csw")


class CswHarvester(OrdenHarvester):
    """GeoNetwork, pycsw, deegree and other catalogue services."""

    NAME = "orden_csw"
    TITLE = "CSW 2.0.2 (ISO 19139)"
    DESCRIPTION = "A catalogue of geographic data, by the address of its catalogue service (CSW)"
    SETTINGS: ClassVar = {"rows": settings.whole_number(1, 200), "constraint": settings.text()}

    def pages(self, source: Source, cursor: Cursor) -> Iterator[Page]:
        """Page by page as the service leads; the largest number it has stated is what it has to give."""
        start, total = (cursor or {}).get("start", 1), (cursor or {}).get("total", 0)
        for _ in range(MOST_PAGES):
            url = address(source, start)
            found = _results(fetch(url, accept="application/xml", limits=LIMITS).body, url)
            total = max(total, found.matched)
            following = _following(found, start, url)
            yield Page(
                (_record(element) for element in found.elements),
                {"start": following, "total": total} if following else None,
                total,
            )
            if not following:
                return
            start = following
        raise _endless(source.url, MOST_PAGES)

    def map(self, record: Record, source: Source) -> Mapped:
        """The record through OWSLib into our schema; services are told by the datasets that they serve."""
        found = iso_record.read(whole(record).content["xml"])
        if found["hierarchy"] == "service":
            raise SkipRecord("a service, not a dataset")
        return iso19139.dataset(found)

    def recognises(self, answer: Answer) -> Recognised | None:
        """What a service says of itself, or records of it; an address without a request is told by `places`."""
        if not looks_like(answer.body, answer.media_type):
            return None
        said = reason(
            "A catalogue service for geographic data (CSW) answers there.",
            "地理情報のカタログサービス（CSW）が応答します。",
        )
        return Recognised(_asking(answer.url, {}), said)

    def places(self, url: str) -> Iterable[str]:
        """The address itself asked as a service is asked, then where pycsw and GeoNetwork answer."""
        known = [f"{base}{path}" for path in ("/csw", "/geonetwork/srv/eng/csw") for base in bases(url)]
        query = {"service": "CSW", "version": "2.0.2", "request": "GetCapabilities"}
        return [_asking(place, query) for place in (url, *known)]


def looks_like(body: bytes, media_type: str) -> bool:
    """Whether an answer is that of a CSW."""
    return bool(_ANSWER.match(xml_document.begins(body)))


def address(source: Source, start: int) -> str:
    """The request for the page that begins with a record's number, whatever request a person entered."""
    query = {**QUERY, "startPosition": start, "maxRecords": source.settings.get("rows", ROWS)}
    if source.settings.get("constraint"):
        query |= {
            "constraintLanguage": "CQL_TEXT",
            "constraint_language_version": "1.1.0",
            "constraint": source.settings["constraint"],
        }
    return _asking(source.url, query)


def _asking(url: str, query: Mapping[str, Any]) -> str:
    """The service's address with a request instead of the one that it holds."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name.lower() not in OWN]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode([*kept, *query.items()]), ""))


@dataclass(frozen=True)
class _Results:
    """What an answer holds, how many records there are in all, and where it says that the next page begins."""

    elements: list[Any]
    matched: int
    next: int | None


def _results(body: bytes, url: str) -> _Results:
    """The page inside the answer; everything that only looks like one ends the run."""
    root = xml_document.read(body, url)
    name = xml_document.name_of(root)
    if name.endswith("ExceptionReport"):
        said = one_line(" ".join(root.itertext()))[:200]
        raise refused(url, f"an error of its catalogue service: {said}", f"カタログサービスのエラー: {said}")
    if name != "GetRecordsResponse":
        raise refused(url, f"XML with <{name}>, not the records of a CSW 2.0.2", f"CSWの応答ではない <{name}>")
    found = root.find("{*}SearchResults")
    matched = _number(found, "numberOfRecordsMatched")
    if found is None or matched is None:
        raise refused(url, "an answer without a number of records", "件数のない応答")
    elements = list(found)
    if elements and not any(xml_document.name_of(element) in RECORDS for element in elements):
        other = xml_document.name_of(elements[0])
        raise refused(url, f"records as <{other}>, not as ISO 19139", f"ISO 19139 ではない <{other}> のレコード")
    return _Results(elements, matched, _number(found, "nextRecord"))


def _number(element: Any, name: str) -> int | None:
    text = element.get(name, "") if element is not None else ""
    return int(text) if re.fullmatch(r"\d{1,9}", text) else None


def _following(found: _Results, start: int, url: str) -> int | None:
    """Where the next page begins; None at the end. Whether that came too early is told by the number of records."""
    if not found.elements and start <= found.matched:
        raise refused(url, f"an empty page before the end ({start} of {found.matched})", "途中で空のページ")
    if found.next == 0:
        return None
    following = start + len(found.elements) if found.next is None else found.next
    if following > found.matched:
        return None
    if following <= start:
        raise _endless(url, start)
    return following


def _record(element: Any) -> Record:
    """The record as text, without people; its identifier is known even where the rest is broken."""
    if xml_document.name_of(element) not in RECORDS:
        return broken(_other_record(xml_document.name_of(element)))
    iso_record.forget_people(element)
    guid = one_line(element.findtext("{*}fileIdentifier/{*}CharacterString"))
    text = xml_document.text_of(element)
    return broken(_too_large(), guid) if len(text) > RECORD_LIMIT else Record({"xml": text}, guid)


def _endless(url: str, count: int) -> SourceError:
    url = without_query(url)
    return SourceError(
        f"The pages of {url} do not end: after {count} it leads no further. Nothing was deleted. Ask its operator.",
        ja=f"{url} のページ送りが終わりません（{count}）。削除は行っていません。提供元に問い合わせてください。",
    )


def _other_record(name: str) -> Issue:
    return Issue(
        code="iso.other_record",
        severity="error",
        field="title",
        message={
            "en": f"The record is <{name}>, not ISO 19139.",
            "ja": f"ISO 19139 ではない <{name}> のレコードです。",
        },
        hint={"en": "Ask the source's operator.", "ja": "提供元に問い合わせてください。"},
    )


def _too_large() -> Issue:
    return Issue(
        code="iso.too_large",
        severity="error",
        field="title",
        message={"en": "The record has more than a million characters.", "ja": "レコードが100万文字を超えています。"},
        hint={"en": "Keep feature catalogues out of the record.", "ja": "地物カタログを別の文書に分けてください。"},
    )
