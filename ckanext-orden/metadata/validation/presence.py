"""What a dataset lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...types import Issue
from ..facts import Facts, is_ngsi, resources, value
from ..parsing.text import clean
from ..vocabularies import licence_for
from .messages import broken


def presence(dataset: Mapping[str, Any], facts: Facts) -> Iterator[Issue]:
    """Issues for fields and files that are not there."""
    if not clean(dataset.get("title")):
        yield broken("title.missing")
    if not clean(dataset.get("notes")):
        yield broken("description.missing")
    yield from _licence(dataset, facts)
    if not value(dataset, "contact"):
        yield broken("contact.missing")
    if not facts.organization_kind and not facts.municipality:
        yield broken("organization.kind_missing")
    if facts.fee == "paid" and not clean(value(dataset, "sales_info_url")):
        yield broken("price.no_sales_page")
    yield from _files(dataset)


def _licence(dataset: Mapping[str, Any], facts: Facts) -> Iterator[Issue]:
    files = resources(dataset)
    stated = bool(files) and all(licence_for(file.get("license")) for file in files)
    wording = clean(value(dataset, "orden_license_text"))
    if facts.licence is None and not stated:
        yield broken("licence.unknown" if wording else "licence.missing", wording or dataset.get("license_id"))
    elif facts.licence and facts.licence.open is None and not wording:
        yield broken("licence.unknown", facts.licence.id)


def _files(dataset: Mapping[str, Any]) -> Iterator[Issue]:
    files = resources(dataset)
    if not files:
        yield broken("resources.missing")
    seen: set[str] = set()
    for number, file in enumerate(files, 1):
        where = f"resource {number}"
        url = clean(file.get("url")) or clean(file.get("access_url")) or clean(file.get("download_url"))
        if not url:
            yield broken("resource.no_url", file.get("name"), where)
        elif url in seen:
            yield broken("resource.repeated", url, where)
        seen.add(url)
        if not clean(file.get("format")):
            yield broken("resource.format_missing", url, where)
        if is_ngsi(file) and not clean(file.get("ngsi_entity_type")):
            yield broken("ngsi.no_type", url, where)
