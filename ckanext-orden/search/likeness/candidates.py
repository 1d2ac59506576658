"""What of a dataset tells whether it is another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from ...metadata.likeness import likeness
from ...metadata.particulars import particulars
from ...metadata.vocabularies.places import municipality
from .duplicates import FILE, IDENTIFIER, PAGE, Candidate

Dataset = Mapping[str, Any]
GLOBAL = 16
"""An identifier as long as this, or with a colon or slash, is not another catalogue's 0001."""


def candidate(dataset: Dataset, site_url: str) -> Candidate:
    """A dataset, as `package_show` gives it, to be compared with others."""
    return Candidate(
        id=dataset["id"],
        title=dataset.get("title") or dataset["name"],
        places=_places(dataset),
        origin=(dataset.get("owner_org") or "", source(dataset)),
        marks=frozenset(_marks(dataset, site_url)),
    )


def source(dataset: Dataset) -> str:
    """The title of the harvest source that a dataset comes from; empty for one written here."""
    return str(_value(dataset, "harvest_source_title"))


def _value(dataset: Dataset, name: str) -> Any:
    """A field, or the extra of that name where no schema has it."""
    extras = (extra["value"] for extra in dataset.get("extras") or () if extra["key"] == name)
    return dataset.get(name) or next(extras, "") or ""


def _places(dataset: Dataset) -> frozenset[str]:
    place = municipality(str(_value(dataset, "orden_municipality")))
    organization = dataset.get("organization") or {}
    return particulars(place.city + place.name if place else organization.get("title") or "").places


def _marks(dataset: Dataset, site_url: str) -> Iterator[tuple[str, str]]:
    for identifier in (str(_value(dataset, name)).strip() for name in ("identifier", "uri")):
        if len(identifier) >= GLOBAL or ":" in identifier or "/" in identifier:
            yield IDENTIFIER, identifier
    if page := likeness(dataset, site_url):
        yield PAGE, page
    for address in (_address(str(file.get("url") or "")) for file in dataset.get("resources") or ()):
        if address:
            yield FILE, address


def _address(url: str) -> str:
    """The address of a file without what does not count; empty for a whole site."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return f"{parts.netloc.lower()}{parts.path}?{parts.query}" if parts.netloc and parts.path.strip("/") else ""
