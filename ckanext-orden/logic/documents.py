"""The search index fed many datasets at a time; CKAN sends each in a request of its own.

The documents are those of CKAN 2.12's `PackageSearchIndex`; `tests/logic/test_documents.py` compares them.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, cast

import pysolr
from ckan import logic, model
from ckan.lib.navl.dictization_functions import MissingNullEncoder
from ckan.lib.plugins import get_permission_labels
from ckan.lib.search.common import SearchIndexError, make_connection
from ckan.lib.search.index import KEY_CHARS, PACKAGE_TYPE, RESERVED_FIELDS, TYPE_FIELD, escape_xml_illegal_chars
from ckan.plugins import IPackageController, PluginImplementations
from ckan.plugins import toolkit as tk
from ckan.types import Context
from dateutil.parser import ParserError, parse
from sqlalchemy import select

from ..model import OrdenReport
from ..search import encoders, meaning
from ..search.documents import MEANING
from .attempts import attempt

log = logging.getLogger(__name__)

Document = dict[str, Any]

RESOURCE_FIELDS = {
    "name": "res_name",
    "description": "res_description",
    "format": "res_format",
    "url": "res_url",
    "resource_type": "res_type",
}
REFUSED = "HTTP 400"
"""In pysolr's words: the documents are at fault, not Solr or the way there."""
SEEN_WITHIN = 1000
"""Milliseconds after which Solr shows what it was given: nobody asks it for a commit."""


class Seen(Enum):
    """When a search finds what the index was given."""

    NOW = "now"
    SOON = "soon"
    """A second later by itself, which costs Solr far less."""
    LATER = "later"
    """When somebody commits."""


def index(dataset_ids: Sequence[str], seen: Seen = Seen.NOW, *, keep_meanings: bool = False) -> list[str]:
    """Put committed datasets into the search index, in one request; returns the ids that could not be put there.

    :param keep_meanings: for the next time, in a transaction of its own
    """
    gone = _deleted(dataset_ids)
    # The session answers for what is held, so that nobody below asks for each dataset anew.
    held = _held(dataset_ids)
    documents: list[Document] = []
    for dataset_id in dataset_ids:
        if dataset_id not in gone:
            attempt(lambda: documents.append(document(dataset_id, alone=False)))  # noqa: B023 - called at once
    del held
    _tell_meanings(documents, keep=keep_meanings)
    taken = _given(documents, _options(seen)) | _removed(gone)
    return [dataset_id for dataset_id in dataset_ids if dataset_id not in taken]


def _options(seen: Seen) -> dict[str, Any]:
    """What Solr is told of when it is to show what it takes."""
    if seen is Seen.NOW and tk.config["ckan.search.solr_commit"]:
        return {"commit": True}
    return {"commit": False, "commitWithin": None if seen is Seen.LATER else str(SEEN_WITHIN)}


def _tell_meanings(documents: Sequence[Document], *, keep: bool) -> None:
    """Put into each document what it means; encoding many together takes a third of the time."""
    encoder = encoders.encoder()
    if encoder and documents:
        for values, vector in zip(documents, meaning.of_datasets(encoder, documents, keep=keep), strict=True):
            values[MEANING] = vector


def _held(dataset_ids: Sequence[str]) -> list[Any]:
    packages = list(model.Session.query(model.Package).filter(model.Package.id.in_(dataset_ids)))
    owners = {package.owner_org for package in packages}
    groups = list(model.Session.query(model.Group).filter(model.Group.id.in_(owners)))
    reports = list(model.Session.query(OrdenReport).filter(OrdenReport.package_id.in_(dataset_ids)))
    return [*packages, *groups, *reports]


def _deleted(dataset_ids: Sequence[str]) -> set[str]:
    if not tk.config["ckan.search.remove_deleted_packages"]:
        return set()
    query = select(model.Package.id).where(model.Package.id.in_(dataset_ids), model.Package.state == "deleted")
    return set(model.Session.execute(query).scalars())


def _removed(dataset_ids: Iterable[str]) -> set[str]:
    removed: set[str] = set()
    for dataset_id in dataset_ids:
        try:
            logic.index_remove_package(dataset_id)
        except SearchIndexError as error:
            log.warning("Dataset %s is still in the search index: %s", dataset_id, error)
        else:
            removed.add(dataset_id)
    return removed


def _given(documents: Sequence[Document], options: Mapping[str, Any]) -> set[str]:
    """The ids of the documents that Solr has taken; of a batch that it refuses it is given the halves."""
    if not documents:
        return set()
    try:
        make_connection().add(docs=documents, **options)
    except pysolr.SolrError as error:
        log.warning("Of %d datasets some are not in the search index: %s", len(documents), str(error)[:500])
        if len(documents) == 1 or REFUSED not in str(error):
            return set()
        half = len(documents) // 2
        return _given(documents[:half], options) | _given(documents[half:], options)
    return {document["id"] for document in documents}


