"""Which datasets are like a dataset."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...search import encoders, near
from ...search.likeness import related
from ..asking import whole_number

DEFAULT_LIMIT, MAX_LIMIT = 5, 20


@tk.side_effect_free
def orden_related_list(context: Context, data_dict: DataDict) -> list[dict[str, Any]]:
    """The datasets most like one by what they mean, of those that the user may see.

    :param id: the id or name of the dataset
    :param limit: how many at most, 1 to 20 (default 5)
    :returns: of each `id`, `name`, `title`, `organization_title` and `near` (to 1), the nearest first
    """
    package = model.Package.get(tk.get_or_bust(data_dict, "id"))
    if not package:
        raise tk.ObjectNotFound(tk._("Dataset not found"))
    tk.check_access("orden_related_list", context, {"id": package.id})
    limit = whole_number(data_dict, "limit", DEFAULT_LIMIT, MAX_LIMIT)
    filters = [*near.visible(context, {"include_private": True}), "+dataset_type:dataset"]
    return related.related(encoders.encoder(), related.document(package), filters, limit)
