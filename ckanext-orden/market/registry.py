"""The markets that offers may link to."""

from __future__ import annotations

from ..metadata.offers import JDEX, Markets


def markets() -> Markets:
    """The registry, by code."""
    return {JDEX.code: JDEX}