def document(dataset_id: str, *, alone: bool = True) -> Document:
    """The search document of one dataset, as the database has it; of one among many its meaning is told later."""
    context = cast(Context, {"model": model, "session": model.Session, "user": "", "ignore_auth": True})
    default, custom = logic.package_show_default_and_custom_schemas(context, dataset_id)
    texts = {"data_dict": json.dumps(default), "validated_data_dict": json.dumps(custom, cls=MissingNullEncoder)}
    values = _typed({**_flat({**default, **texts}), TYPE_FIELD: PACKAGE_TYPE, "dataset_type": default["type"]})
    values |= {} if alone else {MEANING: None}
    for plugin in PluginImplementations(IPackageController):
        values = plugin.before_dataset_index(values)
    if not alone:
        del values[MEANING]
    return {**values, "permission_labels": get_permission_labels().get_dataset_labels(_package(dataset_id))}


def _flat(values: Document) -> Document:
    """The dataset without its structures: each part as fields of the document."""
    values |= {"title_string": values["title"]} if values.get("title") else {}
    extras, tags, groups = (values.pop(name, None) or [] for name in ("extras", "tags", "groups"))
    values |= _of_extras(extras, {*RESERVED_FIELDS, *values, "extras", "tags", "groups"})
    values |= _of_tags(tags, values)
    values |= {"capacity": "private" if values["private"] else "public", "groups": [group["name"] for group in groups]}
    values["organization"] = values["organization"]["name"] if values.get("organization") else None
    values |= _of_resources(values.pop("resources", []))
    relations = _of_relations(values.pop("relationships_as_subject", []), values.pop("relationships_as_object", []))
    return {**relations, **values}


def _of_extras(extras: Sequence[Mapping[str, Any]], taken: set[str]) -> Document:
    found: Document = {}
    for extra in extras:
        value = extra["value"]
        text = " ".join(map(str, value)) if isinstance(value, (tuple, list)) else value
        key = "".join(character for character in extra["key"] if character in KEY_CHARS)
        found |= {f"extras_{key}": text} | ({} if key in taken else {key: text})
    return found


def _of_tags(tags: Sequence[Mapping[str, Any]], values: Mapping[str, Any]) -> Document:
    found: Document = {"tags": [tag["name"] for tag in tags if not tag.get("vocabulary_id")]}
    for tag in tags:
        if tag.get("vocabulary_id"):
            vocabulary = tk.get_action("vocabulary_show")(cast(Context, {}), {"id": tag["vocabulary_id"]})
            key = f"vocab_{vocabulary['name']}"
            found.setdefault(key, list(values.get(key, []))).append(tag["name"])
    return found


def _of_resources(resources: Sequence[Mapping[str, Any]]) -> Document:
    names = RESOURCE_FIELDS | {name: f"res_extras_{name}" for name in model.Resource.get_extra_columns()}
    if not resources:
        return {}
    return {field: [resource.get(name, "") for resource in resources] for name, field in names.items()}


def _of_relations(subjects: Sequence[Mapping[str, Any]], objects: Sequence[Mapping[str, Any]]) -> Document:
    """The names of related datasets by the kind of relation; CKAN 2.12 fails here, where its schema hides the ids."""
    found: Document = {}
    for relations, other in ((objects, "subject_package_id"), (subjects, "object_package_id")):
        for relation in relations:
            kind = relation["type"]
            if relations is objects:
                kind = model.PackageRelationship.forward_to_reverse_type(kind)
            found.setdefault(kind, []).append(_package({**relation, **relation.get("__extras", {})}[other]).name)
    return found


def _typed(values: Document) -> Document:
    """Texts and dates as Solr takes them."""
    found = {key: value for key, value in values.items() if not key.endswith("_date")}
    for key in values.keys() - found.keys():
        found |= _of_date(key, values[key])
    for key in ("title", "notes", "title_string"):
        if found.get(key):
            found[key] = escape_xml_illegal_chars(found[key])
    if found.get("title"):
        found["title"] = found["title"].lstrip()
    for key in ("metadata_created", "metadata_modified"):
        found[key] += "Z"
    found["site_id"] = tk.config["ckan.site_id"]
    found["index_id"] = hashlib.md5(f"{found['id']}{found['site_id']}".encode(), usedforsecurity=False).hexdigest()
    return found


def _of_date(key: str, value: Any) -> Document:
    try:
        date = parse(value) if value else None
    except ParserError:
        log.warning("%s: %r is no date", key, value)
        return {}
    return {key: f"{date.isoformat()}{'' if date.tzinfo else 'Z'}"} if date else {}


def _package(package_id: str) -> model.Package:
    package = model.Session.get(model.Package, package_id)
    if package is None:
        raise tk.ObjectNotFound(tk._("Dataset not found"))
    return package
