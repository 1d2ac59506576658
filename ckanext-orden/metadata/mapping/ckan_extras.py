"""What a CKAN record says beside its core fields: extras and top-level additions, under one name each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..parsing.text import clean, key
from .ckan_keys import INTERNAL, PERSONAL, canonical
from .draft import filled

_CORE = frozenset(
    {
        "title",
        "notes",
        "url",
        "license_id",
        "license_title",
        "license_url",
        "version",
        "tags",
        "groups",
        "resources",
        "organization",
        "name",
        "id",
        "extras",
    }
)


@dataclass
class Said:
    """A record's additions: those of our schema by our names, the others as they came."""

    known: dict[str, Any] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)

    def get(self, *names: str) -> Any:
        """The first of the names that has a value."""
        return next((self.known[name] for name in names if self.known.get(name)), "")


def said_by(remote: Mapping[str, Any]) -> Said:
    """All additions of a record; e-Gov writes them at the top level, most others as extras."""
    said = Said()
    for name, value in _pairs(remote):
        if value in (None, "", [], {}) or key(name) in PERSONAL or key(name) in INTERNAL:
            continue
        ours = canonical(name)
        if ours:
            said.known.setdefault(ours, value)
        elif (name, value) not in remote.items():
            said.unknown.setdefault(clean(name), filled(value))
    return said


def _pairs(remote: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    extras = remote.get("extras")
    if isinstance(extras, Mapping):
        yield from ((str(name), value) for name, value in extras.items())
    elif isinstance(extras, list):
        for extra in extras:
            if isinstance(extra, Mapping) and isinstance(extra.get("key"), str) and extra.get("state") != "deleted":
                yield extra["key"], extra.get("value")
    yield from ((name, value) for name, value in remote.items() if name not in _CORE)
