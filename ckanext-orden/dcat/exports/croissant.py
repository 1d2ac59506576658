"""Croissant 1.0, as tools of machine learning read it: schema.org's Dataset with its files, its tables as records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ckanext.dcat.profiles.croissant import JSONLD_CONTEXT

from ..profiles.iris import escaped
from . import said
from .said import Dict, Record, Site, filled
from .schemaorg import described

SPECIFICATION = "http://mlcommons.org/croissant/1.0"
TYPES = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "latitude": "sc:Float",
    "longitude": "sc:Float",
    "date": "sc:Date",
    "url": "sc:URL",
}
"""By the kind of a standard's column; codes, postal codes and telephone numbers are texts: they begin with zeros."""
TABLES = ("text/csv", "text/tab-separated-values")


@dataclass(frozen=True)
class Column:
    """A column of a file: its name there, its kind in the standard, what it means."""

    name: str
    kind: str = ""
    description: str = ""


def dataset(about: Record, site: Site, columns: Mapping[str, Sequence[Column]]) -> Dict:
    """A dataset; `columns` are those of its checked tables, by the id of the resource."""
    files = [resource for resource in said.records(about.get("resources")) if _is_offered(about, resource, site)]
    tables = [resource for resource in files if said.media_type(resource) in TABLES and columns.get(resource["id"])]
    return filled(
        {
            "@context": {**JSONLD_CONTEXT, "@language": site.language},
            "@type": "sc:Dataset",
            "conformsTo": SPECIFICATION,
            **described(about, site),
            "isLiveDataset": not all(said.checksum(resource) for resource in files),
            "distribution": [_file(about, resource, site) for resource in files],
            "recordSet": [_records(resource, columns[resource["id"]]) for resource in tables],
        }
    )


def _is_offered(about: Record, resource: Record, site: Site) -> bool:
    """Whether the resource is a file that everybody may fetch and of which it is known what it is."""
    return bool(said.is_file(resource) and said.target(about, resource, site) and said.media_type(resource))


def _file(about: Record, resource: Record, site: Site) -> Dict:
    size = said.size(resource)
    return filled(
        {
            "@type": "cr:FileObject",
            "@id": resource["id"],
            "name": resource.get("name") or resource["id"],
            "description": resource.get("description"),
            "contentUrl": said.target(about, resource, site),
            "encodingFormat": said.media_type(resource),
            "contentSize": f"{size} B" if size is not None else "",
            **said.checksum(resource),
        }
    )


def _records(resource: Record, columns: Sequence[Column]) -> Dict:
    id_ = f"{resource['id']}/records"
    fields = [_field(id_, resource, column) for column in columns]
    return {"@type": "cr:RecordSet", "@id": id_, "name": resource.get("name") or id_, "field": fields}


def _field(records: str, resource: Record, column: Column) -> Dict:
    return filled(
        {
            "@type": "cr:Field",
            "@id": f"{records}/{escaped(column.name)}",
            "name": column.name,
            "description": column.description,
            "dataType": TYPES.get(column.kind, "sc:Text"),
            "source": {"fileObject": {"@id": resource["id"]}, "extract": {"column": column.name}},
        }
    )
