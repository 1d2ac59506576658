"""What of a harvest source only its editors may see: configuration, query strings, error texts, raw records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from ckan.plugins import toolkit as tk
from ckan.types import Context

from ...metadata.addresses import without_query
from .. import stock

PRIVATE = ("config", "user_id", "publisher_id")
JOB_TEXTS = ("gather_error_summary", "object_error_summary", "orden_run")


def may_edit(context: Context, source_id: str) -> bool:
    """Whether the user of the context may edit the source."""
    if context.get("ignore_auth"):
        return True
    asking = {**stock.acting(context.get("user") or ""), "ignore_auth": False}
    try:
        tk.check_access("package_update", cast(Context, asking), {"id": source_id})
    except tk.NotAuthorized:
        return False
    return True


def public(source: Mapping[str, Any]) -> dict[str, Any]:
    """The source as everybody may see it: known keys only, so that a new secret stays one."""
    hidden = {*PRIVATE, *_settings(source)}
    shown = {key: value for key, value in source.items() if key not in hidden}
    if shown.get("url"):
        shown["url"] = without_query(shown["url"])
    if "extras" in shown:
        shown["extras"] = [extra for extra in shown["extras"] if extra.get("key") not in hidden]
    for place in ("status", "last_job_status"):
        if isinstance(shown.get(place), dict):
            shown[place] = without_texts(shown[place])
    return shown


def _settings(source: Mapping[str, Any]) -> set[str]:
    """Stock spreads the configuration's keys over the source itself."""
    config = source.get("config")
    extras = {extra.get("key"): extra.get("value") for extra in source.get("extras") or ()}
    try:
        values = json.loads(config or extras.get("config") or "{}")
    except (TypeError, ValueError):
        return set()
    return set(values) - {"id", "name", "title", "type", "url", "state"} if isinstance(values, dict) else set()


def without_texts(status: Mapping[str, Any]) -> dict[str, Any]:
    """A source's status, or its last job's, without what went wrong in words."""
    shown = {key: value for key, value in status.items() if key not in JOB_TEXTS}
    if isinstance(shown.get("last_job"), dict):
        shown["last_job"] = without_texts(shown["last_job"])
    return shown


def is_source(package: Mapping[str, Any]) -> bool:
    """Whether a package dict is a harvest source."""
    return package.get("type") == "harvest"


def indexable(document: Mapping[str, Any]) -> dict[str, Any]:
    """The Solr document of a source: whatever a search asks for, it answers what everybody may see."""
    hidden = {*PRIVATE, "status", *_settings(document)}
    hidden |= {f"extras_{key}" for key in hidden}
    kept = {key: value for key, value in document.items() if key not in hidden}
    dicts = {key: json.dumps(public(json.loads(document[key]))) for key in ("data_dict", "validated_data_dict")}
    return {**kept, **dicts, "url": without_query(document["url"])}
