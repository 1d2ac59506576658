"""Records and lists of a CKAN record: people, places, periods, relations, as structures or in CADDE's flat keys."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from ..fields import LISTS, SUBFIELDS
from ..parsing.dates import is_iso, iso_date
from ..parsing.measures import duration, positive_number
from ..parsing.text import clean, one_line
from .ckan_extras import Said
from .draft import Draft, filled, json_or_none, many, without_empty

_AS_THEY_ARE = ("qualified_relation", "provenance_activity", "qualified_attribution")
_PLAIN_LISTS = LISTS - {"theme", "language"}


def put_records(draft: Draft, said: Said) -> None:
    """Lists of terms, and records that the schema knows."""
    for name in sorted(_PLAIN_LISTS):
        draft.add(name, many(said.get(name)))
    for name in _AS_THEY_ARE:
        draft.put(name, structured(said.get(name), SUBFIELDS[name]))
    put_measures(draft, said)
    activity = draft.usable_url("provenance_activity", filled(said.get("prov_was_generated_by_url")))
    draft.put("provenance_activity", [{"uri": activity}] if activity else [])
    _put_places(draft, said)
    _put_periods(draft, said)


def put_agent(draft: Draft, name: str, said: Said, address: str) -> None:
    """Agents from a structured field, from CADDE's keys, or from a plain name."""
    draft.put(name, structured(said.get(name), SUBFIELDS[name]))
    stated = said.get(name)
    names = _several(said.get(f"{name}_name")) or ([stated] if isinstance(stated, str) else [])
    flat = (_several(said.get(f"{name}_{part}")) for part in ("email", address))
    agents: list[dict[str, Any]] = []
    for found, email, url in zip_longest(names, *flat, fillvalue=""):
        agent = draft.part()
        agent.put("name", one_line(found))
        agent.put_mail("email", email)
        agent.put_url(address, filled(url))
        agents.append(agent.values)
    draft.put(name, [agent for agent in agents if agent])


def put_measures(draft: Draft, record: Said | Mapping[str, Any]) -> None:
    """The finest span of time and distance in the data."""
    for name, read in (("temporal_resolution", duration), ("spatial_resolution_in_meters", positive_number)):
        text = record.get(name)
        draft.put(name, read(text))
        if filled(text) and not read(text):
            draft.report("value.unknown", name, text)


def structured(stated: Any, parts: frozenset[str]) -> list[dict[str, Any]]:
    """The records of a field, given as such or as JSON, with the parts that the schema knows."""
    found = json_or_none(stated) if isinstance(stated, str) and stated.strip()[:1] in "[{" else stated
    records = found if isinstance(found, list) else [found]
    known = [
        {part: value for part, value in record.items() if part in parts}
        for record in records
        if isinstance(record, Mapping)
    ]
    return [record for record in map(without_empty, known) if record]


def _several(value: object) -> list[Any]:
    """The values of a key that may hold a JSON array; a text with commas is one value, names have commas too."""
    if isinstance(value, str) and value.strip().startswith("["):
        parsed = json_or_none(value)
        if isinstance(parsed, list):
            return parsed
    return [value] if value else []


def _put_places(draft: Draft, said: Said) -> None:
    draft.put("spatial_coverage", structured(said.get("spatial_coverage"), SUBFIELDS["spatial_coverage"]))
    spatial, texts = said.get("spatial"), _several(said.get("spatial_text"))
    shapes = _several(spatial) if json_or_none(spatial) or isinstance(spatial, Mapping) else []
    shapes = [shape for shape in shapes if _is_shape(shape)]
    if not texts and not shapes and filled(spatial):
        texts = [spatial]
    places: list[dict[str, str]] = []
    for text, shape, uri in zip_longest(texts, shapes, _several(said.get("spatial_url")), fillvalue=""):
        found = {
            "text": filled(text),
            "geom": shape if isinstance(shape, str) else filled(shape),
            "uri": draft.usable_url("spatial_coverage", filled(uri)),
        }
        places.append({name: value for name, value in found.items() if value})
    draft.put("spatial_coverage", [place for place in places if place])


def _is_shape(shape: Any) -> bool:
    geometry = json_or_none(shape) if isinstance(shape, str) else shape
    return isinstance(geometry, Mapping) and bool(geometry.get("type"))


def _put_periods(draft: Draft, said: Said) -> None:
    draft.put("temporal_coverage", structured(said.get("temporal_coverage"), SUBFIELDS["temporal_coverage"]))
    stated = {name: said.get(f"temporal_{name}") for name in ("start", "end")}
    days = {name: text if is_iso(clean(text)) else iso_date(text) for name, text in stated.items()}
    draft.put("temporal_coverage", [span] if (span := {name: day for name, day in days.items() if day}) else [])
    draft.put_period(said.get("temporal"))
