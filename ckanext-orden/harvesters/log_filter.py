"""Stock's log lines without the keys of harvest sources: it logs whole dicts and addresses."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from ..metadata.addresses import without_query

STOCK = (
    "ckanext.harvest.plugin",
    "ckanext.harvest.queue",
    *(f"ckanext.harvest.logic.action.{name}" for name in ("create", "delete", "get", "patch", "update")),
)
KNOWN = ("id", "name", "title", "type", "source_type", "source_id", "url", "frequency", "owner_org", "state", "run")
"""The keys of a source or job that are logged; whatever else stock passes may be a secret."""


def attach() -> None:
    """Have stock's loggers say what everybody may know."""
    for name in STOCK:
        logging.getLogger(name).addFilter(_public)


def _public(record: logging.LogRecord) -> bool:
    # logging hands a lone dict over as it is, and anything else as a tuple
    args = (record.args,) if isinstance(record.args, Mapping) else record.args or ()
    record.args = tuple(map(_shown, args))
    return True


def _shown(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _shown(value[key]) for key in KNOWN if key in value}
    if isinstance(value, list | tuple):
        return [_shown(one) for one in value]
    return without_query(value) if isinstance(value, str) and "://" in value else value
