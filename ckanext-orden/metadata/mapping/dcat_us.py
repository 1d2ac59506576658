"""From an entry of data.json (DCAT-US 1.1, Project Open Data Metadata Schema v1.1) to a dataset of our schema.

What only federal agencies of the USA have (`bureauCode`, `programCode` …) stays in the record as received.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..parsing.markup import readable
from ..parsing.text import clean
from ..vocabularies import frequency_for
from . import Mapped, ckan_package

EU = "http://publications.europa.eu/resource/authority/access-right/"
LEVELS = {"public": "PUBLIC", "restricted public": "RESTRICTED", "non-public": "NON_PUBLIC"}
PLAIN = {
    "title": "title",
    "description": "notes",
    "landingPage": "url",
    "license": "license_url",
    "rights": "rights",
    "issued": "issued",
    "accrualPeriodicity": "frequency",
    "language": "language",
    "theme": "theme",
    "references": "documentation",
    "conformsTo": "conforms_to",
    "describedBy": "vocabulary",
    "temporal": "temporal",
}
"""Keys of an entry by those of a CKAN record, whose mapping reads their values."""
FILE = {
    "title": "name",
    "description": "description",
    "downloadURL": "download_url",
    "accessURL": "access_url",
    "mediaType": "mimetype",
    "format": "format",
    "conformsTo": "conforms_to",
    "describedBy": "schema",
}
_BOX = re.compile(r"\s*,\s*".join([r"(-?\d+(?:\.\d+)?)"] * 4))
"""West, south, east, north."""
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")
"""What a field holds that ArcGIS Hub or DKAN was told to fill and did not."""
_ACCOUNT = re.compile(r"<.*>|[A-Za-z]*[0-9_][A-Za-z0-9_.]*")
"""A contact that is nobody (Socrata's <Nobody>) or an account of ArcGIS (taro_osaka), which names a user."""


def dataset(entry: Mapping[str, Any]) -> Mapped:
    """The dataset that an entry describes; RecordError where it has neither identifier nor title."""
    return ckan_package.dataset(_record(entry))


def guid_of(entry: Mapping[str, Any]) -> str:
    """The entry's own identifier."""
    return clean(entry.get("identifier"))


def _record(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry in the keys of a CKAN record."""
    return {
        "id": guid_of(entry),
        **_changed(clean(entry.get("modified"))),
        **_named(entry, PLAIN),
        **_often(entry.get("accrualPeriodicity")),
        "tags": _list(entry.get("keyword")),
        "access_rights": _level(entry.get("accessLevel")),
        "publisher": _publisher(entry.get("publisher")),
        "contact": _contact(entry.get("contactPoint")),
        **_place(entry.get("spatial")),
        "resources": [_file(item) for item in _list(entry.get("distribution")) if isinstance(item, Mapping)],
    }


def _named(entry: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """What an entry says, by our names: HTML as text, and nothing of a template that was not filled."""
    found = ((ours, readable(entry.get(theirs))) for theirs, ours in names.items())
    return {ours: value for ours, value in found if value and not _is_template(value)}


def _is_template(value: Any) -> bool:
    return isinstance(value, str) and bool(_TEMPLATE.fullmatch(value.strip()))


def _list(value: Any) -> list[Any]:
    """Version 1.0 has texts with commas where 1.1 has lists."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return value if isinstance(value, list) else [value] if value else []


def _level(text: Any) -> str:
    level = LEVELS.get(clean(text).lower())
    return EU + level if level else clean(text)


def _publisher(found: Any) -> list[dict[str, str]]:
    name = clean(found.get("name") if isinstance(found, Mapping) else found)
    return [{"name": name}] if name else []


def _contact(found: Any) -> list[dict[str, str]]:
    if not isinstance(found, Mapping):
        return []
    name = clean(found.get("fn"))
    contact = {
        "name": "" if _ACCOUNT.fullmatch(name) else name,
        "email": clean(found.get("hasEmail")).removeprefix("mailto:"),
    }
    return [{name: text for name, text in contact.items() if text}]


def _changed(text: str) -> dict[str, str]:
    """When it was changed; the schema lets a repeating interval stand there, which is how often."""
    return _often(text) or {"modified": text}


def _often(text: Any) -> dict[str, str]:
    """A repeating interval of ISO 8601 by its term: it is no wording that people know."""
    found = frequency_for(text) if clean(text).startswith("R/") else None
    return {"frequency": found.iri} if found else {}


def _place(found: Any) -> dict[str, Any]:
    """A box, a shape in GeoJSON, or the name of a place."""
    box = _BOX.fullmatch(clean(found)) if isinstance(found, str) else None
    if box:
        west, south, east, north = map(float, box.groups())
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        return {"spatial": {"type": "Polygon", "coordinates": [ring]}}
    return {"spatial": found} if isinstance(found, Mapping) else {"spatial_text": clean(found)} if found else {}


def _file(item: Mapping[str, Any]) -> dict[str, Any]:
    file = _named(item, FILE)
    return {"format": file.get("mimetype"), **file}
