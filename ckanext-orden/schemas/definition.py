"""The schema files as data: read once, without CKAN."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Field = dict[str, Any]


@cache
def load(name: str) -> dict[str, Any]:
    """One of this room's YAML files."""
    return yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def dataset_fields() -> list[Field]:
    return load("dataset.yaml")["dataset_fields"]


def resource_fields() -> list[Field]:
    return load("dataset.yaml")["resource_fields"]


def organization_fields() -> list[Field]:
    return load("organization.yaml")["fields"]


def sections() -> list[dict[str, Any]]:
    """The sections of the dataset's form and page, in order."""
    return load("dataset.yaml")["orden"]["sections"]


def walk(fields: list[Field], path: str = "") -> Iterator[tuple[str, Field]]:
    """Every field with its path (`contact.email`), a parent before its subfields."""
    for field in fields:
        name = path + field["field_name"]
        yield name, field
        yield from walk(field.get("repeating_subfields", []), f"{name}.")


def meta(field: Field) -> dict[str, Any]:
    """What the schema says about a field beside scheming's own keys."""
    return field.get("orden", {})
