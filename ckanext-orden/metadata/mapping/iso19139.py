"""From a record of a geographic catalogue (ISO 19115 as ISO 19139) to a dataset of our schema.

A record is plain data: texts `identifier`, `parent`, `uri`, `title`, `abstract`, `edition`, `frequency`, `lineage`,
`format`; lists `identifiers`, `languages`, `keywords`, `places`, `topics`, `restrictions`, `conditions`; `dates`
(date, type), `parties` (name, email, url, role), `online` (url, protocol, name, description, function); `box` (west,
south, east, north) and `period` (start, end).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from ..parsing.text import clean, fold, one_line
from ..vocabularies import file_type_of_url, licence_for
from ..vocabularies.frequencies import AUTHORITY as FREQUENCY
from ..vocabularies.themes import AUTHORITY as THEME
from . import Mapped, ckan_package

Record = Mapping[str, Any]

THEMES = {
    "farming": "AGRI",
    "biota": "ENVI",
    "boundaries": "REGI",
    "climatologymeteorologyatmosphere": "ENVI",
    "economy": "ECON",
    "elevation": "REGI",
    "environment": "ENVI",
    "geoscientificinformation": "TECH",
    "health": "HEAL",
    "imagerybasemapsearthcover": "REGI",
    "intelligencemilitary": "JUST",
    "inlandwaters": "ENVI",
    "location": "REGI",
    "oceans": "ENVI",
    "planningcadastre": "REGI",
    "society": "SOCI",
    "structure": "REGI",
    "transportation": "TRAN",
    "utilitiescommunication": "ENER",
}
"""The EU's theme nearest to each topic category of ISO 19115."""
FREQUENCIES = {
    "continual": "CONT",
    "daily": "DAILY",
    "weekly": "WEEKLY",
    "fortnightly": "BIWEEKLY",
    "monthly": "MONTHLY",
    "quarterly": "QUARTERLY",
    "biannually": "ANNUAL_2",
    "annually": "ANNUAL",
    "asneeded": "AS_NEEDED",
    "irregular": "IRREG",
    "notplanned": "NOT_PLANNED",
    "unknown": "UNKNOWN",
}
LANGUAGES = {"chi": "zho", "cze": "ces", "dut": "nld", "fre": "fra", "ger": "deu", "gre": "ell", "per": "fas"}
"""Bibliographic codes of ISO 639-2 that differ from the terminological ones."""
ACCESS = "http://publications.europa.eu/resource/authority/access-right/"
CLOSED = {"restricted": "RESTRICTED", "confidential": "CONFIDENTIAL", "secret": "NON_PUBLIC", "topsecret": "NON_PUBLIC"}
"""Codes of restriction and of classification that say who may have the data."""
SERVICES = ("WMS", "WFS", "WMTS", "WCS")
_KINDS = ("creation", "publication", "revision")
_ASKED = frozenset(
    {"service", "request", "version", "layers", "layer", "typename", "typenames", "styles", "crs", "srs", "bbox"}
    | {"width", "height", "format", "outputformat"}
)
"""Keys of a request to a service, which its address is without."""
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_LICENCE = re.compile(r"licen[cs]|creative ?commons|ライセンス|利用規約", re.IGNORECASE)
_SERVICE = re.compile(rf"(?:^|\W)({'|'.join(SERVICES)})(?:\W|$)", re.IGNORECASE)
_SERVICE_OF_QUERY = re.compile(rf"[?&]service=({'|'.join(SERVICES)})\b", re.IGNORECASE)


def dataset(record: Record) -> Mapped:
    """The dataset that a record describes; RecordError where it has neither identifier nor title."""
    return ckan_package.dataset(_package(record))


def _package(record: Record) -> dict[str, Any]:
    """The record in the keys of a CKAN record, whose mapping reads their values."""
    documents, files = _links(record)
    return {
        "id": one_line(record["identifier"]),
        "title": record["title"],
        "notes": record["abstract"],
        "version": record["edition"],
        "url": _page(record["uri"]) or next(iter(documents), ""),
        "documentation": documents,
        "alternate_identifier": record["identifiers"],
        "in_series": [parent] if (parent := _iri(one_line(record["parent"]))) else [],
        "provenance": record["lineage"],
        "tags": [*record["keywords"]],
        "theme": [THEME + THEMES[topic] for topic in map(_code, record["topics"]) if topic in THEMES],
        "language": [LANGUAGES.get(fold(code), code) for code in record["languages"]],
        **_often(record["frequency"]),
        **_dates(record["dates"]),
        **_people(record["parties"]),
        **_conditions(record),
        **_extent(record),
        "resources": files,
    }


def _iri(identifier: str) -> str:
    """An identifier as an IRI, where it is one or a UUID: a series is named by nothing else."""
    if _UUID.fullmatch(identifier):
        return f"urn:uuid:{identifier.lower()}"
    return identifier if identifier.startswith(("http://", "https://", "urn:")) else ""


def _code(text: object) -> str:
    return fold(text).replace(" ", "").replace("_", "")


def _often(code: object) -> dict[str, str]:
    known = FREQUENCIES.get(_code(code))
    return {"frequency": FREQUENCY + known if known else one_line(code)}


