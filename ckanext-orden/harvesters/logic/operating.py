"""Actions for the time during and after a run: what became of each record, retry, refusal, undo."""

from __future__ import annotations

from typing import Any

from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict

from .. import jobs
from ..operations import decisions, records, undo
from ..stock import Job, job
from .plan_action import package_id

__all__ = [
    "orden_harvest_deletion_refuse",
    "orden_harvest_failed_retry",
    "orden_harvest_record_list",
    "orden_harvest_run_resume",
    "orden_harvest_run_undo",
    "orden_harvest_undo_show",
]


@tk.side_effect_free
def orden_harvest_record_list(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """The records of a harvest source, or of one of its jobs, with where each stands and why.

    :param id: the id or name of the harvest source
    :param job: the id of one of its jobs
    :param state: one or several of `new`, `changed`, `unchanged`, `yielded`, `error`, `held`, `missing`,
        `deleted`, `kept`, `reverted`, `undone`
    :param q: a text in the identifier or the title
    :param limit: how many (default 50, at most 1000)
    :param offset: after how many
    :returns: `count`, `states` (how many in each), `records` with `guid`, `title`, `name`, `url`, `state`, `outcome`,
        `owner`, `seen`, `missing_since`, `missing_runs` and `issues`, each with `class`, `message` and `hint`
    """
    tk.check_access("orden_harvest_record_list", context, data_dict)
    limit = _whole(data_dict, "limit", records.PAGE, records.MOST)
    return records.page(wanted(data_dict), limit, _whole(data_dict, "offset", 0, 10**9))


def orden_harvest_failed_retry(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Have a worker read the source again and take only the records whose last outcome was an error.

    :param id: the id or name of the harvest source
    :returns: `job_id`
    """
    tk.check_access("orden_harvest_failed_retry", context, data_dict)
    return _sent(decisions.retry(package_id(data_dict)))


def orden_harvest_run_resume(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Have a worker go on with the last run, which was stopped, at its last finished page.

    :param id: the id or name of the harvest source
    :returns: `job_id`
    """
    tk.check_access("orden_harvest_run_resume", context, data_dict)
    return _sent(decisions.resume(package_id(data_dict)))


def orden_harvest_deletion_refuse(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Keep the datasets whose deletion waits for a person, until the source has them once more.

    :param id: the id or name of the harvest source
    :param reconsider: true takes earlier refusals back: the next complete run judges the datasets anew
    :returns: `kept` or `reconsidered`, how many datasets it concerns
    """
    tk.check_access("orden_harvest_deletion_refuse", context, data_dict)
    source_id = package_id(data_dict)
    if _flag(data_dict, "reconsider"):
        return {"reconsidered": decisions.reconsider(source_id)}
    return {"kept": decisions.refuse(source_id)}


@tk.side_effect_free
def orden_harvest_undo_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """What undoing the source's newest run would do; an error says why it cannot be undone.

    :param id: the id or name of the harvest source
    :returns: `job_id`, `until` when it can be undone, how many datasets it `added`, `updated` and `deleted`, and how
        many of the updated ones were `edited` here by people, which stays
    """
    tk.check_access("orden_harvest_undo_show", context, data_dict)
    return undo.plan(package_id(data_dict))


def orden_harvest_run_undo(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Undo the source's newest run: what it added is deleted, what it changed is as before, what it deleted is back.

    :param id: the id or name of the harvest source
    :param job_id: the run that is meant; another one that is newest by now is not undone
    :param background: true leaves the work to a worker
    :returns: how many datasets were `added`, `updated` and `deleted` and are no more, and `failed`; or `queued`
    """
    tk.check_access("orden_harvest_run_undo", context, data_dict)
    source_id, user = package_id(data_dict), context.get("user", "")
    job_id = data_dict.get("job_id") or undo.plan(source_id)["job_id"]
    if _flag(data_dict, "background"):
        asked = [source_id, user, job_id]
        tk.enqueue_job(undo.undo, asked, title="Undo a harvest run", rq_kwargs={"timeout": undo.TIMEOUT})
        return {"queued": True}
    return undo.undo(source_id, user, job_id)


def _sent(ordered: Job) -> dict[str, Any]:
    jobs.send(ordered.id)
    return {"job_id": ordered.id}


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


def _whole(data_dict: DataDict, name: str, default: int, most: int) -> int:
    given = str(data_dict.get(name, "") if data_dict.get(name) is not None else "") or str(default)
    if not (given.isascii() and given.isdigit() and len(given) < 11 and int(given) <= most):
        raise tk.ValidationError({name: [tk._("Must be a whole number from 0 to {n}").format(n=most)]})
    return int(given)


def _flag(data_dict: DataDict, name: str) -> bool:
    try:
        return tk.asbool(data_dict.get(name) or False)
    except ValueError as error:
        raise tk.ValidationError({name: [tk._("Must be true or false")]}) from error
