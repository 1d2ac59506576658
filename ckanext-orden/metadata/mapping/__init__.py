"""From a source's record to a dataset of our schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ...types import Issue

VERSION = 4
"""Raised with each change of a mapping, so that unchanged records are mapped again."""


@dataclass(frozen=True)
class Mapped:
    """One record, ready for `package_create`: the harvester adds name, owner, id and state.

    `organization` describes the owner at the source, where it names one: name, title, orden_org_kind and
    orden_municipality.
    """

    guid: str
    dataset: dict[str, Any]
    issues: tuple[Issue, ...] = ()
    organization: dict[str, str] | None = None
