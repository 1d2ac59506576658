"""From the dict that ckanext-dcat's parser makes to a dataset of our schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ...errors import RecordError
from ...metadata import fields
from ...metadata.mapping import Mapped, usable
from ...metadata.parsing.markup import readable
from ...metadata.vocabularies import file_type_for
from ...types import Issue, Report
from . import opendatasoft

_BLANK = re.compile(r"N[0-9a-f]{32}")
"""The name that rdflib gives a blank node, another one each time: never a value."""


def mapped(parsed: Mapping[str, Any], guid: str) -> Mapped:
    """Our fields of the parsed dataset; what the parser puts into extras stays only where it is a field of ours."""
    if not parsed.get("title"):
        raise RecordError(Report((_untitled(guid),), subject=guid))
    values = _named({**_extras(parsed), **parsed})
    dataset: dict[str, Any] = {name: values[name] for name in sorted(fields.DATASET) if _filled(values.get(name))}
    dataset["notes"] = readable(dataset.get("notes", ""))
    dataset["tags"] = [{"name": tag["name"]} for tag in parsed.get("tags") or ()]
    dataset["resources"] = _resources(parsed)
    opendatasoft.read_words(dataset)
    issues = usable.keep(dataset)
    identifier = guid or str(values.get("identifier") or "")
    dataset.setdefault("identifier", identifier)
    return Mapped(identifier, dataset, tuple(issues))


def _extras(parsed: Mapping[str, Any]) -> dict[str, Any]:
    return {extra["key"]: extra["value"] for extra in parsed.get("extras") or ()}


def _resources(parsed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """In the order of their addresses, then of all that they say: RDF has none."""
    resources = (_resource(_named(resource)) for resource in parsed.get("resources") or ())
    return sorted(resources, key=_place)


def _place(resource: Mapping[str, Any]) -> tuple[str, str, str]:
    said = json.dumps(resource, ensure_ascii=False, sort_keys=True)
    return resource.get("url") or "", resource.get("name") or "", said


def _named(value: Any) -> Any:
    """The value without the names of blank nodes, at any depth."""
    if isinstance(value, dict):
        return {name: _named(part) for name, part in value.items()}
    if isinstance(value, list):
        return [part for part in map(_named, value) if part != ""]
    return "" if isinstance(value, str) and _BLANK.fullmatch(value) else value


def _resource(parsed: Mapping[str, Any]) -> dict[str, Any]:
    resource = {name: parsed[name] for name in sorted(fields.RESOURCE) if _filled(parsed.get(name))}
    if "description" in resource:
        resource["description"] = readable(resource["description"])
    known = file_type_for(resource.get("format") or "")
    return {**resource, "format": known.label} if known else resource


def _filled(value: Any) -> bool:
    return value not in (None, "", [], {}, [{}])


def _untitled(guid: str) -> Issue:
    return Issue(
        code="rdf.untitled",
        severity="error",
        field="title",
        message={"en": "The dataset has no dct:title.", "ja": "データセットに dct:title がありません。"},
        hint={"en": "Give it a title.", "ja": "タイトルを付けてください。"},
        where=guid,
    )
