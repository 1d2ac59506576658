"""What becomes of a record beside the record itself: one fingerprint for all that spares work on unchanged sources."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from ...config import site_url
from ...metadata.hashing import fingerprint
from ...metadata.likeness import VERSION as LIKENESS
from ...metadata.mapping import VERSION
from ..protocol import Source


def basis_of(source: Source) -> str:
    """All that a record's mapping depends on beside the record: where this changes, every record is read and mapped."""
    parts = [source.id, source.name, source.title, source.url, source.owner_org, dict(source.settings)]
    ours = {"mapping": VERSION, "likeness": LIKENESS, "versions": _versions()}
    return fingerprint({"source": parts, "site": site_url(), **ours})


@cache
def _versions() -> dict[str, str]:
    return {name: version(name) for name in ("ckanext-orden", "ckanext-dcat")}
