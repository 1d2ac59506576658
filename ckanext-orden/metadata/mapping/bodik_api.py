"""From an API of BODIK and a body whose data it serves to one dynamic dataset of our schema.

An API serves the rows of one standard dataset for many bodies; it says nothing of licences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from ..parsing.codes import is_code
from ..parsing.text import clean, one_line
from ..vocabularies import municipality
from . import Mapped
from .draft import Draft

URN = "urn:orden:bodik-api:"
STANDARD = "自治体標準オープンデータセット"
NAMES = ("apiname", "api_name", "name", "id")
TITLES = ("description", "title", "label")
CODES = ("organ_code", "municipalityCode", "code", "id")
BODIES = ("organ_name", "municipalityName", "name", "title")


def items(found: Any) -> list[Any] | None:
    """The list in an answer, which may be wrapped once; None where there is none."""
    if isinstance(found, Mapping):
        lists = [value for value in found.values() if isinstance(value, list)]
        found = lists[0] if len(lists) == 1 else None
    return found if isinstance(found, list) else None


def apis(found: Any) -> dict[str, str]:
    """The APIs of `/api/list` by name, with what they are described as; a list of plain names will do."""
    return dict(_pairs(found, NAMES, TITLES))


def bodies(found: Any) -> dict[str, str]:
    """The bodies of `/{apiname}/organization` by code, with their names."""
    return {code: name for code, name in _pairs(found, CODES, BODIES) if is_code(code)}


def _pairs(found: Any, keys: tuple[str, ...], titles: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for item in items(found) or ():
        if isinstance(item, Mapping):
            name = next((clean(item[key]) for key in keys if clean(item.get(key))), "")
            title = next((one_line(item[key]) for key in titles if clean(item.get(key))), "")
        else:
            name, title = clean(item), ""
        if name:
            yield name, title


def guid(apiname: str, code: str) -> str:
    """The identifier of one body's data in one API."""
    return f"{URN}{apiname}:{code}"


def dataset(record: Mapping[str, Any], frequency: str, licence: str) -> Mapped:
    """A record of `apiname`, `description`, `code`, `body` and the service's `address` as a dataset."""
    name, code, address = record["apiname"], record["code"], record["address"]
    place = municipality(code)
    body = one_line(record.get("body")) or (place.name if place else code)
    what = one_line(record.get("description")) or name
    draft = Draft()
    draft.put("title", f"{body} {what}")
    draft.put("notes", f"{body}の「{what}」を BODIK API で取得できます。公開元のデータの更新に応じて内容が変わります。")
    draft.add_tags([what, "BODIK API", STANDARD], kept_whole=True)
    draft.put("publisher", [{"name": body}])
    draft.put("orden_municipality", code)
    draft.put_frequency(frequency)
    draft.put("license_id", draft.licence_id(licence))
    if not licence:
        draft.report("licence.missing", "license_id")
    identifier = guid(name, code)
    draft.put("identifier", identifier)
    draft.values["resources"] = [_resource(what, name, code, address)]
    return Mapped(identifier, draft.values, tuple(draft.issues), _organization(code, body))


def _resource(what: str, name: str, code: str, address: str) -> dict[str, Any]:
    file = Draft("resource 1")
    query = urlencode({"select_type": "data", "municipalityCode": code})
    file.put("url", f"{address}/{name}?{query}")
    file.put("access_url", f"{address}/{name}?{query}")
    file.put("name", f"{what}（API）")
    file.put_format("JSON", "")
    file.put_term("orden_api", "yes")
    service = {"title": f"BODIK API {name}", "endpoint_url": [f"{address}/{name}"]}
    file.put("access_services", [{**service, "endpoint_description": f"{address}/docs"}])
    return file.values


def _organization(code: str, body: str) -> dict[str, str]:
    return {"name": code, "title": body, "orden_org_kind": "public", "orden_municipality": code}
