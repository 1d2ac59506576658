"""The room's actions, and CKAN's with rules over dataset and resources together and addresses on their way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ... import config
from ...metadata.mapping import cadde
from ...metadata.offers.stating import withdraw
from .. import forms, judging, reindexing, rules, uploads
from ..addresses import absolute_everywhere
from ..structures import read_json
from .drafts import (
    orden_schema_draft_delete,
    orden_schema_draft_list,
    orden_schema_draft_show,
    orden_schema_draft_update,
)

__all__ = [
    "orden_schema_cadde_show",
    "orden_schema_dataset_validate",
    "orden_schema_draft_delete",
    "orden_schema_draft_list",
    "orden_schema_draft_show",
    "orden_schema_draft_update",
    "organization_update",
    "package_create",
    "package_update",
    "resource_search",
]

Action = Callable[[Context, DataDict], Any]


@tk.side_effect_free
def orden_schema_cadde_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """A dataset as CADDE 4.0's catalogue writes it (`package`), and what CADDE cannot hold of it (`issues`)."""
    identifier = tk.get_or_bust(data_dict, "id")
    tk.check_access("orden_schema_cadde_show", context, {"id": identifier})
    dataset = tk.get_action("package_show")(context, {"id": identifier})
    written = cadde.write(dataset, tk.url_for("dataset.read", id=dataset["name"], _external=True))
    return {"package": written.package, "issues": [asdict(issue) for issue in written.issues]}


@tk.side_effect_free
def orden_schema_dataset_validate(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """What the catalogue would say to a dataset, without writing anything: `valid`, `errors`, `issues`, `axes`.

    It takes a dataset as `package_create` does, or as `package_update` does when it has the `id` of an existing one;
    like these it goes by what the provider has stated, not by what offers say in a dataset of `package_show`.
    """
    identifier = data_dict.get("id")
    package = rules.package_of({"id": identifier}) if identifier else None
    if identifier and not package:
        raise tk.ObjectNotFound(tk._("Dataset not found"))
    tk.check_access("orden_schema_dataset_validate", context, {"id": identifier})
    dataset = read_json(data_dict)
    forms.keywords_apart(dataset)
    withdraw(dataset)
    return judging.judge(context, dataset, package).as_dict()


@tk.chained_action
def package_create(original: Action, context: Context, data_dict: DataDict) -> Any:
    """CKAN's action; a dataset that contradicts itself is refused, files (`upload`) of its resources are stored."""
    dataset = read_json(data_dict)
    forms.keywords_apart(dataset)
    rules.refuse_contradictions("package_create", context, dataset)
    uploads.named(dataset)
    with uploads.taken(context, dataset):
        return original(context, dataset)


@tk.chained_action
def package_update(original: Action, context: Context, data_dict: DataDict) -> Any:
    """CKAN's action; a dataset that contradicts itself with its resources is refused before anything is written."""
    dataset = read_json(data_dict)
    forms.keywords_apart(dataset)
    rules.refuse_contradictions("package_update", context, dataset)
    uploads.named(dataset)
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
