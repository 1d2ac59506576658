"""An organisation's datasets as the database has them, in four queries whatever their number.

`package_show` takes 15 ms for each; a preview compares thousands. What is read here is compared, never written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ckan import model
from ckan.model.package import package_table as PACKAGE  # noqa: N812 - it is a constant
from ckan.model.resource import resource_table as RESOURCE  # noqa: N812
from sqlalchemy import Row, Select, or_, select

from ..metadata.addresses import SITE
from ..metadata.fields import LISTS, SUBFIELDS
from ..metadata.names import dataset_name
from ..metadata.parsing.text import fold

Dataset = dict[str, Any]

_CORE = ("id", "name", "title", "notes", "url", "version", "license_id", "owner_org", "state", "type", "private")
_FILE = ("id", "url", "name", "description", "format", "mimetype", "size", "hash", "url_type")


@dataclass
class Stored:
    """The datasets of an organisation and how a listed one is found among them."""

    prefix: str
    datasets: list[Dataset]
    by_id: dict[str, Dataset] = field(init=False)
    _by_identifier: dict[str, Dataset] = field(default_factory=dict)
    _by_name: dict[str, Dataset] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = {dataset["id"]: dataset for dataset in self.datasets}
        for dataset in sorted(self.datasets, key=lambda dataset: dataset["state"] == "deleted"):
            self._by_identifier.setdefault(fold(dataset.get("identifier")), dataset)
            self._by_name.setdefault(dataset["name"], dataset)
        self._by_identifier.pop("", None)

    def find(self, guid: str, *others: str) -> Dataset | None:
        """By the identifier: ours, then others; then by the name: the one that we give, then others."""
        identified = (self._by_identifier.get(fold(identifier)) for identifier in (guid, *others) if identifier)
        named = (self._by_name.get(name) for name in (dataset_name(self.prefix, guid), *others))
        return next(filter(None, (*identified, *named)), None)


def of(organization: Mapping[str, Any]) -> Stored:
    """All datasets of an organisation, drafts, private and deleted ones too."""
    return Stored(organization["name"], _read(_owned_by(organization)))


def some(organization: Mapping[str, Any], ids: Iterable[str], guids: Sequence[str]) -> Stored:
    """Those of an organisation's datasets that have one of these ids, or may be what one of these identifiers means."""
    names = [dataset_name(organization["name"], guid) for guid in guids]
    wanted = (
        PACKAGE.c.id.in_(list(ids)),
        PACKAGE.c.name.in_(names),
        PACKAGE.c.extras["identifier"].astext.in_(list(guids)),
    )
    return Stored(organization["name"], _read(_owned_by(organization).where(or_(*wanted))))


def _owned_by(organization: Mapping[str, Any]) -> Select[Any]:
    return select(PACKAGE).where(PACKAGE.c.owner_org == organization["id"], PACKAGE.c.type == "dataset")


def _read(query: Select[Any]) -> list[Dataset]:
    ids = query.with_only_columns(PACKAGE.c.id)
    datasets = {row.id: _dataset(row) for row in model.Session.execute(query)}
    files = select(RESOURCE).where(RESOURCE.c.package_id.in_(ids), RESOURCE.c.state == "active")
    for row in model.Session.execute(files.order_by(RESOURCE.c.package_id, RESOURCE.c.position)):
        datasets[row.package_id]["resources"].append(_file(row))
    tagged = select(model.PackageTag.package_id, model.Tag.name).join(
        model.Tag, model.PackageTag.tag_id == model.Tag.id
    )
    for package_id, name in model.Session.execute(
        tagged.where(model.PackageTag.package_id.in_(ids), model.PackageTag.state == "active")
    ):
        datasets[package_id]["tags"].append({"name": name})
    return list(datasets.values())


def _dataset(row: Row[Any]) -> Dataset:
    core = {name: getattr(row, name) for name in _CORE}
    return {**_decoded(row.extras), **core, "resources": [], "tags": []}


def _file(row: Row[Any]) -> Dataset:
    file = {**_decoded(row.extras), **{name: getattr(row, name) for name in _FILE}}
    if row.url_type == "upload":
        file["url"] = f"{SITE}dataset/{row.package_id}/resource/{row.id}/download/{row.url}"
    return file


def _decoded(extras: Mapping[str, Any] | None) -> Dataset:
    """Fields as `package_show` gives them: lists are stored as JSON."""
    coded = LISTS | SUBFIELDS.keys()
    pairs = (extras or {}).items()
    return {
        name: json.loads(value) if name in coded and isinstance(value, str) and value.startswith("[") else value
        for name, value in pairs
    }
