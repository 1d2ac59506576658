"""Small records in ISO 19139, and answers of a catalogue service that hold them."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from fetching.server import Answer, reply

from .feeds import NOUNS

NAMESPACES = (
    'xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco" '
    'xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:gmx="http://www.isotc211.org/2005/gmx" '
    'xmlns:srv="http://www.isotc211.org/2005/srv" xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def text(name: str, value: str) -> str:
    return f"<gmd:{name}><gco:CharacterString>{value}</gco:CharacterString></gmd:{name}>"


def code(name: str, kind: str, value: str) -> str:
    return f'<gmd:{name}><gmd:{kind} codeList="#" codeListValue="{value}"/></gmd:{name}>'


def party(
    role: str, organization: str = "大阪府 都市整備部", mail: str = "gis@pref.example.jp", person: str = ""
) -> str:
    address = (
        f"<gmd:contactInfo><gmd:CI_Contact><gmd:phone><gmd:CI_Telephone>{text('voice', '06-0000-0000')}"
        f"</gmd:CI_Telephone></gmd:phone><gmd:address><gmd:CI_Address>{text('deliveryPoint', '大手前1')}"
        f"{text('electronicMailAddress', mail)}</gmd:CI_Address></gmd:address></gmd:CI_Contact></gmd:contactInfo>"
    )
    named = text("individualName", person) if person else ""
    return (
        f"<gmd:CI_ResponsibleParty>{named}{text('organisationName', organization)}{address}"
        f"{code('role', 'CI_RoleCode', role)}</gmd:CI_ResponsibleParty>"
    )


def date(kind: str, day: str) -> str:
    return (
        f"<gmd:date><gmd:CI_Date><gmd:date><gco:Date>{day}</gco:Date></gmd:date>"
        f"{code('dateType', 'CI_DateTypeCode', kind)}</gmd:CI_Date></gmd:date>"
    )


def online(url: str, protocol: str = "", name: str = "", function: str = "") -> str:
    return (
        f"<gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>{url}</gmd:URL></gmd:linkage>"
        f"{text('protocol', protocol)}{text('name', name)}"
        f"{code('function', 'CI_OnLineFunctionCode', function) if function else ''}"
        "</gmd:CI_OnlineResource></gmd:onLine>"
    )


def links(number: int) -> str:
    return (
        online(f"https://gis.example.jp/{number}.geojson", "WWW:DOWNLOAD-1.0-http--download", "GeoJSON", "download")
        + online(f"https://gis.example.jp/wms?map=a&amp;LAYERS=l{number}", "OGC:WMS", f"l{number}")
        + online(f"https://gis.example.jp/about/{number}", "WWW:LINK-1.0-http--link", "説明", "information")
    )


CONSTRAINTS = (
    "<gmd:resourceConstraints><gmd:MD_LegalConstraints>"
    f"{text('useLimitation', '出典を記してください。')}"
    f"{code('accessConstraints', 'MD_RestrictionCode', 'otherRestrictions')}"
    '<gmd:otherConstraints><gmx:Anchor xlink:href="http://inspire.ec.europa.eu/metadata-codelist/'
    'LimitationsOnPublicAccess/noLimitations">制限なし</gmx:Anchor></gmd:otherConstraints>'
    f"{text('otherConstraints', 'https://creativecommons.org/licenses/by/4.0/')}"
    "</gmd:MD_LegalConstraints></gmd:resourceConstraints>"
)
EXTENT = (
    "<gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_GeographicBoundingBox>"
    "<gmd:westBoundLongitude><gco:Decimal>135.1</gco:Decimal></gmd:westBoundLongitude>"
    "<gmd:eastBoundLongitude><gco:Decimal>135.7</gco:Decimal></gmd:eastBoundLongitude>"
    "<gmd:southBoundLatitude><gco:Decimal>34.3</gco:Decimal></gmd:southBoundLatitude>"
    "<gmd:northBoundLatitude><gco:Decimal>35.0</gco:Decimal></gmd:northBoundLatitude>"
    "</gmd:EX_GeographicBoundingBox></gmd:geographicElement><gmd:temporalElement><gmd:EX_TemporalExtent><gmd:extent>"
    '<gml:TimePeriod gml:id="t"><gml:beginPosition>2024-04-01</gml:beginPosition>'
    "<gml:endPosition>2025-03-31</gml:endPosition></gml:TimePeriod>"
    "</gmd:extent></gmd:EX_TemporalExtent></gmd:temporalElement></gmd:EX_Extent></gmd:extent>"
)


def metadata(number: int, title: str = "", parties: str = "", kind: str = "dataset") -> str:
    """One record; `kind` may be `service`."""
    noun = NOUNS[number % len(NOUNS)]
    element = "srv:SV_ServiceIdentification" if kind == "service" else "gmd:MD_DataIdentification"
    upkeep = code("maintenanceAndUpdateFrequency", "MD_MaintenanceFrequencyCode", "annually")
    return (
        f"<gmd:MD_Metadata {NAMESPACES}>{text('fileIdentifier', f'jp-osaka-{number}')}"
        f"{code('language', 'LanguageCode', 'jpn')}{text('parentIdentifier', 'jp-osaka-series')}"
        f"{code('hierarchyLevel', 'MD_ScopeCode', kind)}<gmd:contact>{parties or party('pointOfContact')}</gmd:contact>"
        f"<gmd:identificationInfo><{element}><gmd:citation><gmd:CI_Citation>"
        f"{text('title', title or f'{noun} {number}')}"
        f"{date('publication', '2024-04-01')}{date('revision', '2025-04-01')}</gmd:CI_Citation></gmd:citation>"
        f"{text('abstract', f'{noun}の地図データです。')}"
        f"<gmd:pointOfContact>{parties or party('owner')}</gmd:pointOfContact>"
        f"<gmd:resourceMaintenance><gmd:MD_MaintenanceInformation>{upkeep}"
        "</gmd:MD_MaintenanceInformation></gmd:resourceMaintenance>"
        f"<gmd:descriptiveKeywords><gmd:MD_Keywords>{text('keyword', noun)}{text('keyword', '標高')}"
        "</gmd:MD_Keywords></gmd:descriptiveKeywords>"
        f"{CONSTRAINTS}{code('language', 'LanguageCode', 'jpn')}"
        f"<gmd:topicCategory><gmd:MD_TopicCategoryCode>transportation</gmd:MD_TopicCategoryCode></gmd:topicCategory>"
        f"{EXTENT}</{element}></gmd:identificationInfo>"
        "<gmd:distributionInfo><gmd:MD_Distribution><gmd:transferOptions><gmd:MD_DigitalTransferOptions>"
        f"{links(number)}</gmd:MD_DigitalTransferOptions></gmd:transferOptions></gmd:MD_Distribution>"
        "</gmd:distributionInfo><gmd:dataQualityInfo><gmd:DQ_DataQuality><gmd:lineage><gmd:LI_Lineage>"
        f"{text('statement', '都市計画図から作成')}</gmd:LI_Lineage></gmd:lineage></gmd:DQ_DataQuality>"
        "</gmd:dataQualityInfo></gmd:MD_Metadata>"
    )


def response(records: list[str], matched: int, following: int | None = 0) -> bytes:
    """A page of an answer to GetRecords."""
    next_record = "" if following is None else f' nextRecord="{following}"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?><csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">'
        f'<csw:SearchStatus/><csw:SearchResults numberOfRecordsMatched="{matched}"'
        f' numberOfRecordsReturned="{len(records)}"{next_record}>{"".join(records)}'
        "</csw:SearchResults></csw:GetRecordsResponse>"
    ).encode()


def paged(records: list[str]) -> Answer:
    """A catalogue service over these records, looked at anew with each request."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        query = parse_qs(urlsplit(handler.path).query)
        start, rows = int(query["startPosition"][0]), int(query["maxRecords"][0])
        page = records[start - 1 : start - 1 + rows]
        following = start + len(page) if start + len(page) <= len(records) else 0
        reply(response(page, len(records), following), Content_Type="application/xml")(handler)

    return answer
