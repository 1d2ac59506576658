"""Actions about where a dataset comes from, and about what people have edited in it."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ...logic import writing
from ..ownership import giving, provenance
from ..stock import acting
from . import secrets

__all__ = ["orden_harvest_edit_return", "orden_harvest_provenance_show"]


@tk.side_effect_free
def orden_harvest_provenance_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Where a harvested dataset comes from; its editors see too what was edited here and does not follow the source.

    :param id: the id or name of the dataset
    :returns: `source` (`name`, `title`, `url`; none where the user may not see it), `guid`, `url` (its page at the
        source), `state`, `seen_at`; for editors `edits` with `file`, `file_name`, `field`, `label` (ja, en), `did`
        (`changed`, `added`, `removed`), `ours`, `theirs`, `by`, `at`
    """
    tk.check_access("orden_harvest_provenance_show", context, data_dict)
    package, user = _package(data_dict), context.get("user", "")
    record = provenance.record_of(package.id)
    if record is None:
        raise tk.ObjectNotFound(tk._("This dataset was not harvested"))
    shown = {**provenance.origin(record, user), "url": package.url or ""}
    if not secrets.may_edit(context, package.id):
        return shown
    edits = provenance.edits(writing.stored(package.id, acting(user)))
    theirs = next((one["theirs"] for one in edits if (one["file"], one["field"]) == ("", "url")), shown["url"])
    return {**shown, "url": theirs or "", "edits": edits}


def orden_harvest_edit_return(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Give edited fields of a harvested dataset back: they become what the source has, and follow it again.

    :param id: the id or name of the dataset
    :param file: the id of one of its files, for a field of it or, without `field`, for all of the file
    :param field: the name of a field; with neither of them everything is given back
    :returns: `returned`, how many fields and files
    """
    tk.check_access("orden_harvest_edit_return", context, data_dict)
    file, field = (str(data_dict.get(name) or "") for name in ("file", "field"))
    return {"returned": giving.give_back(_package(data_dict).id, context.get("user", ""), file, field)}


def _package(data_dict: DataDict) -> model.Package:
    package = model.Package.get(tk.get_or_bust(data_dict, "id"))
    if package is None:
        raise tk.ObjectNotFound(tk._("Dataset not found"))
    return package
