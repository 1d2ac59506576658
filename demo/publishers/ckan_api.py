"""Osaka Prefecture's CKAN: the read actions of API version 3."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from ..model import Organization
from .ckan_records import Record, organization, package
from .publication import Publication

SOURCE = "osaka-pref-ckan"
MOST_ROWS = 1000
MODIFIED = re.compile(r"metadata_modified:\[(\S+) TO (\S+)\]")
OWNER = re.compile(r"\borganization:\"?([\w-]+)\"?")
DEFAULT_SORT = "metadata_modified desc"

Parameters = Mapping[str, str]


class NotFoundError(Exception):
    """No such action, package or organization."""


class ParameterError(Exception):
    """A parameter that CKAN would refuse."""


def answer(action: str, parameters: Parameters, publication: Publication) -> tuple[int, bytes]:
    """Status and body of an action's answer."""
    try:
        if action not in ACTIONS:
            raise NotFoundError("Action name not known")
        result = ACTIONS[action](parameters, publication)
    except NotFoundError as error:
        return 404, _body(action, False, {"error": {"__type": "Not Found Error", "message": str(error)}})
    except ParameterError as error:
        return 409, _body(action, False, {"error": {"__type": "Search Query Error", "message": str(error)}})
    return 200, _body(action, True, {"result": result})


def _body(action: str, success: bool, content: Record) -> bytes:
    return json.dumps({"help": f"/api/3/action/help_show?name={action}", "success": success, **content}).encode()


def _package_search(parameters: Parameters, publication: Publication) -> Record:
    start, rows = _count(parameters, "start", 0), min(_count(parameters, "rows", 10), MOST_ROWS)
    sort = parameters.get("sort") or DEFAULT_SORT
    found = [record for record in _packages(publication) if _matches(record, parameters.get("fq", ""))]
    for part in reversed(sort.split(",")):
        name, _, direction = part.strip().partition(" ")
        if name not in {"name", "id", "title", "metadata_modified", "metadata_created", "score"}:
            raise ParameterError(f'sort: unknown field "{name}"')
        found.sort(key=lambda record, name=name: str(record.get(name, "")), reverse=direction == "desc")
    page = found[start : start + rows]
    return {"count": len(found), "sort": sort, "facets": {}, "results": page, "search_facets": {}}


def _count(parameters: Parameters, name: str, default: int) -> int:
    text = parameters.get(name, str(default))
    if not text.isdecimal():
        raise ParameterError(f"{name}: must be a natural number")
    return int(text)


def _matches(record: Record, query: str) -> bool:
    owners = OWNER.findall(query)
    if owners and record["organization"]["name"] not in owners:
        return False
    span = MODIFIED.search(query)
    if not span:
        return True
    low, high = (text.rstrip("Z") for text in span.groups())
    moment = record["metadata_modified"]
    return (low == "*" or low <= moment) and (high in {"*", "NOW"} or moment <= high)


def _packages(publication: Publication) -> list[Record]:
    return [package(dataset, publication) for dataset in publication.datasets(SOURCE)]


def _package_list(parameters: Parameters, publication: Publication) -> list[str]:
    names = sorted(dataset.name for dataset in publication.datasets(SOURCE))
    start = _count(parameters, "offset", 0)
    return names[start : start + _count(parameters, "limit", len(names))]


def _package_show(parameters: Parameters, publication: Publication) -> Record:
    return _found(_packages(publication), parameters.get("id", ""))


def _organizations(publication: Publication) -> dict[str, Organization]:
    return {dataset.organization.name: dataset.organization for dataset in publication.datasets(SOURCE)}


def _organization_list(parameters: Parameters, publication: Publication) -> list[Any]:
    found = [organization(body) for _, body in sorted(_organizations(publication).items())]
    whole = parameters.get("all_fields", "").lower() in {"true", "1"}
    return found if whole else [record["name"] for record in found]


def _organization_show(parameters: Parameters, publication: Publication) -> Record:
    found = [organization(body) for body in _organizations(publication).values()]
    return _found(found, parameters.get("id", ""))


def _found(records: list[Record], wanted: str) -> Record:
    for record in records:
        if wanted in (record["id"], record["name"]):
            return record
    raise NotFoundError("Not found")


def _status_show(_: Parameters, __: Publication) -> Record:
    return {
        "ckan_version": "2.10.7",
        "site_title": "大阪府オープンデータ（デモ）",
        "extensions": [],
        "locale_default": "ja",
    }


ACTIONS: dict[str, Callable[[Parameters, Publication], Any]] = {
    "package_search": _package_search,
    "package_list": _package_list,
    "package_show": _package_show,
    "organization_list": _organization_list,
    "organization_show": _organization_show,
    "status_show": _status_show,
}
