"""Suggestions as readers get them: named in their language, each with the address that it leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk

from ..metadata.vocabularies import municipality
from ..search.suggesting import suggestions
from ..search.suggesting.suggestions import Found, Value
from ..search.suggesting.values import FIELDS

Row = dict[str, Any]


def rows(found: Found, limit: int) -> list[Row]:
    """At most `limit` rows, a kind after the other."""
    titles = _titles(value.value for value in found.values if value.kind == "organization")
    told = [value for value in found.values if _is_news(value, titles)]
    values, datasets = suggestions.fitting(Found(told, found.datasets), limit)
    return [*(_value(value, titles) for value in values), *map(_dataset, datasets)]


def _titles(names: Iterable[str]) -> dict[str, str]:
    """The present titles of organisations by name."""
    wanted = list(names)
    if not wanted:
        return {}
    query = model.Session.query(model.Group.name, model.Group.title)
    found = query.filter(model.Group.name.in_(wanted), model.Group.state == "active")
    return {name: title or name for name, title in found}


def _is_news(value: Value, titles: Mapping[str, str]) -> bool:
    """Whether a value is there and not told already, as a city that is an organisation is for place and tag."""
    if value.kind == "organization":
        return value.value in titles
    place = municipality(value.value) if value.kind == "place" else None
    names = {place.name, place.full_name} if place else {value.value}
    return not names & set(titles.values())


def _value(value: Value, titles: Mapping[str, str]) -> Row:
    row = {"kind": value.kind, "name": value.value, "count": value.count}
    if value.kind == "organization":
        return {**row, "title": titles[value.value], "url": tk.url_for("organization.read", id=value.value)}
    field = FIELDS[value.kind]
    title = tk.h.orden_facet_word(field, {"name": value.value})
    return {**row, "title": title, "url": tk.url_for("dataset.search", **{field: value.value})}


def _dataset(dataset: Mapping[str, str]) -> Row:
    name = dataset["name"]
    return {
        "kind": suggestions.DATASET,
        "name": name,
        "title": dataset.get("title") or name,
        "organization": dataset.get("organization_title") or "",
        "url": tk.url_for("dataset.read", id=name),
    }