def _dates(dates: list[Record]) -> dict[str, str]:
    """The day of publication, else of creation, and the last revision."""
    days = {
        kind: sorted(clean(date["date"]) for date in dates if date["type"] == kind and date["date"]) for kind in _KINDS
    }
    issued = days["publication"] or days["creation"]
    return {"issued": issued[0] if issued else "", "modified": days["revision"][-1] if days["revision"] else ""}


def _people(parties: list[Record]) -> dict[str, list[dict[str, str]]]:
    """Offices by what they are to the data; a party without an organisation is nobody that may be named."""
    offices = [party for party in parties if one_line(party["name"])]
    publisher = _first(offices, "publisher", "owner", "distributor", "resourceProvider", "custodian", "pointOfContact")
    creator = _first(offices, "author", "originator")
    contact = _first(offices, "pointOfContact", "custodian", "distributor", "publisher", "owner")
    return {
        "publisher": [_agent(party, "name") for party in publisher],
        "creator": [_agent(party, "name") for party in creator],
        "contact": [_agent(party, "name", "email", "url") for party in contact],
    }


def _first(offices: list[Record], *roles: str) -> list[Record]:
    return next(([party] for role in roles for party in offices if party["role"] == role), [])


def _agent(party: Record, *parts: str) -> dict[str, str]:
    return {part: one_line(party[part]) for part in parts if one_line(party[part])}


def _conditions(record: Record) -> dict[str, str]:
    """Licence, access and, of all that is said about use, what neither of them holds."""
    said = [clean(text) for text in record["conditions"]]
    licence = next(filter(licence_for, said), "") or next(filter(_LICENCE.search, said), "")
    texts = [text for text in said if text != licence and "://" not in text.partition(" ")[0]]
    return {
        "license_title": one_line(licence),
        "access_rights": _access([_code(code) for code in record["restrictions"]], " ".join(said)),
        "rights": "\n".join(texts),
    }


def _access(codes: list[str], said: str) -> str:
    closed = next((CLOSED[code] for code in codes if code in CLOSED), "")
    if closed:
        return ACCESS + closed
    if "LimitationsOnPublicAccess/INSPIRE_Directive_Article13" in said:
        return f"{ACCESS}RESTRICTED"
    return f"{ACCESS}PUBLIC" if "LimitationsOnPublicAccess/noLimitations" in said else ""


def _extent(record: Record) -> dict[str, Any]:
    place = {
        "text": "、".join(dict.fromkeys(filter(None, map(one_line, record["places"])))),
        "bbox": _box(record["box"]),
    }
    start, end = (clean(day) for day in record["period"])
    return {
        "spatial_coverage": [{name: value for name, value in place.items() if value}],
        "temporal_start": start,
        "temporal_end": end,
    }


def _box(box: list[str] | None) -> str:
    """The box in GeoJSON; empty for one that lies nowhere on earth."""
    try:
        west, south, east, north = map(float, box or ())
    except (TypeError, ValueError):
        return ""
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        return ""
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def _links(record: Record) -> tuple[list[str], list[dict[str, Any]]]:
    """Addresses of documents, and files and services, each address with its name once."""
    documents: list[str] = []
    files: dict[tuple[str, str], dict[str, Any]] = {}
    for link in record["online"]:
        url = one_line(link["url"])
        if not url:
            continue
        service = _service(link, url)
        if not service and _is_document(link, url):
            documents.append(url)
        else:
            name = one_line(link["name"]) or one_line(link["description"])
            files.setdefault((url, name), _file(record, link, url, service))
    return list(dict.fromkeys(filter(_page, documents))), list(files.values())


def _service(link: Record, url: str) -> str:
    found = _SERVICE.search(one_line(link["protocol"])) or _SERVICE_OF_QUERY.search(url)
    return found[1].upper() if found else ""


def _is_document(link: Record, url: str) -> bool:
    """A page about the data: said to be one, or said to be a link and no file by its ending."""
    said = fold(link["function"]), fold(link["protocol"])
    return said[0] == "information" or (said[0] != "download" and "link" in said[1] and not _is_file(url))


def _is_file(url: str) -> bool:
    found = file_type_of_url(url)
    return found is not None and found.label not in ("HTML", "XHTML")


def _file(record: Record, link: Record, url: str, service: str) -> dict[str, Any]:
    name, description = one_line(link["name"]), clean(link["description"])
    file = {"url": url, "name": name or one_line(description), "description": description if name else ""}
    if not service:
        return {**file, "format": "" if _is_file(url) else record["format"]}
    base = _endpoint(url)
    return {
        **file,
        "format": service,
        "access_services": [
            {
                "title": name or service,
                "endpoint_url": [base],
                "endpoint_description": f"{base}{'&' if '?' in base else '?'}service={service}&request=GetCapabilities",
                "conforms_to": [f"http://www.opengis.net/def/serviceType/ogc/{service.lower()}"],
            }
        ],
    }


def _endpoint(url: str) -> str:
    """A service's address without what a request asks it for; MapServer's `map` is part of the address."""
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if pair and pair.partition("=")[0].lower() not in _ASKED]
    return urlunsplit((*parts[:3], "&".join(kept), ""))


def _page(text: object) -> str:
    return one_line(text) if one_line(text).startswith(("http://", "https://")) else ""
