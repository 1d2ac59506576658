"""Validators of the schema; they read any spelling, store one, and say what would be right."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey, Validator
from ckanext.scheming.validation import scheming_validator

from ..config import site_url
from ..metadata.addresses import portable, problem
from ..metadata.parsing.codes import repair
from ..metadata.parsing.dates import is_iso, iso_date
from ..metadata.parsing.measures import duration, positive_number
from ..metadata.parsing.text import split_list
from ..metadata.vocabularies import file_type_for
from . import vocabulary
from .definition import Field
from .wording import explained, wording

__all__ = [
    "orden_schema_cadde",
    "orden_schema_code",
    "orden_schema_date",
    "orden_schema_duration",
    "orden_schema_format",
    "orden_schema_free_name",
    "orden_schema_frequency",
    "orden_schema_geometry",
    "orden_schema_known",
    "orden_schema_known_list",
    "orden_schema_municipality_code",
    "orden_schema_no_empty_list",
    "orden_schema_number",
    "orden_schema_portable_url",
    "orden_schema_portable_urls",
    "orden_schema_text",
    "orden_schema_url",
    "orden_schema_url_or_file",
]

_CODE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_GEOMETRIES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
_MAX_GEOMETRY = 30_000
"""A Solr string holds 32,766 bytes; an outline is drawn well with fewer."""
_SHOWN_CHOICES = 40
_PAGES = ("register",)
"""Pages below /dataset/ that are ours; CKAN refuses the names of its own."""


@scheming_validator
def orden_schema_known(field: Field, schema: dict[str, Any]) -> Validator:
    """One value of the field's vocabulary, in any spelling."""

    def validator(value: Any) -> Any:
        return _find(field, value) if value else value

    return validator


