"""The file behind a resource: an upload from the storage, anything else through `fetching`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from ckan import model
from ckan.lib import uploader
from sqlalchemy import func, or_, select

from .. import config
from ..errors import SourceError
from ..fetching import Limits, fetch
from ..metadata.tables.examine import VERSION
from .model import TableReport

GEOJSON = "geojson"
FORMATS = frozenset({"csv", "tsv", "xlsx", "xls", GEOJSON})
_ACCEPT = "text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.5"


@dataclass(frozen=True)
class File:
    """A file as read, and what tells it from its next version."""

    data: bytes
    mark: str
    etag: str | None = None
    modified: str | None = None


def is_table(resource: Mapping[str, Any]) -> bool:
    """Whether a resource says that it is a table."""
    return str(resource.get("format") or "").lower() in FORMATS or suffix(resource) in FORMATS


def limit_of(resource: Mapping[str, Any]) -> int:
    """The largest file that is read for a report, in bytes; GeoJSON takes many times its size in memory."""
    named = GEOJSON in (str(resource.get("format") or "").lower(), suffix(resource))
    return min(config.table_max_bytes(), config.table_max_geojson_bytes()) if named else config.table_max_bytes()


def unchecked() -> list[str]:
    """The ids of active datasets with a table that has no report of the present checks."""
    resource, package, report = model.Resource, model.Package, TableReport
    suffixes = (resource.url.ilike(f"%.{kind}") for kind in FORMATS)
    query = (
        select(package.id)
        .join(resource, resource.package_id == package.id)
        .outerjoin(report, (report.resource_id == resource.id) & (report.version >= VERSION))
        .where(package.state == "active", package.type == "dataset", resource.state == "active")
        .where(func.lower(resource.format).in_(FORMATS) | or_(*suffixes), report.resource_id.is_(None))
        .distinct()
        .order_by(package.id)
    )
    return list(model.Session.execute(query).scalars())


def name_of(resource: Mapping[str, Any]) -> str:
    """The name of the file, as it stands at the end of its address."""
    return PurePosixPath(unquote(urlsplit(str(resource.get("url") or "")).path)).name


def suffix(resource: Mapping[str, Any]) -> str:
    return PurePosixPath(name_of(resource)).suffix[1:].lower()


def read(
    resource: Mapping[str, Any], limit: int, known: TableReport | None = None, seconds: float = 120.0
) -> File | None:
    """The file; None if it is the one that the report is about. SourceError where it cannot be had."""
    same = known if known and known.version == VERSION and known.url == resource.get("url") else None
    found = (
        _upload(resource, limit) if resource.get("url_type") == "upload" else _remote(resource, limit, same, seconds)
    )
    return None if found is None or (same and found.mark == same.mark) else found


def too_large(limit: int) -> SourceError:
    """Why a file is not looked at, and what to do."""
    return SourceError(
        f"The file is larger than {limit / 1e6:g} MB and was not checked: split it.",
        ja=f"ファイルが上限（{limit / 1e6:g}MB）より大きいため、調べませんでした。ファイルを分けてください。",
    )


def _upload(resource: Mapping[str, Any], limit: int) -> File:
    path = Path(str(uploader.get_resource_uploader(dict(resource)).get_path(resource["id"])))
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise SourceError(
            "The uploaded file is not in the storage: upload it again.",
            ja="ファイルが保存先にありません。もう一度アップロードしてください。",
        ) from error
    if len(data) > limit:
        raise too_large(limit)
    return File(data, hashlib.sha256(data).hexdigest())


def _remote(resource: Mapping[str, Any], limit: int, same: TableReport | None, seconds: float) -> File | None:
    limits = Limits(total=seconds, wire_bytes=limit, decoded_bytes=limit, retries=0 if seconds < 60 else 2)
    etag, modified = (same.etag, same.modified) if same else (None, None)
    try:
        answer = fetch(str(resource.get("url") or ""), accept=_ACCEPT, etag=etag, modified=modified, limits=limits)
    except SourceError as error:
        raise (too_large(limit) if error.code == "fetching.large" else error) from error
    if answer.not_modified:
        return None
    data = answer.body
    return File(data, hashlib.sha256(data).hexdigest(), answer.etag, answer.modified)
