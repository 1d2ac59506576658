"""The stored file behind a resource, and its first bytes; files that lie elsewhere are not asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from ckan.lib import uploader

START = 32 * 1024
"""Bytes that are read of a file."""


def is_stored(resource: Mapping[str, Any]) -> bool:
    """Whether a file was uploaded to this site."""
    return resource.get("url_type") == "upload"


def path_of(resource: Mapping[str, Any]) -> Path:
    """Where an uploaded file lies."""
    return Path(str(uploader.get_resource_uploader(dict(resource)).get_path(resource["id"])))


def start_of(path: Path) -> tuple[bytes, int]:
    """The first bytes of a file, and how many it has; none where it is gone."""
    try:
        with path.open("rb") as file:
            return file.read(START), path.stat().st_size
    except OSError:
        return b"", 0


def name_of(resource: Mapping[str, Any]) -> str:
    """The name of the file, as it stands at the end of its address."""
    return PurePosixPath(unquote(urlsplit(str(resource.get("url") or "")).path)).name


def names(resource: Mapping[str, Any]) -> frozenset[str]:
    """What a file is called to be: its format and the ending of its name."""
    return frozenset({str(resource.get("format") or "").lower(), PurePosixPath(name_of(resource)).suffix[1:].lower()})