@scheming_validator
def orden_schema_known_list(field: Field, schema: dict[str, Any]) -> Validator:
    """Several values of the field's vocabulary: a list, JSON, or text with separators; stored as JSON."""

    def validator(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
        found = [_find(field, item) for item in _items(data[key])]
        values = list(dict.fromkeys(value for value in found if value))
        if not values:
            data.pop(key)
            raise tk.StopOnError
        data[key] = json.dumps(values)

    return validator


@scheming_validator
def orden_schema_cadde(field: Field, schema: dict[str, Any]) -> Validator:
    """CADDE's written values where a spelling is known, other words as they are; several stand with commas."""
    known = vocabulary.of(field)
    return lambda value: ",".join(known.find(item) or item for item in split_list(value))


def orden_schema_duration(value: str) -> str:
    """A span of time in ISO 8601, such as PT1H or P1D."""
    found = duration(value)
    if not found:
        raise tk.Invalid(
            tk._("“{value}” is not a span of time: write it as PT1H (an hour), P1D (a day)").format(value=value)
        )
    return found


def orden_schema_number(value: str) -> str:
    """A number above zero, in any width."""
    found = positive_number(value)
    if not found:
        raise tk.Invalid(tk._("“{value}” is not a number above zero").format(value=value))
    return found


def orden_schema_text(value: str) -> str:
    """A text without control characters, which neither PostgreSQL nor XML can hold; nothing else changes."""
    return _CONTROLS.sub("", value)


def orden_schema_frequency(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """Keeps the wording of a frequency that is not given as an IRI."""
    value, wording = data[key], ("orden_frequency_text",)
    if isinstance(value, str) and not value.startswith("http") and data.get(wording) in (None, "", tk.missing):
        data[wording] = value


def orden_schema_date(value: Any) -> str:
    """A date as precise as it is written: ISO 8601 stays, 令和8年4月1日 and other writings become it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    found = value if is_iso(value) else iso_date(value)
    if not found:
        raise tk.Invalid(
            tk._("“{value}” is not a date: write it as 2026-04-01, 2026-04, 2026 or 令和8年4月1日").format(value=value)
        )
    return found


def orden_schema_municipality_code(value: str) -> str:
    """A local government code with its check digit, mended where there is one way to mend it."""
    found = repair(value)
    if not found.value:
        raise tk.Invalid(" ".join(explained(issue) for issue in found.issues))
    return found.value


def orden_schema_code(value: str) -> str:
    """A code of ours: lower-case ASCII words joined by _."""
    if not _CODE.fullmatch(value):
        raise tk.Invalid(tk._("“{value}” is not a code: use a-z, 0-9 and _, e.g. public_toilet").format(value=value))
    return value


def orden_schema_free_name(value: str) -> str:
    """A name whose page is no page of the site's own."""
    if value in _PAGES:
        raise tk.Invalid(
            tk._("“{value}” is the address of a page of this site: choose another name").format(value=value)
        )
    return value


def orden_schema_format(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:
    """The usual name of a file format (ｃｓｖ, Excel); an unknown one stays as it is written."""
    url = data.get((*key[:-1], "url"))
    found = file_type_for(data[key], url if isinstance(url, str) else "")
    if found:
        data[key] = found.label


def orden_schema_url(value: str) -> str:
    """A web address; other schemes (javascript:, data:) are refused."""
    fault = problem(value)
    if fault:
        raise tk.Invalid(explained(fault))
    return value


def orden_schema_url_or_file(value: str) -> str:
    """A web address, or the name of an uploaded file."""
    return orden_schema_url(value) if ":" in value else value


def orden_schema_portable_url(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """A web address; one of this site is stored without the site's own address (`site:/path`)."""
    if data[key] and not _is_upload(key, data):
        data[key] = _portable(data[key])


def orden_schema_no_empty_list(
    key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context
) -> None:
    """Leaves out a list that holds nothing."""
    if data[key] == "[]":
        data.pop(key)
        raise tk.StopOnError


def orden_schema_portable_urls(value: str) -> str:
    """The same for a list of addresses, given as JSON."""
    return json.dumps([_portable(url) for url in json.loads(value)])


def orden_schema_geometry(value: Any) -> str:
    """A GeoJSON geometry, as an object or as text; stored as text."""
    try:
        geometry = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        geometry = None
    if not isinstance(geometry, dict) or geometry.get("type") not in _GEOMETRIES or "coordinates" not in geometry:
        raise tk.Invalid(tk._("This is not a GeoJSON geometry, such as a Point or a Polygon with its coordinates"))
    text = json.dumps(geometry, separators=(",", ":"))
    if len(text) > _MAX_GEOMETRY:
        raise tk.Invalid(
            tk._("The geometry is too long ({length} characters, at most {limit}): simplify the outline").format(
                length=len(text), limit=_MAX_GEOMETRY
            )
        )
    return text


def _find(field: Field, value: Any) -> str:
    known = vocabulary.of(field)
    found = known.find(value) if isinstance(value, str) else None
    if found is None:
        raise tk.Invalid(
            tk._("“{value}” is not in the list. Allowed: {allowed}").format(value=value, allowed=_allowed(known))
        )
    return found


def _allowed(known: vocabulary.Vocabulary) -> str:
    labels = [wording(choice["label"]) for choice in known.choices[:_SHOWN_CHOICES]]
    more = len(known.choices) > _SHOWN_CHOICES
    return " / ".join(labels) + (" / …" if more else "")


def _items(value: Any) -> list[Any]:
    if not isinstance(value, str):
        return value if isinstance(value, list) else [value]
    if value.startswith("["):
        try:
            parsed = json.loads(value)
        except ValueError:
            parsed = value
        if isinstance(parsed, list):
            return parsed
    return split_list(value)


def _is_upload(key: FlattenKey, data: FlattenDataDict) -> bool:
    return key[0] == "resources" and key[-1] == "url" and data.get((*key[:-1], "url_type")) == "upload"


def _portable(url: str) -> str:
    return portable(orden_schema_url(url), site_url())
