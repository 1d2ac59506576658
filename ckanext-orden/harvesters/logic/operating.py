"""Actions for the time during and after a run: what became of each record, retry, refusal, undo."""

from __future__ import annotations

from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from ..operations import records
from ..stock import job

__all__ = ["orden_harvest_record_list"]


@tk.side_effect_free
def orden_harvest_record_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """The records of a harvest source, or of one of its jobs, with where each stands and why.

    :param id: the id or name of the harvest source
    :param job: the id of one of its jobs
    :param state: one or several of `new`, `changed`, `unchanged`, `error`, `held`, `missing`, `deleted`, `kept`,
        `reverted`, `undone`
    :param q: a text in the identifier or the title
    :param limit: how many (default 50, at most 1000)
    :param offset: after how many
    :returns: `count`, `states` (how many in each), `records` with `guid`, `title`, `name`, `url`, `state`, `outcome`,
        `owner`, `seen`, `missing_since`, `missing_runs` and `issues`, each with `class`, `message` and `hint`
    """
    tk.check_access("orden_harvest_record_list", context, data_dict)
    limit = _whole(data_dict, "limit", records.PAGE, records.MOST)
    return records.page(wanted(data_dict), limit, _whole(data_dict, "offset", 0, 10**9))


def wanted(data_dict: DataDict) -> records.Wanted:
    """The records that are asked for, by names that may come from an address or a command line."""
    source_id, job_id = package_id(data_dict), str(data_dict.get("job") or "")
    found = job(job_id) if job_id else None
    if job_id and (found is None or found.source_id != source_id):
        raise tk.ObjectNotFound(tk._("Harvest job not found"))
    states = data_dict.get("state") or ()
    states = (states,) if isinstance(states, str) else tuple(map(str, states))
    if unknown := [state for state in states if state not in records.STATES]:
        known = ", ".join(records.STATES)
        raise tk.ValidationError(
            {"state": [tk._("Unknown: {states}. Known are: {known}").format(states=", ".join(unknown), known=known)]}
        )
    return records.Wanted(source_id, job_id, states, str(data_dict.get("q") or "").replace("\0", "").strip())


def package_id(data_dict: DataDict) -> str:
    """The id of the harvest source that is named by id or name."""
    package = model.Package.get(tk.get_or_bust(data_dict, "id"))
    if package is None or package.type != "harvest":
        raise tk.ObjectNotFound(tk._("Harvest source not found"))
    return package.id


def _whole(data_dict: DataDict, name: str, default: int, most: int) -> int:
    given = str(data_dict.get(name, "") if data_dict.get(name) is not None else "") or str(default)
    if not (given.isascii() and given.isdigit() and len(given) < 11 and int(given) <= most):
        raise tk.ValidationError({name: [tk._("Must be a whole number from 0 to {n}").format(n=most)]})
    return int(given)
