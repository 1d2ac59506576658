"""Chained actions: rules over dataset and resources together, and addresses on their way out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ... import config
from .. import reindexing, rules
from ..addresses import absolute_everywhere
from ..structures import read_json

__all__ = ["organization_update", "package_create", "package_update", "resource_search"]

Action = Callable[[Context, DataDict], Any]


@tk.chained_action
def package_create(original: Action, context: Context, data_dict: DataDict) -> Any:
    """CKAN's action; a dataset that contradicts itself is refused before anything is written."""
    dataset = read_json(data_dict)
    rules.refuse_contradictions("package_create", context, dataset)
    return original(context, dataset)


@tk.chained_action
def package_update(original: Action, context: Context, data_dict: DataDict) -> Any:
    """CKAN's action; a dataset that contradicts itself with its resources is refused before anything is written."""
    dataset = read_json(data_dict)
    rules.refuse_contradictions("package_update", context, dataset)
    return original(context, dataset)


@tk.chained_action
def organization_update(original: Action, context: Context, data_dict: DataDict) -> Any:
    """CKAN's action; when what its datasets are indexed with has changed, a worker indexes them again."""
    identifier = data_dict.get("id")
    before = reindexing.copied(identifier) if isinstance(identifier, str) else {}
    result = original(context, data_dict)
    if before != reindexing.copied(result["id"]):
        reindexing.queue(result["id"])
    return result


@tk.chained_action
@tk.side_effect_free
def resource_search(original: Action, context: Context, data_dict: DataDict) -> Any:
    """CKAN's action; addresses under the site's own are shown absolute."""
    return absolute_everywhere(original(context, data_dict), config.site_url())
