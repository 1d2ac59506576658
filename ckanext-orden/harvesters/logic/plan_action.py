"""Actions about a source's plan: approval, times, and runs that respect them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ckan import model
from ckan.plugins import toolkit as tk
from ckan.types import Context, DataDict
from ckanext.harvest.logic.dictization import harvest_job_dictize

from ...clock import utcnow
from .. import jobs, runs, stock
from ..planning import approval, plans, settling

Action = Callable[[Context, DataDict], Any]

__all__ = [
    "harvest_job_abort",
    "harvest_job_create",
    "harvest_send_job_to_gather_queue",
    "orden_harvest_plan_show",
    "orden_harvest_plan_update",
    "orden_harvest_source_approve",
    "orden_harvest_source_validate",
]


@tk.side_effect_free
def orden_harvest_plan_show(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """The plan of a harvest source: approval, times, politeness, priority, who is told; the next run in words.

    :param id: the id or name of the harvest source
    """
    tk.check_access("orden_harvest_plan_show", context, data_dict)
    return settling.shown(package_id(data_dict))


def orden_harvest_plan_update(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Settle fields of a harvest source's plan; what is not named stays.

    :param id: the id or name of the harvest source
    :param cron: five fields in the site's time zone; empty: the frequency of the source
    :param window: hours in which scheduled runs may work, such as `22:00-05:30`; empty: always
    :param pause: seconds between two requests, at least
    :param robots_permission: who has allowed what robots.txt forbids, and when
    :param priority: the source of the higher number has a dataset that two sources have, from its next run on
    :param keep_runs: how many runs are kept
    :param notify: `never`, `problems` or `always`
    :param mail: addresses that are told, by commas
    :param webhook: an address that is told
    :returns: the plan, as `orden_harvest_plan_show` gives it
    """
    tk.check_access("orden_harvest_plan_update", context, data_dict)
    source_id = package_id(data_dict)
    settling.settle(source_id, {name: value for name, value in data_dict.items() if name != "id"})
    model.Session.commit()
    return settling.shown(source_id)


def orden_harvest_source_approve(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Let a harvest source be run, after a look at it, or take that back.

    :param id: the id or name of the harvest source
    :param approved: false takes the approval back (default true)
    :returns: the plan, as `orden_harvest_plan_show` gives it
    """
    tk.check_access("orden_harvest_source_approve", context, data_dict)
    source_id = package_id(data_dict)
    if tk.asbool(data_dict.get("approved", True)):
        approval.approve(source_id, context.get("user") or "")
    else:
        approval.withdraw(source_id)
    model.Session.commit()
    return settling.shown(source_id)


def orden_harvest_source_validate(context: Context, data_dict: DataDict) -> dict[str, Any]:
    """Order a run that reads and judges every record of a harvest source and writes none; also before its approval.

    :param id: the id or name of the harvest source
    :returns: `job_id`, whose run tells by `harvest_job_show` and `orden_harvest_run_show` what it found
    """
    tk.check_access("orden_harvest_source_validate", context, data_dict)
    source = stock.source(package_id(data_dict))
    if source is None or stock.harvester_for(source.type) is None:
        raise tk.ObjectNotFound(tk._("This is no source of a kind that orden harvests"))
    job = runs.check_for(source.id)
    jobs.send(job.id)
    return {"job_id": job.id}


@tk.chained_action
def harvest_job_create(original: Action, context: Context, data_dict: DataDict) -> Any:
    """Stock's action, for approved sources; a scheduled run that waits for its hours goes on instead."""
    tk.check_access("harvest_job_create", context, data_dict)
    package = package_of({"id": tk.get_or_bust(data_dict, "source_id")})
    if not plans.is_approved(package.id):
        raise plans.Unapproved
    if waiting := runs.go_on(package.id):
        return harvest_job_dictize(waiting, context)
    return original(context, data_dict)


@tk.chained_action
def harvest_send_job_to_gather_queue(original: Action, context: Context, data_dict: DataDict) -> Any:
    """Stock's action, for jobs of approved sources; it reads source and job thrice, so ours are sent without it."""
    job = stock.job(tk.get_or_bust(data_dict, "id"))
    package = model.Package.get(job.source_id) if job else None
    if package and not plans.is_approved(package.id) and not approval.may_approve(context, package.owner_org):
        raise plans.Unapproved
    if not (job and package and package.state == "active" and stock.harvester_for(job.source.type)):
        return original(context, data_dict)
    tk.check_access("harvest_send_job_to_gather_queue", context, {"source_id": job.source_id})
    job.status = "Running"
    job.save()
    jobs.send(job.id)
    return harvest_job_dictize(job, context)


@tk.chained_action
def harvest_job_abort(original: Action, context: Context, data_dict: DataDict) -> Any:
    """Stock's action; a run that no worker is at, or that waits for one or for its hours, has ended with its job."""
    tk.check_access("harvest_job_abort", context, data_dict)
    aborted = original(context, data_dict)
    jobs.close_stopped(aborted["source_id"], utcnow())
    return aborted


def package_of(data_dict: DataDict) -> model.Package:
    """The harvest source that is meant."""
    package = model.Package.get(tk.get_or_bust(data_dict, "id"))
    if package is None or package.type != "harvest":
        raise tk.ObjectNotFound(tk._("Harvest source not found"))
    return package


def package_id(data_dict: DataDict) -> str:
    """The id of the harvest source that is named by id or name."""
    return package_of(data_dict).id
